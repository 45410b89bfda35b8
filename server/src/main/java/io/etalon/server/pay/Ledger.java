package io.etalon.server.pay;

import io.etalon.server.base.Rows;
import io.etalon.server.base.Tx;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables {@code pay_entry} and {@code pay_line}: entries are added, and nothing else. */
final class Ledger {
    private static final String POST = """
            with given as (
              select * from unnest(?::text[], ?::bigint[], ?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[],
                ?::text[], ?::bigint[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::numeric[])
                u (kind, source, person, workforce, project, rule, reverses, currency, seconds, reason, made_by, worked_at,
                  debit, credit, amount)
            ), made as (
              insert into pay_entry (kind, source, person, workforce, project, rule, reverses, currency, seconds, reason,
                made_by, worked_at)
              select kind, source, person, workforce, project, rule, reverses, currency, seconds, reason, made_by,
                worked_at::timestamptz
              from given order by source
              on conflict do nothing returning id, kind, source
            )
            insert into pay_line (entry, account, amount)
            select m.id, l.account, l.amount from made m join given g using (kind, source)
            cross join lateral (values (g.debit, g.amount), (g.credit, -g.amount)) l (account, amount)""";

    /** An entry that something may follow from, with what it pays its person. */
    record Posted(
            long id,
            String kind,
            UUID person,
            @Nullable UUID workforce,
            @Nullable UUID project,
            @Nullable Long rule,
            String currency,
            Instant workedAt,
            BigDecimal amount,
            boolean reversed,
            boolean closed) {}

    private static final String POSTED = """
            select e.id, e.kind, e.person, e.workforce, e.project, e.rule, e.currency, e.worked_at,
              coalesce((select -sum(l.amount) from pay_line l where l.entry = e.id and l.account = 'payable'), 0) as amount,
              exists (select from pay_entry r where r.reverses = e.id) as reversed,
              exists (select from pay_statement_entry s where s.entry = e.id) as closed
            from pay_entry e where
            """;

    /** Who posts and who closes statements take turns within a client; held until the transaction ends. */
    void lock(Tx tx) {
        tx.db()
                .sql("select pg_advisory_xact_lock(hashtextextended('pay', 91))::text")
                .query(String.class)
                .single();
    }

    /** Adds what was not posted before; returns how many entries that were. */
    int post(Tx tx, List<Posting> postings) throws SQLException {
        if (postings.isEmpty()) {
            return 0;
        }
        var rows = new Rows(
                POST, "text", "bigint", "uuid", "uuid", "uuid", "bigint", "bigint", "text", "bigint", "text", "uuid",
                "text", "text", "text", "numeric");
        for (var one : postings) {
            rows.add(
                    one.kind(),
                    one.source(),
                    one.person(),
                    one.workforce(),
                    one.project(),
                    one.rule(),
                    one.reverses(),
                    one.currency(),
                    one.seconds(),
                    one.reason(),
                    one.madeBy(),
                    one.workedAt().toString(),
                    one.debit().key(),
                    one.credit().key(),
                    one.amount());
        }
        try (var statement = tx.connection().prepareStatement(rows.sql())) {
            rows.bind(statement, 1);
            return statement.executeUpdate() / 2;
        }
    }

    /** A number that no other happening has. */
    long number(Tx tx) {
        return tx.db()
                .sql("select nextval(pg_get_serial_sequence('pay_entry', 'id'))")
                .query(Long.class)
                .single();
    }

    /** The submissions that are one answer with one: those that it, or another after it, did again. */
    private static final String SAME_ANSWER = """
            select o.id from submission s join submission o
              on o.task = s.task and o.annotator = s.annotator and o.round = s.round
            where s.id = ?""";

    /**
     * What was paid for an answer and each time that it was done again, as far as a rejection may take it back: it stands on no
     * statement, and no reviewer accepted any of it before this decision.
     */
    List<Posted> rejectable(Tx tx, Work.Decision decision) {
        return tx
                .db()
                .sql(POSTED + "e.kind = 'answer' and e.source in (" + SAME_ANSWER + ") and not exists ("
                        + "select from review_decision d where d.id < ? and d.decision in ('accept', 'fix', 'uphold')"
                        + " and d.submission in (" + SAME_ANSWER + ")) order by e.id")
                .params(decision.submission(), decision.id(), decision.submission())
                .query((row, n) -> posted(row))
                .list()
                .stream()
                .filter(found -> !found.closed() && !found.reversed())
                .toList();
    }

    /** What the rejection of an answer took back and no appeal has brought back. */
    List<Posted> rejections(Tx tx, long submission) {
        return tx
                .db()
                .sql(POSTED + "e.kind = 'rejection' and e.reverses in (select a.id from pay_entry a"
                        + " where a.kind = 'answer' and a.source in (" + SAME_ANSWER + ")) order by e.id")
                .param(submission)
                .query((row, n) -> posted(row))
                .list()
                .stream()
                .filter(found -> !found.reversed())
                .toList();
    }

    /** What was paid for answers whose leases had ended, and which became the answer that a submission is. */
    List<Posted> endedBefore(Tx tx, long submission) {
        return tx.db().sql(POSTED + """
                        e.kind = 'ended' and e.source in (
                          select a.lease from late_answer a join submission s on s.task = a.task and s.annotator = a.person
                          where s.id = ?) order by e.id""").param(submission).query((row, n) -> posted(row)).list().stream()
                .filter(found -> !found.reversed())
                .toList();
    }

    Optional<Posted> find(Tx tx, long entry) {
        return tx.db()
                .sql(POSTED + "e.id = ?")
                .param(entry)
                .query((row, n) -> posted(row))
                .optional();
    }

    private static Posted posted(ResultSet row) throws SQLException {
        var rule = row.getLong("rule");
        return new Posted(
                row.getLong("id"),
                row.getString("kind"),
                row.getObject("person", UUID.class),
                row.getObject("workforce", UUID.class),
                row.getObject("project", UUID.class),
                rule == 0 ? null : rule,
                row.getString("currency"),
                row.getObject("worked_at", OffsetDateTime.class).toInstant(),
                row.getBigDecimal("amount"),
                row.getBoolean("reversed"),
                row.getBoolean("closed"));
    }
}
