package io.etalon.server.identity.scim;

import io.etalon.server.access.AllowOperator;
import io.etalon.server.base.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Provisioning tokens, the operators' side. */
@RestController
@RequestMapping("/api/v1/operator/identity-providers/{provider}/scim-tokens")
@Tag(name = "Identity providers")
class ScimTokenController {
    private final ScimTokens tokens;

    record NewScimToken(@Nullable String name, @Nullable Instant expiresAt) {}

    /** The secret is shown this once. */
    record MadeScimToken(ScimTokens.ScimToken token, String secret) {
        @Override
        public String toString() {
            return "MadeScimToken[" + token.id() + "]";
        }
    }

    ScimTokenController(ScimTokens tokens) {
        this.tokens = tokens;
    }

    @GetMapping
    @AllowOperator
    @Operation(summary = "The provisioning tokens of an identity provider, without their secrets")
    Page<ScimTokens.ScimToken> list(@PathVariable UUID provider) {
        return Page.all(tokens.of(provider));
    }

    @PostMapping
    @AllowOperator
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Make a provisioning token",
            description = "It opens /scim/v2 for this provider's directory alone, and is shown this once.")
    MadeScimToken make(@PathVariable UUID provider, @RequestBody NewScimToken body) {
        var made = tokens.make(provider, body.name(), body.expiresAt());
        return new MadeScimToken(made.token(), made.secret());
    }

    @DeleteMapping("/{token}")
    @AllowOperator
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End a provisioning token at once")
    void revoke(@PathVariable UUID provider, @PathVariable UUID token) {
        tokens.revoke(provider, token);
    }
}
