package io.etalon.server.ownership;

import io.etalon.server.access.Checks;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * The ownership register: stakes over time. History is kept: a stake is entered and later closed, never changed. Days are
 * those of UTC, and today is the database's. Thread-safe.
 */
@Service
public final class Stakes {
    static final ErrorCode CLOSED = ErrorCode.of("stake-closed", ErrorKind.CONFLICT, "The stake has an end already");
    private static final int DECIMALS = 4;

    private final TenantScope scope;
    private final Organisations organisations;
    private final ObjectProvider<RegisterWatch> watch;
    private final Ids ids;
    private final Clock clock;
    private final StakeStore store = new StakeStore();

    Stakes(TenantScope scope, Organisations organisations, ObjectProvider<RegisterWatch> watch, Ids ids, Clock clock) {
        this.scope = scope;
        this.organisations = organisations;
        this.watch = watch;
        this.ids = ids;
        this.clock = clock;
    }

    /** A stake as somebody says it is, unchecked; null where he says nothing. */
    public record Draft(
            @Nullable UUID owner,
            @Nullable UUID held,
            @Nullable BigDecimal percent,
            @Nullable Boolean voting,
            @Nullable LocalDate since,
            @Nullable LocalDate until,
            @Nullable String source) {}

    /**
     * Runs a change of the register so that it bites at once: {@link #enter}, {@link #close} or {@link #organisationOf} in
     * a transaction that commits within it.
     */
    public <T> T change(Supplier<T> change) {
        var above = watch.getIfAvailable();
        return above == null ? change.get() : above.around(change);
    }

    /**
     * Enters a stake, in the control database's transaction given; call it within {@link #change}.
     *
     * @throws EtalonException invalid member; invalid percentage, when the shares of the organisation held would add up to
     *     more than 100 on some day
     */
    public Stake enter(Tx tx, PersonId by, Draft draft) {
        store.lock(tx);
        var stake = checked(draft, ids.next());
        requireRoom(store.of(tx, stake.held()), stake);
        store.insert(tx, stake, by);
        return stake;
    }

    /**
     * What a draft says, checked but not entered.
     *
     * @throws EtalonException invalid member
     */
    public Stake checked(Draft draft, UUID id) {
        var owner = organisation(draft.owner(), "/owner");
        var held = organisation(draft.held(), "/held");
        if (owner.equals(held)) {
            throw Checks.fault("/held", "must be another organisation than the owner");
        }
        var percent = Checks.required(draft.percent(), "/percent");
        if (percent.signum() <= 0
                || percent.compareTo(Holdings.ALL) > 0
                || percent.stripTrailingZeros().scale() > DECIMALS) {
            throw Checks.fault("/percent", "must be above 0 and at most 100, with at most four decimals");
        }
        var since = day(Checks.required(draft.since(), "/since"), "/since");
        var until = draft.until() == null ? null : day(draft.until(), "/until");
        if (until != null && until.isBefore(since)) {
            throw Checks.fault("/until", "must not lie before since");
        }
        var now = clock.instant();
        return new Stake(
                id,
                owner,
                held,
                percent.setScale(DECIMALS),
                Checks.required(draft.voting(), "/voting"),
                since,
                until,
                Checks.text(draft.source(), "/source", 500),
                now,
                until == null ? null : now);
    }

    /**
     * A stake that somebody supposes to be held today.
     *
     * @throws EtalonException invalid, pointing below {@code /stake}
     */
    public Stake supposed(
            @Nullable UUID owner,
            @Nullable UUID held,
            @Nullable BigDecimal percent,
            @Nullable Boolean voting,
            UUID id) {
        var today = scope.control(store::today);
        try {
            return checked(new Draft(owner, held, percent, voting, today, null, "supposed"), id);
        } catch (EtalonException e) {
            var fault = e.faults().getFirst();
            throw Checks.fault("/stake" + fault.pointer(), fault.message());
        }
    }

    private UUID organisation(@Nullable UUID id, String pointer) {
        var organisation = Checks.required(id, pointer);
        if (organisations.find(organisation).isEmpty()) {
            throw Checks.fault(pointer, "must be the id of an organisation of the register");
        }
        return organisation;
    }

    /** A day of this age; the register does not reach further. */
    static LocalDate day(LocalDate day, String pointer) {
        if (day.getYear() < 1900 || day.getYear() > 2200) {
            throw Checks.fault(pointer, "must lie between the years 1900 and 2200");
        }
        return day;
    }

    /** A request's day; null for today. */
    public @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null ? null : day(LocalDate.parse(text), "/asOf");
        } catch (DateTimeException e) {
            throw new EtalonException(ErrorCode.INVALID, "asOf must be a day such as 2025-06-13.", e);
        }
    }

    /** The sum can only grow on the first day of some stake. */
    private static void requireRoom(List<Stake> others, Stake more) {
        for (var day : Stream.concat(Stream.of(more), others.stream())
                .map(Stake::since)
                .filter(more::isHeldOn)
                .toList()) {
            var sum = others.stream()
                    .filter(stake -> stake.isHeldOn(day))
                    .map(Stake::percent)
                    .reduce(more.percent(), BigDecimal::add);
            if (sum.compareTo(Holdings.ALL) > 0) {
                throw Checks.fault(
                        "/percent",
                        "would bring the stakes in this organisation to " + sum.toPlainString() + " % on " + day
                                + "; close those first that ended");
            }
        }
    }

    /**
     * Gives a stake its end; call it within {@link #change}.
     *
     * @param until the first day on which it is not held any more; null for today
     * @throws EtalonException not found; conflict, when it has an end
     */
    public Stake close(Tx tx, PersonId by, UUID id, @Nullable LocalDate until) {
        store.lock(tx);
        var stake = store.find(tx, id).orElseThrow(EtalonException::notFound);
        var end = until == null ? store.today(tx) : day(until, "/until");
        if (end.isBefore(stake.since())) {
            throw Checks.fault("/until", "must not lie before the stake's first day, " + stake.since());
        }
        if (!store.close(tx, id, end, by, clock.instant().atOffset(ZoneOffset.UTC))) {
            throw new EtalonException(CLOSED, "The stake ended on " + stake.until() + "; enter another one.");
        }
        return store.find(tx, id).orElseThrow();
    }

    /**
     * Says which organisation a client is; call it within {@link #change}.
     *
     * @throws EtalonException not found, when there is no such client
     */
    public void organisationOf(Tx tx, String slug, @Nullable UUID organisation) {
        if (!store.setOrganisation(tx, slug, organisation)) {
            throw EtalonException.notFound();
        }
    }

    /** All stakes that were ever entered, by their first day. */
    public List<Stake> all() {
        return scope.control(store::all);
    }

    /** The register on a day; null for today. */
    public Holdings on(@Nullable LocalDate day) {
        return scope.control(tx -> on(tx, day));
    }

    /** The same inside a transaction on the control database. */
    public Holdings on(Tx tx, @Nullable LocalDate day) {
        var wanted = day == null ? store.today(tx) : day;
        return new Holdings(
                store.all(tx).stream().filter(stake -> stake.isHeldOn(wanted)).toList());
    }
}
