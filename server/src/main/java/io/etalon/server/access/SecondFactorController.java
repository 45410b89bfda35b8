package io.etalon.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether a client asks its people for a second factor. */
@RestController
@RequestMapping("/api/v1/clients/{client}/second-factor")
@Tag(name = "Clients")
@EvenWithoutKey
final class SecondFactorController {
    private final SecondFactor factor;

    record FactorBody(@Nullable Boolean required) {}

    /**
     * The rule, and whom it stops, or would.
     *
     * @param people members without a passkey; a provider's word may do for them
     * @param keys keys of programs that were made without a second factor
     * @param own whether the caller's own session has one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SecondFactorView")
    record FactorView(
            boolean required,
            int people,
            int keys,
            boolean own,
            @Nullable UUID setBy,
            @Nullable Instant setAt) {}

    SecondFactorController(SecondFactor factor) {
        this.factor = factor;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER, Role.AUDITOR})
    @Operation(summary = "Read whether this client asks its people for a second factor, and whom that stops")
    FactorView get(ClientCaller caller, HttpServletRequest request) {
        var client = caller.client().id();
        var stopped = factor.stopped(client);
        var rule = factor.rule(client).orElse(null);
        return new FactorView(
                rule != null && rule.required(),
                stopped.people(),
                stopped.keys(),
                Credential.required(request).isStrong(),
                rule == null ? null : rule.setBy().value(),
                rule == null ? null : rule.setAt());
    }

    @PutMapping
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Ask this client's people for a second factor, or no longer",
            description =
                    "In force within ten seconds, for open sessions, streams and signed addresses too: what has no second"
                            + " factor is answered 403 second-factor-required. Refused from a session that has none"
                            + " itself, and from keys.")
    FactorView set(ClientCaller caller, HttpServletRequest request, @RequestBody FactorBody body) {
        factor.set(caller, Credential.required(request), Checks.required(body.required(), "/required"));
        return get(caller, request);
    }
}
