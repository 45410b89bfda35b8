package io.etalon.server.identity;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a provider's word tells of a second factor, by what the operator has listed for it. A listed value is a context
 * ({@code acr} of OpenID Connect, {@code AuthnContextClassRef} of SAML) that must be the one named, or methods joined by a plus
 * sign ({@code amr}, RFC 8176: {@code mfa}, {@code hwk}, {@code otp+pwd}) that must all be named. What is not listed counts for
 * nothing.
 */
final class Strength {
    private Strength() {}

    static boolean of(@Nullable List<String> listed, @Nullable String context, Collection<String> methods) {
        return listed != null
                && listed.stream()
                        .anyMatch(value ->
                                value.equals(context) || methods.containsAll(Arrays.asList(value.split("\\+"))));
    }
}
