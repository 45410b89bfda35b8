package io.etalon.server.pay;

import io.etalon.server.base.Tx;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables {@code pay_statement} and {@code pay_statement_entry}, and sums over the ledger. */
final class StatementStore {
    /** What stands on no statement, before a moment; payments and roundings belong to statements themselves. */
    private static final String OPEN = """
            e.kind not in ('payment', 'rounding') and not exists (
              select from pay_statement_entry s where s.entry = e.id)
            """;

    private static final String OWED =
            "(select -l.amount from pay_line l where l.entry = e.id and l.account = 'payable')";

    /** What one person may be told that he is owed. */
    record Due(UUID person, @Nullable UUID workforce, String currency, BigDecimal exact) {}

    /** A part of what is due, by project and the rule's floors. */
    record Earned(UUID project, long rule, long seconds, BigDecimal amount) {}

    /**
     * A closed statement.
     *
     * @param exact the sum before it was rounded to the currency's minor unit
     * @param paidAt null while it waits
     */
    record Statement(
            long number,
            UUID person,
            @Nullable UUID workforce,
            YearMonth month,
            String currency,
            BigDecimal exact,
            BigDecimal amount,
            Instant closedAt,
            @Nullable Instant paidAt,
            @Nullable String reference) {}

    /** A line of a statement, or of what is not on one yet. */
    record Line(
            LocalDate day,
            @Nullable UUID project,
            String kind,
            String currency,
            int count,
            long seconds,
            BigDecimal amount) {}

    /** @param workforce whose people; with {@code all} everybody's */
    record Whose(boolean all, @Nullable UUID workforce) {
        static Whose of(io.etalon.server.access.ClientCaller caller) {
            return new Whose(PayAccess.seesAll(caller), caller.workforce());
        }

        @Nullable
        String id() {
            return workforce == null ? null : workforce.toString();
        }
    }

    List<Due> due(Tx tx, OffsetDateTime before, Whose whose) {
        return tx.db()
                .sql("select person, workforce, currency, coalesce(sum(" + OWED
                        + "), 0) as exact from pay_entry e where "
                        + OPEN + """
                        and e.worked_at < :before and (:all or workforce is not distinct from :workforce::uuid)
                        group by person, workforce, currency order by person, workforce, currency""")
                .param("before", before)
                .param("all", whose.all())
                .param("workforce", whose.id())
                .query((row, n) -> new Due(
                        row.getObject("person", UUID.class),
                        row.getObject("workforce", UUID.class),
                        row.getString("currency"),
                        row.getBigDecimal("exact")))
                .list();
    }

    /** What counted work earned, for floors; by the newest rule that any of it fell under. */
    List<Earned> earned(Tx tx, OffsetDateTime before, Due due) {
        return tx.db()
                .sql("select project, max(rule) as rule, sum(seconds) as seconds, sum(" + OWED
                        + ") as amount from pay_entry e where " + OPEN + """
                        and e.worked_at < :before and person = :person and workforce is not distinct from :workforce::uuid
                          and currency = :currency and project is not null
                          and kind in ('answer', 'exam', 'rejection', 'appeal', 'floor', 'ended', 'resumed')
                        group by project having max(rule) is not null order by project""")
                .param("before", before)
                .param("person", due.person())
                .param(
                        "workforce",
                        due.workforce() == null ? null : due.workforce().toString())
                .param("currency", due.currency())
                .query((row, n) -> new Earned(
                        row.getObject("project", UUID.class),
                        row.getLong("rule"),
                        row.getLong("seconds"),
                        row.getBigDecimal("amount")))
                .list();
    }

    long lastNumber(Tx tx) {
        return tx.db()
                .sql("select coalesce(max(number), 0) from pay_statement")
                .query(Long.class)
                .single();
    }

