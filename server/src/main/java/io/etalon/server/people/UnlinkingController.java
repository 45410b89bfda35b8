package io.etalon.server.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Listing;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Taking a person who has left out of the log, by two persons. */
@RestController
@RequestMapping("/api/v1/clients/{client}/unlinkings")
@Tag(name = "Audit")
final class UnlinkingController {
    private final Unlinkings unlinkings;
    private final Idempotency idempotency;
    private final TenantScope scope;

    /** @param reason for who decides, 1 to 500 characters; destroyed with the key */
    @Schema(name = "UnlinkingRequest")
    record Body(@Nullable UUID person, @Nullable String reason) {}

    @Schema(name = "UnlinkingDecision")
    record Decision(@Nullable Boolean approved) {}

    /** @param person absent once the key is destroyed, as the reason is */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Unlinking")
    record View(
            UUID id,
            @Nullable UUID person,
            @Nullable String reason,
            UUID requestedBy,
            Instant requestedAt,
            @Nullable UUID decidedBy,
            @Nullable Instant decidedAt,
            @Nullable Boolean approved) {
        static View of(UnlinkingStore.Unlinking one) {
            var person = one.person();
            var by = one.decidedBy();
            return new View(
                    one.id(),
                    person == null ? null : person.value(),
                    one.reason(),
                    one.requestedBy().value(),
                    one.requestedAt(),
                    by == null ? null : by.value(),
                    one.decidedAt(),
                    one.approved());
        }
    }

    @Schema(name = "PersonWhoLeft")
    record Left(UUID person, String name) {}

    UnlinkingController(Unlinkings unlinkings, Idempotency idempotency, TenantScope scope) {
        this.unlinkings = unlinkings;
        this.idempotency = idempotency;
        this.scope = scope;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(summary = "List requests to take people out of the log", description = "Oldest first.")
    Page<View> all(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var views = unlinkings.all(caller.client().id()).stream().map(View::of).toList();
        return Listing.page(views, view -> view.id().toString(), limit, cursor);
    }

    @GetMapping("/people")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(
            summary = "List people who can be taken out of the log",
            description = "Those who are no members and whom a key still links to a pseudonym of the log.")
    Page<Left> people(ClientCaller caller) {
        return Page.all(unlinkings.left(caller.client().id()).stream()
                .map(person -> new Left(person.id().value(), person.name()))
                .toList());
    }

    @PostMapping
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Ask to take a person out of the log",
            description =
                    "The key behind the pseudonym of a person who has left is destroyed when another person agrees.")
    View ask(ClientCaller caller, Attempt attempt, @RequestBody Body body) {
        var person = new PersonId(Checks.required(body.person(), "/person"));
        return scope.client(
                caller.client().id(),
                tx -> idempotency.once(
                        tx,
                        attempt,
                        body,
                        View.class,
                        same -> View.of(unlinkings.ask(same, caller, person, body.reason()))));
    }

    @PostMapping("/{unlinking}/decision")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(
            summary = "Decide whether a person is taken out of the log",
            description =
                    "By another person than the one who asked. What is approved is done at once and cannot be undone: the log"
                            + " stays whole, and nobody can say any more whom the pseudonym named.")
    View decide(ClientCaller caller, Attempt attempt, @PathVariable UUID unlinking, @RequestBody Decision body) {
        boolean approved = Checks.required(body.approved(), "/approved");
        return scope.client(
                caller.client().id(),
                tx -> idempotency.once(
                        tx,
                        attempt,
                        body,
                        View.class,
                        same -> View.of(unlinkings.decide(same, caller, unlinking, approved))));
    }
}
