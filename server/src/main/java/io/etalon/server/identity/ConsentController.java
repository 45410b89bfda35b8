package io.etalon.server.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Allow;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.EvenWithoutKey;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which identity providers may sign in a client's people, as its requester decides: an operator sets them, the client agrees. */
@RestController
@RequestMapping("/api/v1/clients/{client}/identity-providers")
@Tag(name = "Identity providers")
final class ConsentController {
    private final Providers providers;

    ConsentController(Providers providers) {
        this.providers = providers;
    }

    /** A group that stands for a role here. */
    @Schema(name = "ConsentedGroup")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GroupLine(String group, Role role, @Nullable UUID workforce) {}

    /**
     * A provider as it is set now.
     *
     * @param fingerprint SHA-256 of what there is to agree to
     * @param agreed whether the client agreed to exactly this; else the provider opens no account of its members
     */
    @Schema(name = "ServingProvider")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ServingView(
            UUID id,
            ProviderKind kind,
            String name,
            boolean enabled,
            String issuer,
            List<String> domains,
            boolean createsPeople,
            List<GroupLine> groups,
            String fingerprint,
            boolean agreed,
            @Nullable UUID agreedBy,
            @Nullable Instant agreedAt) {
        static ServingView of(Providers.Shown shown) {
            var provider = shown.provider();
            var settings = provider.settings();
            var consent = shown.inForce() ? shown.consent() : null;
            return new ServingView(
                    provider.id(),
                    provider.kind(),
                    provider.name(),
                    provider.enabled(),
                    settings.issuer(),
                    settings.domains(),
                    settings.createsPeople(),
                    shown.rules().stream()
                            .map(rule -> new GroupLine(rule.group(), rule.role(), rule.workforce()))
                            .toList(),
                    shown.fingerprint(),
                    consent != null,
                    consent == null ? null : consent.by().value(),
                    consent == null ? null : consent.at());
        }
    }

    @Schema(name = "ProviderConsent")
    record ConsentBody(@Nullable String fingerprint) {}

    @GetMapping
    @EvenWithoutKey
    @Allow(
            value = {Role.REQUESTER, Role.AUDITOR},
            ownPeopleOnly = true)
    @Operation(
            summary = "The identity providers that could sign in this client's people",
            description = "As the operators set them, each with whether the client agreed to it as it is now.")
    Page<ServingView> all(ClientCaller caller) {
        return Page.all(providers.serving(caller.client().id()).stream()
                .map(ServingView::of)
                .toList());
    }

    @PutMapping("/{provider}/consent")
    @EvenWithoutKey
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Agree to an identity provider",
            description =
                    "To exactly the settings of this fingerprint. Until then, and once a setting changes, its groups give"
                            + " no role here, and it opens no account that holds one.")
    ServingView agree(ClientCaller caller, @PathVariable UUID provider, @RequestBody ConsentBody body) {
        return ServingView.of(providers.agree(caller, provider, Checks.required(body.fingerprint(), "/fingerprint")));
    }

    @DeleteMapping("/{provider}/consent")
    @EvenWithoutKey
    @Allow(Role.REQUESTER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Take the consent to an identity provider back",
            description = "It opens no account of the client's members any more; open sessions stay until they end.")
    void withdraw(ClientCaller caller, @PathVariable UUID provider) {
        providers.agree(caller, provider, null);
    }
}
