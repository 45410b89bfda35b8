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
import io.etalon.server.pay.StatementStore.Whose;
import io.etalon.server.tenant.TenantScope;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The ledger as people read it, and what they add to it by hand: adjustments and reversals, each with a reason. Thread-safe. */
@Service
final class Entries {
    static final ErrorCode REVERSED =
            ErrorCode.of("entry-reversed", ErrorKind.CONFLICT, "The entry cannot be reversed");

    private final TenantScope scope;
    private final PayRules.Ground ground;
    private final Ledger ledger = new Ledger();

    Entries(TenantScope scope, PayRules.Ground ground) {
        this.scope = scope;
        this.ground = ground;
    }

    /**
     * An entry.
     *
     * @param owed what it adds to what its person is owed
     * @param statement on which it stands; null while on none
     */
    record Entry(
            long id,
            String kind,
            long source,
            UUID person,
            @Nullable UUID workforce,
            @Nullable UUID project,
            @Nullable Long reverses,
            String currency,
            long seconds,
            @Nullable String reason,
            Instant workedAt,
            Instant at,
            String debit,
            String credit,
            BigDecimal amount,
            BigDecimal owed,
            @Nullable Long statement) {}

    private static final String ENTRIES = """
            select e.*, d.account as debit, c.account as credit, d.amount as debited,
              coalesce((select -l.amount from pay_line l where l.entry = e.id and l.account = 'payable'), 0) as owed,
              s.statement
            from pay_entry e
            join lateral (select account, amount from pay_line l where l.entry = e.id
              order by l.account = 'payable' and e.kind <> 'payment', l.account <> 'payable' limit 1) d on true
            join lateral (select account from pay_line l where l.entry = e.id and l.account <> d.account limit 1) c on true
            left join pay_statement_entry s on s.entry = e.id
            """;

    /** Newest first, from below a number. */
    List<Entry> all(ClientCaller caller, long before, int limit) {
        var whose = Whose.of(caller);
        return scope.client(
                caller.client().id(),
                tx -> tx.db()
                        .sql(ENTRIES + """
                        where e.id < :before and (:all or e.workforce is not distinct from :workforce::uuid)
                        order by e.id desc limit :limit""")
                        .param("before", before)
                        .param("all", whose.all())
                        .param("workforce", whose.id())
                        .param("limit", limit)
                        .query((row, n) -> entry(row))
                        .list());
    }

    /** All of a person, oldest first. */
    List<Entry> of(ClientId client, PersonId person) {
        return scope.client(
                client,
                tx -> tx.db()
                        .sql(ENTRIES + "where e.person = ? order by e.id")
                        .param(person.value())
                        .query((row, n) -> entry(row))
                        .list());
    }

