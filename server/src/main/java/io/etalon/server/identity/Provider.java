package io.etalon.server.identity;

import io.etalon.server.identity.saml.SamlPeer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An identity provider as the operator has configured it, without its secret.
 *
 * @param name what its button says
 */
public record Provider(UUID id, ProviderKind kind, String name, Settings settings, boolean enabled, Instant createdAt) {

    /**
     * What is set.
     *
     * @param issuer OIDC: the issuer; SAML: the entity id; a directory: empty
     * @param clientId OIDC: our client id there
     * @param scopes OIDC: asked for beside {@code openid}
     * @param groupsClaim the claim or attribute that names the groups; null when sign-in says nothing of groups
     * @param domains e-mail domains that belong to the provider's organisation: only there may an address it has verified
     *     lead to an account that exists, or become a new one
     * @param serves ids of the clients whose people it signs in; null for the whole installation
     * @param strong what the provider says where it has seen a second factor; null or empty when its word is never taken for
     *     one
     * @param createsPeople whether somebody unknown with an address in {@code domains} gets an account at the first sign-in
     */
    public record Settings(
            String issuer,
            @Nullable String clientId,
            List<String> scopes,
            @Nullable String groupsClaim,
            List<String> domains,
            @Nullable List<UUID> serves,
            boolean createsPeople,
            @Nullable OidcMetadata oidc,
            @Nullable SamlPeer saml,
            @Nullable List<String> strong) {}
}
