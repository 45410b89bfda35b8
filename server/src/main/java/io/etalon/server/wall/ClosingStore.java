package io.etalon.server.wall;

import io.etalon.server.base.Tx;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cell's tables {@code wall_closed}, {@code wall_closing} and {@code ownership_seen}. */
final class ClosingStore {
    /** Whom a wall keeps out: a workforce or a person, with the rule. */
    record Closed(UUID subject, String kind, UUID rule, int version) {}

    /** A closing or an opening; counts are null until the open work is fenced. */
    record Closing(
            long id,
            Instant at,
            UUID subject,
            String kind,
            UUID rule,
            int version,
            boolean opened,
            int people,
            @Nullable Integer leases,
            @Nullable Integer returns,
            @Nullable Instant fencedAt) {}

    /** Those who compare what is closed with what should be do it one after the other. */
    void lock(Tx tx) {
        tx.db().sql("lock table wall_closed in share row exclusive mode").update();
    }

    Map<UUID, Closed> closed(Tx tx) {
        var all = new HashMap<UUID, Closed>();
        tx.db()
                .sql("select subject, kind, rule, version from wall_closed")
                .query((row, n) -> new Closed(
                        row.getObject("subject", UUID.class),
                        row.getString("kind"),
                        row.getObject("rule", UUID.class),
                        row.getInt("version")))
                .list()
                .forEach(one -> all.put(one.subject(), one));
        return all;
    }

    void close(Tx tx, Closed closed) {
        tx.db()
                .sql("""
                insert into wall_closed (subject, kind, rule, version) values (?, ?, ?, ?)
                on conflict (subject) do update set rule = excluded.rule, version = excluded.version
                """)
                .params(closed.subject(), closed.kind(), closed.rule(), closed.version())
                .update();
    }

    void open(Tx tx, UUID subject) {
        tx.db().sql("delete from wall_closed where subject = ?").param(subject).update();
    }

    void report(Tx tx, Closed closed, boolean opened, int people) {
        tx.db()
                .sql("""
                insert into wall_closing (subject, kind, rule, version, opened, people, fenced_at)
                values (?, ?, ?, ?, ?, ?, case when ? then clock_timestamp() end)
                """)
                .params(closed.subject(), closed.kind(), closed.rule(), closed.version(), opened, people, opened)
                .update();
    }

    List<Closing> unfenced(Tx tx) {
        return closings(tx, "where fenced_at is null order by id", 1_000, 0);
    }

    void fenced(Tx tx, long id, WorkInHand.Fenced fenced) {
        tx.db()
                .sql("""
                update wall_closing set leases = coalesce(leases, 0) + ?, returns = coalesce(returns, 0) + ?,
                  fenced_at = case when ? then clock_timestamp() end
                where id = ?
                """)
                .params(fenced.leases(), fenced.returns(), fenced.complete(), id)
                .update();
    }

    /** Newest first. */
    List<Closing> page(Tx tx, @Nullable Long before, int most) {
        return closings(tx, "where id < ? order by id desc", most, before == null ? Long.MAX_VALUE : before);
    }

    private static List<Closing> closings(Tx tx, String where, int most, long before) {
        var asked = tx.db().sql("select * from wall_closing " + where + " limit " + most);
        return (where.contains("?") ? asked.param(before) : asked)
                .query((row, n) -> {
                    var fenced = row.getObject("fenced_at", OffsetDateTime.class);
                    return new Closing(
                            row.getLong("id"),
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            row.getObject("subject", UUID.class),
                            row.getString("kind"),
                            row.getObject("rule", UUID.class),
                            row.getInt("version"),
                            row.getBoolean("opened"),
                            row.getInt("people"),
                            row.getObject("leases", Integer.class),
                            row.getObject("returns", Integer.class),
                            fenced == null ? null : fenced.toInstant());
                })
                .list();
    }

    /** The stakes that this client was told of, and whether as ended. */
    Map<UUID, Boolean> seen(Tx tx) {
        var seen = new HashMap<UUID, Boolean>();
        tx.db().sql("select stake, closed from ownership_seen").query(row -> {
            seen.put(row.getObject("stake", UUID.class), row.getBoolean("closed"));
        });
        return seen;
    }

    void saw(Tx tx, UUID stake, boolean closed) {
        tx.db().sql("""
                insert into ownership_seen (stake, closed) values (?, ?)
                on conflict (stake) do update set closed = excluded.closed
                """).params(stake, closed).update();
    }
}
