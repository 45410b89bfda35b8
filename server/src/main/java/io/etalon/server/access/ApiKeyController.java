package io.etalon.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * A person's own keys. A key cannot make, list or revoke keys, and no secret can be read again; therefore this creating
 * request keeps no first reply, and a lost one is answered by making another key.
 */
@RestController
@RequestMapping("/api/v1/api-keys")
@Tag(name = "API keys")
final class ApiKeyController {
    private final ApiKeys keys;
    private final Clients clients;

    record KeyBody(
            @Nullable String name,
            @Nullable String client,
            @Nullable List<Role> roles,
            @Nullable Instant expiresAt) {}

    /**
     * A key to its maker; the secret {@code key} only in the answer to its making.
     *
     * @param strong whether it was made in a session with a second factor, and so opens where one is asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyView(
            String id,
            String name,
            String prefix,
            @Nullable String client,
            Collection<Role> roles,
            Instant createdAt,
            Instant expiresAt,
            @Nullable LocalDate lastUsedOn,
            boolean strong,
            @Nullable String key) {}

    ApiKeyController(ApiKeys keys, Clients clients) {
        this.keys = keys;
        this.clients = clients;
    }

    @GetMapping
    @AllowSignedIn(sessionOnly = true)
    Page<KeyView> mine(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var views =
                keys.of(caller.person()).stream().map(key -> view(key, null)).toList();
        return Listing.page(views, KeyView::id, limit, cursor);
    }

    @PostMapping
    @AllowSignedIn(sessionOnly = true)
    @ResponseStatus(HttpStatus.CREATED)
    KeyView make(Caller caller, HttpServletRequest request, @RequestBody KeyBody body) {
        var roles = Checks.required(body.roles(), "/roles");
        var slug = body.client();
        Client client = slug == null ? null : clients.find(slug).orElseThrow(EtalonException::notFound);
        Set<Role> distinct = roles.isEmpty() ? Set.of() : EnumSet.copyOf(roles);
        var made = keys.make(
                caller.person(),
                Checks.required(body.name(), "/name"),
                client,
                distinct,
                Checks.required(body.expiresAt(), "/expiresAt"),
                Credential.required(request).isStrong());
        return view(made.key(), made.secret());
    }

    @DeleteMapping("/{id}")
    @AllowSignedIn(sessionOnly = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, @PathVariable UUID id) {
        keys.revoke(caller.person(), id);
    }

    private KeyView view(ApiKey key, @Nullable String secret) {
        var client = key.client() == null ? null : clients.find(key.client()).orElse(null);
        return new KeyView(
                key.id().toString(),
                key.name(),
                key.prefix(),
                client == null ? null : client.slug(),
                key.roles().stream().sorted().toList(),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedOn(),
                key.strong(),
                secret);
    }
}
