package io.etalon.server.qualification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/** People's qualifications, for those who answer for quality. */
@RestController
@RequestMapping("/api/v1/clients/{client}/people/{person}/qualifications")
@Tag(name = "Clients")
final class QualificationController {
    private final Qualifications qualifications;
    private final Grants grants;
    private final Idempotency idempotency;
    private final TenantScope scope;
    private final Clock clock;
    private final ObjectMapper json;

    /** @param note why, for those who look later */
    record GrantBody(
            @Nullable String key,
            @Nullable Instant expiresAt,
            @Nullable String note) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "QualificationView")
    record View(
            String key,
            boolean held,
            @Nullable Instant expiresAt,

            @JsonRawValue @Schema(type = "object") String evidence,

            Instant at) {
        static View of(Qualification act, Instant now) {
            return new View(act.key(), act.heldAt(now), act.expiresAt(), act.evidence(), act.at());
        }
    }

    /** @param key the qualification that is held, or no longer held */
    record Done(String key) {}

    QualificationController(
            Qualifications qualifications,
            Grants grants,
            Idempotency idempotency,
            TenantScope scope,
            Clock clock,
            ObjectMapper json) {
        this.qualifications = qualifications;
        this.grants = grants;
        this.idempotency = idempotency;
        this.scope = scope;
        this.clock = clock;
        this.json = json;
    }

    @GetMapping
    @Allow({Role.QUALITY_LEAD, Role.WORKFORCE_MANAGER, Role.REQUESTER})
    Page<View> all(ClientCaller caller, @PathVariable UUID person) {
        var id = visible(caller, person);
        var now = clock.instant();
        return Page.all(qualifications.history(caller.client().id(), id).stream()
                .map(act -> View.of(act, now))
                .toList());
    }

    @PostMapping
    @Allow(Role.QUALITY_LEAD)
    @ResponseStatus(HttpStatus.CREATED)
    Done grant(ClientCaller caller, Attempt attempt, @PathVariable UUID person, @RequestBody GrantBody body) {
        var client = caller.client().id();
        var id = member(client, person);
        var key = Qualifications.checked(body.key());
        var evidence = json.writeValueAsString(
                body.note() == null ? Map.of() : Map.of("note", Checks.text(body.note(), "/note", 500)));
        var done = scope.client(
                client,
                tx -> idempotency.once(tx, attempt, body, Done.class, same -> {
                    qualifications.grant(same, id, key, body.expiresAt(), evidence, by(caller));
                    return new Done(key);
                }));
        qualifications.forget(client, id);
        return done;
    }

    @PostMapping("/{key}/revocation")
    @Allow(Role.QUALITY_LEAD)
    Done revoke(ClientCaller caller, Attempt attempt, @PathVariable UUID person, @PathVariable String key) {
        var client = caller.client().id();
        var id = member(client, person);
        var checked = Qualifications.checked(key);
        var done = scope.client(
                client,
                tx -> idempotency.once(tx, attempt, null, Done.class, same -> {
                    qualifications.revoke(same, id, checked, by(caller));
                    return new Done(checked);
                }));
        qualifications.forget(client, id);
        return done;
    }

    /** A manager sees his own workforce's people; of others he may not even know that they are there. */
    private PersonId visible(ClientCaller caller, UUID person) {
        var id = member(caller.client().id(), person);
        var all = caller.is(Role.REQUESTER) || caller.is(Role.QUALITY_LEAD);
        if (!all
                && (caller.workforce() == null
                        || !caller.workforce()
                                .equals(grants.workforceAt(id, caller.client().id())))) {
            throw EtalonException.notFound();
        }
        return id;
    }

    /** Who is no member of this client is not there. */
    private PersonId member(ClientId client, UUID person) {
        var id = new PersonId(person);
        if (grants.rolesAt(id, client).isEmpty()) {
            throw EtalonException.notFound();
        }
        return id;
    }

    private static Grants.By by(ClientCaller caller) {
        return new Grants.By(caller.person(), caller.via());
    }
}
