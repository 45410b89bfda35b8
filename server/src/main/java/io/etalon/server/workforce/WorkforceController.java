package io.etalon.server.workforce;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Listing;
import io.etalon.server.access.Membership;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A client's workforces and people, for those who arrange the work. */
@RestController
@RequestMapping("/api/v1/clients/{client}")
@Tag(name = "Clients")
final class WorkforceController {
    private final Workforces workforces;
    private final Grants grants;
    private final Idempotency idempotency;
    private final TenantScope scope;

    /** @param organisation the vendor, for a workforce of kind {@code vendor} */
    record WorkforceBody(
            @Nullable String name,
            @Nullable String kind,
            @Nullable UUID organisation) {}

    /**
     * @param organisation the vendor whose people they are, absent for an in-house team
     * @param people how many people work for it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WorkforceView(
            String id, String name, String kind, @Nullable UUID organisation, int people) {
        static WorkforceView of(Workforce workforce, int people) {
            return new WorkforceView(
                    workforce.id().toString(), workforce.name(), workforce.kind(), workforce.organisation(), people);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MemberView")
    record PersonView(
            String id,
            String name,
            String email,
            List<Role> roles,
            @Nullable UUID workforce) {
        static PersonView of(Membership member) {
            return new PersonView(
                    member.person().id().toString(),
                    member.person().name(),
                    member.person().email(),
                    member.roles().stream().sorted().toList(),
                    member.workforce());
        }
    }

    WorkforceController(Workforces workforces, Grants grants, Idempotency idempotency, TenantScope scope) {
        this.workforces = workforces;
        this.grants = grants;
        this.idempotency = idempotency;
        this.scope = scope;
    }

    @GetMapping("/workforces")
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    Page<WorkforceView> workforces(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var counts = new HashMap<UUID, Integer>();
        for (var member : grants.members(caller.client().id())) {
            if (member.workforce() != null) {
                counts.merge(member.workforce(), 1, Integer::sum);
            }
        }
        var views = workforces.all(caller.client().id()).stream()
                .filter(workforce -> maySee(caller, workforce.id()))
                .map(workforce -> WorkforceView.of(workforce, counts.getOrDefault(workforce.id(), 0)))
                .toList();
        return Listing.page(views, WorkforceView::id, limit, cursor);
    }

    @PostMapping("/workforces")
    @Allow(Role.REQUESTER)
    @ResponseStatus(HttpStatus.CREATED)
    WorkforceView create(ClientCaller caller, Attempt attempt, @RequestBody WorkforceBody body) {
        var name = Checks.text(body.name(), "/name", 100);
        checkKind(body);
        return scope.control(tx -> idempotency.once(
                tx,
                attempt,
                body,
                WorkforceView.class,
                same -> WorkforceView.of(workforces.create(same, caller.client().id(), name, body.organisation()), 0)));
    }

    private static void checkKind(WorkforceBody body) {
        switch (Checks.required(body.kind(), "/kind")) {
            case Workforce.IN_HOUSE -> {
                if (body.organisation() != null) {
                    throw Checks.fault("/organisation", "belongs to a workforce of kind vendor");
                }
            }
            case Workforce.VENDOR -> Checks.required(body.organisation(), "/organisation");
            default -> throw Checks.fault("/kind", "must be in_house or vendor");
        }
    }

    /** A manager sees the people of his workforce, a requester all, and so does who grants qualifications. */
    @GetMapping("/people")
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER, Role.QUALITY_LEAD})
    Page<PersonView> people(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var views = grants.members(caller.client().id()).stream()
                .filter(member -> caller.is(Role.QUALITY_LEAD) || maySee(caller, member.workforce()))
                .map(PersonView::of)
                .toList();
        return Listing.page(views, person -> person.name() + " " + person.id(), limit, cursor);
    }

    private static boolean maySee(ClientCaller caller, @Nullable UUID workforce) {
        return caller.is(Role.REQUESTER)
                || (caller.workforce() != null && caller.workforce().equals(workforce));
    }
}