    void insert(Tx tx, Statement statement, UUID by) {
        tx.db()
                .sql("""
                        insert into pay_statement (number, person, workforce, month, currency, exact, amount, closed_by)
                        values (:number, :person, :workforce::uuid, :month, :currency, :exact, :amount, :by)""")
                .param("number", statement.number())
                .param("person", statement.person())
                .param(
                        "workforce",
                        statement.workforce() == null
                                ? null
                                : statement.workforce().toString())
                .param("month", statement.month().atDay(1))
                .param("currency", statement.currency())
                .param("exact", statement.exact())
                .param("amount", statement.amount())
                .param("by", by)
                .update();
    }

    /** Puts on a statement what is due to its person, and its own rounding. */
    void take(Tx tx, OffsetDateTime before, Statement statement) {
        tx.db()
                .sql("insert into pay_statement_entry (entry, statement) select e.id, :number from pay_entry e where ("
                        + OPEN
                        + """
                        and e.worked_at < :before and person = :person and workforce is not distinct from :workforce::uuid
                          and currency = :currency) or (kind = 'rounding' and source = :number)""")
                .param("number", statement.number())
                .param("before", before)
                .param("person", statement.person())
                .param(
                        "workforce",
                        statement.workforce() == null
                                ? null
                                : statement.workforce().toString())
                .param("currency", statement.currency())
                .update();
    }

    private static final String STATEMENTS = """
            select s.number, s.person, s.workforce, s.month, s.currency, s.exact, s.amount, s.at, p.at as paid_at, p.reason
            from pay_statement s left join pay_entry p on p.kind = 'payment' and p.source = s.number
            """;

    /** Newest first. */
    List<Statement> all(Tx tx, Whose whose, long before, int limit) {
        return tx.db()
                .sql(STATEMENTS + """
                        where s.number < :before and (:all or s.workforce is not distinct from :workforce::uuid)
                        order by s.number desc limit :limit""")
                .param("before", before)
                .param("all", whose.all())
                .param("workforce", whose.id())
                .param("limit", limit)
                .query((row, n) -> statement(row))
                .list();
    }

    /** Newest first. */
    List<Statement> of(Tx tx, UUID person) {
        return tx.db()
                .sql(STATEMENTS + "where s.person = ? order by s.number desc")
                .param(person)
                .query((row, n) -> statement(row))
                .list();
    }

    Optional<Statement> find(Tx tx, long number) {
        return tx.db()
                .sql(STATEMENTS + "where s.number = ?")
                .param(number)
                .query((row, n) -> statement(row))
                .optional();
    }

    private static Statement statement(ResultSet row) throws SQLException {
        var paid = row.getObject("paid_at", OffsetDateTime.class);
        return new Statement(
                row.getLong("number"),
                row.getObject("person", UUID.class),
                row.getObject("workforce", UUID.class),
                YearMonth.from(row.getObject("month", LocalDate.class)),
                row.getString("currency"),
                row.getBigDecimal("exact"),
                row.getBigDecimal("amount"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                paid == null ? null : paid.toInstant(),
                row.getString("reason"));
    }

    private static final String LINES = "select (e.worked_at at time zone 'UTC')::date as day, e.project, e.kind,"
            + " e.currency, count(*)::int as count, sum(e.seconds) as seconds, coalesce(sum(" + OWED
            + "), 0) as amount from pay_entry e ";
    private static final String BY_DAY = " group by 1, 2, 3, 4 order by 1, 2, 3, 4";

    List<Line> lines(Tx tx, long statement) {
        return tx.db()
                .sql(LINES + "join pay_statement_entry s on s.entry = e.id where s.statement = ?" + BY_DAY)
                .param(statement)
                .query((row, n) -> line(row))
                .list();
    }

    /** What a person earned and no statement has yet. */
    List<Line> open(Tx tx, UUID person) {
        return tx.db()
                .sql(LINES + "where e.person = ? and " + OPEN + BY_DAY)
                .param(person)
                .query((row, n) -> line(row))
                .list();
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getObject("day", LocalDate.class),
                row.getObject("project", UUID.class),
                row.getString("kind"),
                row.getString("currency"),
                row.getInt("count"),
                row.getLong("seconds"),
                row.getBigDecimal("amount"));
    }
}
