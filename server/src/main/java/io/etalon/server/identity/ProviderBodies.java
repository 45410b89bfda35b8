package io.etalon.server.identity;

import io.etalon.server.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the API says of identity providers. */
final class ProviderBodies {
    private ProviderBodies() {}

    /** A button of the sign-in page: the browser goes to {@code start}. */
    record SignInButton(UUID id, String name, String start) {}

    record SignInButtons(List<SignInButton> providers) {}

    /** Who is in the group holds the role at the client (its slug), for the workforce if one is named. */
    record GroupRuleBody(
            @Nullable String group,
            @Nullable String client,
            @Nullable Role role,
            @Nullable UUID workforce) {}

    /** The SAML side: where requests go, whose signatures count (PEM or base64 of DER), which attribute is the address. */
    record SamlBody(
            @Nullable String signOnUrl,
            @Nullable List<String> certificates,
            @Nullable String emailAttribute) {}

    /**
     * All that an operator sets; a secret that is not named stays.
     *
     * @param strong what the provider says where it has seen a second factor: a value of {@code acr} or of SAML's
     *     AuthnContextClassRef, or of {@code amr}, several joined by a plus sign. Its word is taken for one nowhere else
     */
    record ProviderSetting(
            @Nullable ProviderKind kind,
            @Nullable String name,
            @Nullable Boolean enabled,
            @Nullable String issuer,
            @Nullable String clientId,
            @Nullable String secret,
            @Nullable List<String> scopes,
            @Nullable String groupsClaim,
            @Nullable List<String> domains,
            @Nullable List<String> serves,
            @Nullable Boolean createsPeople,
            @Nullable SamlBody saml,
            @Nullable List<String> strong,
            @Nullable List<GroupRuleBody> groups) {
        @Override
        public String toString() {
            return "ProviderSetting[" + name + "]";
        }
    }

    /**
     * A provider as it is set, without its secret.
     *
     * @param callback what to enter at the provider: OIDC the redirect URI, SAML the ACS URL, a directory the base URL of SCIM
     * @param metadata SAML: where our metadata is
     */
    record ProviderBody(
            UUID id,
            ProviderKind kind,
            String name,
            boolean enabled,
            String issuer,
            @Nullable String clientId,
            boolean hasSecret,
            List<String> scopes,
            @Nullable String groupsClaim,
            List<String> domains,
            @Nullable List<String> serves,
            boolean createsPeople,
            @Nullable SamlBody saml,
            List<String> strong,
            List<GroupRuleBody> groups,
            String callback,
            @Nullable String metadata,
            Instant createdAt) {}
}
