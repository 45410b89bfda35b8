package io.etalon.server.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an OpenID provider says of itself (OpenID Connect Discovery 1.0, section 3), as it was fetched when it was configured.
 *
 * @param userInfo null when there is none
 * @param endSession where signing out there begins; null when it cannot be asked for
 * @param postsSecret whether the client's secret goes into the body, since the provider takes no Basic authentication
 * @param namesIssuer whether each answer bears {@code iss} (RFC 9207), so that one without is refused
 */
record OidcMetadata(
        String issuer,
        String authorization,
        String token,
        String keys,
        @Nullable String userInfo,
        @Nullable String endSession,
        boolean postsSecret,
        boolean namesIssuer,
        List<String> algorithms) {}
