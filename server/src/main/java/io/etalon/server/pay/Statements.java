package io.etalon.server.pay;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.pay.Posting.Account;
import io.etalon.server.pay.StatementStore.Due;
import io.etalon.server.pay.StatementStore.Line;
import io.etalon.server.pay.StatementStore.Statement;
import io.etalon.server.pay.StatementStore.Whose;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.workforce.Profiles;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import tools.jackson.databind.ObjectMapper;

/**
 * Statements: what people are owed, closed for good and numbered, and then paid. Amounts are exact in the ledger; only a
 * statement rounds, half to even at its currency's minor unit, and posts the difference, so that a paid statement leaves
 * nothing. What comes later, or was below zero, stands on the next. Thread-safe.
 */
@Service
final class Statements {
    static final ErrorCode PAID = ErrorCode.of("statement-paid", ErrorKind.CONFLICT, "The statement was paid before");
    private static final BigDecimal HOUR = BigDecimal.valueOf(3_600);

    private final TenantScope scope;
    private final Accruals accruals;
    private final Profiles profiles;
    private final PayRules.Ground ground;
    private final ObjectMapper json;
    private final StatementStore store = new StatementStore();
    private final Ledger ledger = new Ledger();

    Statements(TenantScope scope, Accruals accruals, Profiles profiles, PayRules.Ground ground, ObjectMapper json) {
        this.scope = scope;
        this.accruals = accruals;
        this.profiles = profiles;
        this.ground = ground;
        this.json = json;
    }

    /**
     * Closes a month for all people whom the caller pays: a requester everybody, a manager his workforce. The running month
     * may be closed early, for people who leave; what comes later is on the next statement.
     *
     * @return the numbers of the new statements, first and last; none when nothing was due
     * @throws EtalonException invalid, when the month lies ahead
     */
    Closed close(ClientCaller caller, YearMonth month, Attempt attempt) {
        return scope.client(
                caller.client().id(),
                tx -> ground.idempotency()
                        .once(tx, attempt, month.toString(), Closed.class, same -> closed(same, caller, month)));
    }

    /** @param first 0 when there are none */
    record Closed(int statements, long first, long last) {}

    private Closed closed(Tx tx, ClientCaller caller, YearMonth month) throws SQLException {
        ledger.lock(tx);
        var now = now(tx);
        if (month.isAfter(YearMonth.from(now))) {
            throw EtalonException.invalidAt("/month", "lies ahead; it must be " + YearMonth.from(now) + " or before");
        }
        accruals.catchUp(tx, Set.of());
        var before = month.plusMonths(1).atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
        var whose = caller.is(Role.REQUESTER) ? new Whose(true, null) : new Whose(false, caller.workforce());
        var rules = RuleBook.of(tx, json, Set.of());
        for (var due : store.due(tx, before, whose)) {
            ledger.post(tx, floors(tx, caller.client().id(), rules, new Moment(before, now), due));
        }
        var last = store.lastNumber(tx);
        var first = last + 1;
        for (var due : store.due(tx, before, whose)) {
            // Who owes the client something is not asked for it: the next work sets it off.
            if (due.exact().signum() >= 0) {
                statement(tx, caller, new Moment(before, now), month, due, ++last);
            }
        }
        var count = (int) (last - first + 1);
        ground.audit()
                .append(
                        tx,
                        AuditEvent.of(AuditOp.PAY, caller.person(), caller.via(), null)
                                .with("act", "close")
                                .with("month", month.toString())
                                .with("statements", count));
        return count == 0 ? new Closed(0, 0, 0) : new Closed(count, first, last);
    }

    /** @param before the end of the month */
    private record Moment(OffsetDateTime before, OffsetDateTime now) {}

    private static OffsetDateTime now(Tx tx) {
        return tx.db()
                .sql("select now()")
                .query((row, n) -> row.getObject(1, OffsetDateTime.class))
                .single()
                .withOffsetSameInstant(ZoneOffset.UTC);
    }

