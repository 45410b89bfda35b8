package io.etalon.server.identity;

import io.etalon.server.access.AllowOperator;
import io.etalon.server.access.Attempt;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.Page;
import io.etalon.server.identity.ProviderBodies.GroupRuleBody;
import io.etalon.server.identity.ProviderBodies.ProviderBody;
import io.etalon.server.identity.ProviderBodies.ProviderSetting;
import io.etalon.server.identity.ProviderBodies.SamlBody;
import io.etalon.server.tenant.Clients;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The identity providers, the operators' side. */
@RestController
@RequestMapping("/api/v1/operator/identity-providers")
@Tag(name = "Identity providers")
class ProviderController {
    private final Providers providers;
    private final ProviderReading reading;
    private final OidcClient oidc;
    private final Clients clients;
    private final ContentOrigin origin;

    ProviderController(
            Providers providers, ProviderReading reading, OidcClient oidc, Clients clients, ContentOrigin origin) {
        this.providers = providers;
        this.reading = reading;
        this.oidc = oidc;
        this.clients = clients;
        this.origin = origin;
    }

    @GetMapping
    @AllowOperator
    @Operation(summary = "The identity providers of this installation, by name")
    Page<ProviderBody> list() {
        return Page.all(providers.all().stream().map(this::body).toList());
    }

    @PostMapping
    @AllowOperator
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Add an identity provider",
            description =
                    "OIDC: the server asks the issuer for its discovery document now. The secret is sealed and never shown"
                            + " again. Groups stand for roles at clients; none stands for the operator's.")
    ProviderBody make(Attempt attempt, @RequestBody ProviderSetting body) {
        return body(providers.get(providers.make(attempt, body, reading.read(body))));
    }

    @GetMapping("/{provider}")
    @AllowOperator
    @Operation(summary = "One identity provider")
    ProviderBody get(@PathVariable UUID provider) {
        return body(providers.get(provider));
    }

    @PutMapping("/{provider}")
    @AllowOperator
    @Operation(
            summary = "Set an identity provider anew",
            description = "Everything but the secret, which stays when it is not named; discovery is asked again.")
    ProviderBody set(@PathVariable UUID provider, @RequestBody ProviderSetting body) {
        oidc.forget(providers.get(provider));
        providers.set(provider, reading.read(body));
        return body(providers.get(provider));
    }

    @DeleteMapping("/{provider}")
    @AllowOperator
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Remove an identity provider",
            description = "Its links, its provisioning tokens and what its directory called people go; people stay.")
    void remove(@PathVariable UUID provider) {
        providers.remove(provider);
    }

    private ProviderBody body(Provider one) {
        var settings = one.settings();
        var saml = settings.saml();
        var isSaml = one.kind() == ProviderKind.SAML;
        return new ProviderBody(
                one.id(),
                one.kind(),
                one.name(),
                one.enabled(),
                settings.issuer(),
                settings.clientId(),
                providers.hasSecret(one.id()),
                settings.scopes(),
                settings.groupsClaim(),
                settings.domains(),
                settings.serves() == null
                        ? null
                        : settings.serves().stream()
                                .map(id -> slug(new ClientId(id)))
                                .toList(),
                settings.createsPeople(),
                saml == null ? null : new SamlBody(saml.signOnUrl(), saml.certificates(), saml.emailAttribute()),
                settings.strong() == null ? List.of() : settings.strong(),
                providers.rules(one.id()).stream()
                        .map(rule ->
                                new GroupRuleBody(rule.group(), slug(rule.client()), rule.role(), rule.workforce()))
                        .toList(),
                switch (one.kind()) {
                    case OIDC -> oidc.callback(one.id());
                    case SAML -> origin.appUrl() + "/sign-in/" + one.id() + "/acs";
                    case DIRECTORY -> origin.appUrl() + "/scim/v2";
                },
                isSaml ? origin.appUrl() + "/sign-in/" + one.id() + "/metadata" : null,
                one.createdAt());
    }

    /** A client that has left keeps no slug here. */
    private String slug(ClientId client) {
        return clients.find(client).map(found -> found.slug()).orElse("");
    }
}