    private static Entry entry(java.sql.ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getString("kind"),
                row.getLong("source"),
                row.getObject("person", UUID.class),
                row.getObject("workforce", UUID.class),
                row.getObject("project", UUID.class),
                row.getObject("reverses", Long.class),
                row.getString("currency"),
                row.getLong("seconds"),
                row.getString("reason"),
                row.getObject("worked_at", OffsetDateTime.class).toInstant(),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("debit"),
                row.getString("credit"),
                row.getBigDecimal("debited"),
                row.getBigDecimal("owed"),
                row.getObject("statement", Long.class));
    }

    /** What stands on an account; all of one currency add up to nothing. */
    record Balance(
            String account,
            @Nullable UUID project,
            @Nullable UUID workforce,
            String currency,
            BigDecimal amount) {}

    /** The expense of each project, what each workforce's people are owed, and the other accounts. */
    List<Balance> balances(ClientCaller caller) {
        var whose = Whose.of(caller);
        return scope.client(
                caller.client().id(),
                tx -> tx.db()
                        .sql("""
                        select l.account, case when l.account = 'expense' then e.project end as project, e.workforce,
                          e.currency, sum(l.amount) as amount
                        from pay_line l join pay_entry e on e.id = l.entry
                        where :all or e.workforce is not distinct from :workforce::uuid
                        group by 1, 2, 3, 4 order by 4, 1, 2, 3""")
                        .param("all", whose.all())
                        .param("workforce", whose.id())
                        .query((row, n) -> new Balance(
                                row.getString("account"),
                                row.getObject("project", UUID.class),
                                row.getObject("workforce", UUID.class),
                                row.getString("currency"),
                                row.getBigDecimal("amount")))
                        .list());
    }

    /** What is to be granted, or taken where it is below zero. */
    record Grant(PersonId person, @Nullable UUID workforce, String currency, BigDecimal amount, String reason) {}

    /** Adds an adjustment; gives its number. */
    long adjust(ClientCaller caller, Grant grant, Attempt attempt) {
        return scope.client(
                caller.client().id(),
                tx -> ground.idempotency().once(tx, attempt, grant, Long.class, same -> {
                    ledger.lock(same);
                    var posting = new Posting(
                            "adjustment",
                            ledger.number(same),
                            grant.person().value(),
                            grant.workforce(),
                            null,
                            null,
                            null,
                            grant.currency(),
                            0,
                            grant.reason(),
                            caller.person().value(),
                            now(same),
                            Account.ADJUSTMENT,
                            Account.PAYABLE,
                            grant.amount());
                    ledger.post(same, List.of(posting));
                    tell(same, caller, "adjust", posting.source());
                    return made(same, "adjustment", posting.source());
                }));
    }

    /**
     * Reverses an entry by one of its own.
     *
     * @return the new entry's number
     * @throws EtalonException not found; conflict, when it was reversed before, is itself a reversal, or belongs to a statement
     *     as such
     */
    long reverse(ClientCaller caller, long entry, String reason, Attempt attempt) {
        return scope.client(
                caller.client().id(),
                tx -> ground.idempotency().once(tx, attempt, List.of(entry, reason), Long.class, same -> {
                    ledger.lock(same);
                    var found = ledger.find(same, entry)
                            .filter(one -> PayAccess.sees(caller, one.workforce()))
                            .orElseThrow(EtalonException::notFound);
                    switch (found.kind()) {
                        case "payment", "rounding", "correction" ->
                            throw new EtalonException(
                                    REVERSED,
                                    "Entry " + entry + " is a " + found.kind() + ". Allowed: an adjustment instead.");
                        default -> {
                            if (found.reversed()) {
                                throw new EtalonException(
                                        REVERSED, "Entry " + entry + " was reversed before. Allowed: an adjustment.");
                            }
                        }
                    }
                    var counter = found.kind().equals("adjustment") ? Account.ADJUSTMENT : Account.EXPENSE;
                    ledger.post(
                            same,
                            List.of(new Posting(
                                    "correction",
                                    entry,
                                    found.person(),
                                    found.workforce(),
                                    found.project(),
                                    found.rule(),
                                    entry,
                                    found.currency(),
                                    0,
                                    reason,
                                    caller.person().value(),
                                    now(same),
                                    counter,
                                    Account.PAYABLE,
                                    found.amount().negate())));
                    tell(same, caller, "reverse", entry);
                    return made(same, "correction", entry);
                }));
    }

    private static Instant now(Tx tx) {
        return tx.db()
                .sql("select now()")
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }

    private static long made(Tx tx, String kind, long source) {
        return tx.db()
                .sql("select id from pay_entry where kind = ? and source = ?")
                .params(kind, source)
                .query(Long.class)
                .single();
    }

    private void tell(Tx tx, ClientCaller caller, String act, long entry) {
        ground.audit()
                .append(
                        tx,
                        AuditEvent.of(AuditOp.PAY, caller.person(), caller.via(), null)
                                .with("act", act)
                                .with("entry", entry));
    }

    /** Whether a caller may add to the ledger for people of a workforce: a requester for all, a manager for his own. */
    static void requirePayer(ClientCaller caller, @Nullable UUID workforce) {
        if (!caller.is(Role.REQUESTER) && !PayAccess.sees(caller, workforce)) {
            throw EtalonException.notFound();
        }
    }
}