    /** What lacks to the floor of the country where a person works, a project at a time. */
    private List<Posting> floors(Tx tx, ClientId client, RuleBook rules, Moment moment, Due due) {
        var postings = new ArrayList<Posting>();
        for (var earned : store.earned(tx, moment.before(), due)) {
            var rule = rules.byId(earned.rule());
            var floor = rule == null || earned.seconds() == 0
                    ? java.util.Optional.<BigDecimal>empty()
                    : rule.terms()
                            .floor(profiles.of(client, new PersonId(due.person()))
                                    .country());
            if (floor.isPresent()) {
                var least = floor.get()
                        .multiply(BigDecimal.valueOf(earned.seconds()))
                        .divide(HOUR, 6, RoundingMode.HALF_EVEN);
                var lacking = least.subtract(earned.amount());
                if (lacking.signum() > 0) {
                    var last = moment.before().isBefore(moment.now())
                            ? moment.before().minusNanos(1_000)
                            : moment.now();
                    postings.add(new Posting(
                            "floor",
                            ledger.number(tx),
                            due.person(),
                            due.workforce(),
                            earned.project(),
                            earned.rule(),
                            null,
                            due.currency(),
                            0,
                            null,
                            null,
                            last.toInstant(),
                            Account.EXPENSE,
                            Account.PAYABLE,
                            lacking));
                }
            }
        }
        return postings;
    }

    private void statement(Tx tx, ClientCaller caller, Moment moment, YearMonth month, Due due, long number)
            throws SQLException {
        var digits = Currency.getInstance(due.currency()).getDefaultFractionDigits();
        var amount = due.exact().setScale(digits, RoundingMode.HALF_EVEN);
        var rounding = amount.subtract(due.exact());
        var statement = new Statement(
                number,
                due.person(),
                due.workforce(),
                month,
                due.currency(),
                due.exact(),
                amount,
                moment.now().toInstant(),
                null,
                null);
        store.insert(tx, statement, caller.person().value());
        if (rounding.signum() != 0) {
            ledger.post(
                    tx,
                    List.of(ofStatement(statement, moment.now(), caller.person())
                            .rounding(rounding)));
        }
        store.take(tx, moment.before(), statement);
    }

    private static Posting ofStatement(Statement statement, OffsetDateTime at, PersonId by) {
        return new Posting(
                "payment",
                statement.number(),
                statement.person(),
                statement.workforce(),
                null,
                null,
                null,
                statement.currency(),
                0,
                null,
                by.value(),
                at.toInstant(),
                Account.PAYABLE,
                Account.PAID,
                statement.amount());
    }

    /** A statement with its lines. */
    record Full(Statement statement, List<Line> lines) {}

    /** @throws EtalonException not found, also for one that is none of the caller's business */
    Full get(ClientCaller caller, long number) {
        return scope.client(caller.client().id(), tx -> {
            var found = visible(tx, caller, number);
            return new Full(found, store.lines(tx, number));
        });
    }

    /** @throws EtalonException not found, also for somebody else's */
    Full own(ClientCaller caller, long number) {
        return scope.client(caller.client().id(), tx -> {
            var found = store.find(tx, number)
                    .filter(one -> one.person().equals(caller.person().value()))
                    .orElseThrow(EtalonException::notFound);
            return new Full(found, store.lines(tx, number));
        });
    }

    private Statement visible(Tx tx, ClientCaller caller, long number) {
        return store.find(tx, number)
                .filter(one -> PayAccess.sees(caller, one.workforce()))
                .orElseThrow(EtalonException::notFound);
    }

    /** Newest first, from below a number. */
    List<Statement> all(ClientCaller caller, long before, int limit) {
        return scope.client(caller.client().id(), tx -> store.all(tx, Whose.of(caller), before, limit));
    }

    List<Statement> of(ClientId client, UUID person) {
        return scope.client(client, tx -> store.of(tx, person));
    }

    /** What a person earned and no statement has yet. */
    List<Line> open(ClientId client, UUID person) {
        return scope.client(client, tx -> store.open(tx, person));
    }

    /**
     * Notes that a statement was paid.
     *
     * @param reference under which the money left
     * @throws EtalonException not found; conflict, when it was paid before
     */
    Statement pay(ClientCaller caller, long number, String reference, Attempt attempt) {
        var client = caller.client().id();
        scope.client(
                client,
                tx -> ground.idempotency().once(tx, attempt, List.of(number, reference), Long.class, same -> {
                    ledger.lock(same);
                    var statement = visible(same, caller, number);
                    var payment =
                            ofStatement(statement, now(same), caller.person()).because(reference);
                    if (ledger.post(same, List.of(payment)) == 0) {
                        throw new EtalonException(
                                PAID, "Statement " + number + " was paid before. Allowed: nothing more.");
                    }
                    ground.audit()
                            .append(
                                    same,
                                    AuditEvent.of(AuditOp.PAY, caller.person(), caller.via(), null)
                                            .with("act", "pay")
                                            .with("statement", number));
                    return number;
                }));
        return get(caller, number).statement();
    }
}
