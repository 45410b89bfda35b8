package io.etalon.server.ownership;

import io.etalon.server.access.AllowOperator;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Caller;
import io.etalon.server.access.Checks;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Listing;
import io.etalon.server.base.Page;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who owns whom, for the operator who keeps the register. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Organisations")
final class StakeController {
    private final Stakes stakes;
    private final Organisations organisations;
    private final Idempotency idempotency;
    private final TenantScope scope;

    record StakeBody(
            @Nullable UUID owner,
            @Nullable UUID held,
            @Nullable BigDecimal percent,
            @Nullable Boolean voting,
            @Nullable LocalDate since,
            @Nullable LocalDate until,
            @Nullable String source) {
        Stakes.Draft draft() {
            return new Stakes.Draft(owner, held, percent, voting, since, until, source);
        }
    }

    record EndBody(@Nullable LocalDate until) {}

    record ClientBody(@Nullable String client) {}

    /** @param controls whether the owner and what it controls hold more than half of the votes */
    record Holder(UUID owner, BigDecimal percent, boolean controls) {}

    record Holders(List<Holder> items) {}

    StakeController(Stakes stakes, Organisations organisations, Idempotency idempotency, TenantScope scope) {
        this.stakes = stakes;
        this.organisations = organisations;
        this.idempotency = idempotency;
        this.scope = scope;
    }

    @GetMapping("/stakes")
    @AllowOperator
    @Operation(
            summary = "List stakes",
            description = "All that were ever entered; with asOf those that are held on that day (UTC).")
    Page<StakeView> all(
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var day = stakes.day(asOf);
        var views = stakes.all().stream()
                .filter(stake -> day == null || stake.isHeldOn(day))
                .map(StakeView::of)
                .toList();
        return Listing.page(views, view -> view.since() + " " + view.id(), limit, cursor);
    }

    @PostMapping("/stakes")
    @AllowOperator
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Enter a stake",
            description =
                    "Bites at once: walls that the new owner may not pass close before this is answered, and open work is"
                            + " fenced.")
    StakeView enter(Caller caller, Attempt attempt, @RequestBody StakeBody body) {
        return stakes.change(() -> scope.control(tx -> idempotency.once(
                tx,
                attempt,
                body,
                StakeView.class,
                same -> StakeView.of(stakes.enter(same, caller.person(), body.draft())))));
    }

    @PostMapping("/stakes/{stake}/end")
    @AllowOperator
    @Operation(
            summary = "End a stake",
            description = "From the given day on it is not held any more; without one, from today on (UTC).")
    StakeView end(Caller caller, Attempt attempt, @PathVariable UUID stake, @RequestBody EndBody body) {
        return stakes.change(() -> scope.control(tx -> idempotency.once(
                tx,
                attempt,
                body,
                StakeView.class,
                same -> StakeView.of(stakes.close(same, caller.person(), stake, body.until())))));
    }

    @GetMapping("/organisations/{organisation}/holders")
    @AllowOperator
    @Operation(
            summary = "Who holds an organisation",
            description =
                    "Directly or through others, in percent. Chains of stakes are multiplied and added up; who controls"
                            + " more than half of the votes holds all.")
    Holders holders(@PathVariable UUID organisation, @RequestParam(required = false) @Nullable String asOf) {
        organisations.get(organisation);
        var holdings = stakes.on(stakes.day(asOf));
        return new Holders(holdings.upward(List.of(organisation)).stream()
                .filter(owner -> !owner.equals(organisation))
                .map(owner -> new Holder(
                        owner,
                        holdings.percent(owner, organisation).setScale(4, RoundingMode.HALF_UP),
                        holdings.controlled(owner).contains(organisation)))
                .sorted(Comparator.comparing(Holder::percent).reversed().thenComparing(Holder::owner))
                .toList());
    }

    @PutMapping("/organisations/{organisation}/client")
    @AllowOperator
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Say which client an organisation is", description = "By the client's slug.")
    void client(@PathVariable UUID organisation, @RequestBody ClientBody body) {
        organisations.get(organisation);
        var slug = Checks.text(body.client(), "/client", 100);
        stakes.change(() -> scope.control(tx -> {
            stakes.organisationOf(tx, slug, organisation);
            return Boolean.TRUE;
        }));
    }
}
