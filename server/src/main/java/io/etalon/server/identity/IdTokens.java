package io.etalon.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.etalon.server.identity.Refusal.Refused;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checks of OpenID Connect Core 1.0, section 3.1.3.7, and of logout tokens (Back-Channel Logout 1.0, section 2.6). Only
 * asymmetric signatures are taken, whatever a token or a provider says: {@code none} proves nothing, and an HMAC would make
 * our secret a signing key. Thread-safe.
 */
final class IdTokens {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);
    private static final int SHORTEST_RSA = 2048;
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Duration OLDEST = Duration.ofMinutes(10);
    private static final String LOGOUT = "http://schemas.openid.net/event/backchannel-logout";

    private final Clock clock;

    IdTokens(Clock clock) {
        this.clock = clock;
    }

    /** Where a token must come from, and for whom. */
    record Expected(String issuer, String clientId) {}

    /** Thrown when no key fits: the caller may fetch the keys once more. */
    static final class NoKey extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The claims of an ID token that was signed by one of the keys, for us, now, and for this sign-in.
     *
     * @throws NoKey when none of the keys can have signed it
     * @throws Refused when anything else is wrong
     */
    JWTClaimsSet idToken(String token, JWKSet keys, Expected expected, String nonce) throws NoKey {
        var claims = signed(token, keys, "jwt");
        requireOurs(claims, expected);
        if (!nonce.equals(text(claims, "nonce"))) {
            throw Refusal.UNPROVED.because("nonce");
        }
        requireTime(claims, claims.getExpirationTime());
        return claims;
    }

    /** The claims of a logout token; it names a subject, a session, or both, and is no ID token. */
    JWTClaimsSet logoutToken(String token, JWKSet keys, Expected expected) throws NoKey {
        var claims = signed(token, keys, "logout+jwt");
        requireOurs(claims, expected);
        var events = claims.getClaim("events");
        var isLogout = events instanceof java.util.Map<?, ?> map && map.containsKey(LOGOUT);
        if (!isLogout || claims.getClaim("nonce") != null || claims.getJWTID() == null) {
            throw Refusal.UNPROVED.because("no logout token");
        }
        if (claims.getSubject() == null && text(claims, "sid") == null) {
            throw Refusal.UNPROVED.because("names nobody");
        }
        requireTime(claims, claims.getExpirationTime());
        return claims;
    }

    private void requireTime(JWTClaimsSet claims, @Nullable Date expiry) {
        var now = clock.instant();
        var issued = claims.getIssueTime();
        if (expiry == null || !now.isBefore(expiry.toInstant().plus(SKEW))) {
            throw Refusal.UNPROVED.because("expired");
        }
        if (issued == null
                || issued.toInstant().isAfter(now.plus(SKEW))
                || issued.toInstant().isBefore(now.minus(OLDEST))) {
            throw Refusal.UNPROVED.because("issued at another time");
        }
        var notBefore = claims.getNotBeforeTime();
        if (notBefore != null && isAfter(notBefore, now.plus(SKEW))) {
            throw Refusal.UNPROVED.because("not yet");
        }
    }

    private static boolean isAfter(Date date, Instant limit) {
        return date.toInstant().isAfter(limit);
    }

    private static void requireOurs(JWTClaimsSet claims, Expected expected) {
        if (!expected.issuer().equals(claims.getIssuer())) {
            throw Refusal.UNPROVED.because("issuer");
        }
        List<String> audience = claims.getAudience();
        var party = text(claims, "azp");
        if (!audience.contains(expected.clientId())
                || audience.size() > 1 && party == null
                || party != null && !party.equals(expected.clientId())) {
            throw Refusal.UNPROVED.because("audience");
        }
    }

    static @Nullable String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : null;
    }

    private static JWTClaimsSet signed(String token, JWKSet keys, String type) throws NoKey {
        try {
            var jwt = SignedJWT.parse(token);
            var header = jwt.getHeader();
            if (!ALGORITHMS.contains(header.getAlgorithm())) {
                throw Refusal.UNPROVED.because("algorithm");
            }
            var named = header.getType();
            if (named != null) {
                var name = named.getType().toLowerCase(Locale.ROOT);
                if (!name.equals("jwt") && !name.equals(type)) {
                    throw Refusal.UNPROVED.because("type");
                }
            }
            var tried = false;
            for (var key : keys.getKeys()) {
                if (fits(key, header)) {
                    tried = true;
                    if (verifies(jwt, key)) {
                        return jwt.getJWTClaimsSet();
                    }
                }
            }
            if (!tried) {
                throw new NoKey();
            }
            throw Refusal.UNPROVED.because("signature");
        } catch (ParseException | JOSEException e) {
            throw Refusal.UNPROVED.because(e.getClass().getSimpleName());
        }
    }

    private static boolean fits(JWK key, JWSHeader header) {
        if (header.getKeyID() != null && !header.getKeyID().equals(key.getKeyID())) {
            return false;
        }
        if (key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse())) {
            return false;
        }
        if (key.getAlgorithm() != null && !key.getAlgorithm().equals(header.getAlgorithm())) {
            return false;
        }
        return key instanceof RSAKey
                ? JWSAlgorithm.Family.RSA.contains(header.getAlgorithm())
                : key instanceof ECKey && JWSAlgorithm.Family.EC.contains(header.getAlgorithm());
    }

    private static boolean verifies(SignedJWT jwt, JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return rsa.size() >= SHORTEST_RSA && jwt.verify(new RSASSAVerifier(rsa.toPublicJWK()));
        }
        return key instanceof ECKey curve && jwt.verify(new ECDSAVerifier(curve.toPublicJWK()));
    }
}
