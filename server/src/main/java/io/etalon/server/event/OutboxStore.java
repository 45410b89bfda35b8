package io.etalon.server.event;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Rows;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables {@code outbox}, {@code outbox_cursor} and {@code outbox_parked}. */
final class OutboxStore {
    /** Nothing may appear any more below this, whatever still runs. */
    private static final String SETTLED = "xid < pg_snapshot_xmin(pg_current_snapshot())";

    private static final String COLUMNS =
            "select xid::text::bigint as xid, id, project, kind, payload::text as payload, at from outbox ";

    /** A listener's place, with how often what comes next was refused. */
    record Place(Position position, int attempts) {}

    /** Rows that the caller fills with project, kind and payload, and writes. */
    static Rows rows() {
        return new Rows("""
                insert into outbox (project, kind, payload)
                select project, kind, payload::jsonb from unnest(?::uuid[], ?::text[], ?::text[]) u (project, kind, payload)""", "uuid", "text", "text");
    }

    void append(Tx tx, @Nullable ProjectId project, EventKind kind, String payload) {
        tx.db()
                .sql("insert into outbox (project, kind, payload) values (?, ?, ?::jsonb)")
                .param(project == null ? null : project.value())
                .param(kind.key())
                .param(payload)
                .update();
    }

    /** A position that is above all that is settled and below all that is not. */
    Position settled(Tx tx) {
        return tx.db()
                .sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .query((row, n) -> new Position(row.getLong(1), 0))
                .single();
    }

    /** Settled events after a position, in order. */
    List<Event> after(Tx tx, Position position, int limit) {
        return tx.db()
                .sql(COLUMNS + "where (xid, id) > (?::text::xid8, ?) and " + SETTLED + " order by xid, id limit ?")
                .params(Long.toString(position.transaction()), position.number(), limit)
                .query((row, n) -> event(row))
                .list();
    }

    /** The same of one project, and what concerns the client as a whole. */
    List<Event> after(Tx tx, ProjectId project, Position position, int limit) {
        return tx.db()
                .sql(COLUMNS + "where (project = ? or project is null) and (xid, id) > (?::text::xid8, ?) and "
                        + SETTLED + " order by xid, id limit ?")
                .params(project.value(), Long.toString(position.transaction()), position.number(), limit)
                .query((row, n) -> event(row))
                .list();
    }

    private static Event event(ResultSet row) throws SQLException {
        var project = row.getObject("project", UUID.class);
        return new Event(
                new Position(row.getLong("xid"), row.getLong("id")),
                project == null ? null : new ProjectId(project),
                EventKind.of(row.getString("kind")),
                row.getString("payload"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    Place place(Tx tx, String listener) {
        return tx.db()
                .sql("select xid::text::bigint, id, attempts from outbox_cursor where listener = ?")
                .param(listener)
                .query((row, n) -> place(row))
                .optional()
                .orElseGet(() -> begun(tx, listener));
    }

    private static Place begun(Tx tx, String listener) {
        tx.db()
                .sql("insert into outbox_cursor (listener) values (?) on conflict do nothing")
                .param(listener)
                .update();
        return new Place(Position.START, 0);
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(new Position(row.getLong(1), row.getLong(2)), row.getInt(3));
    }

    /** A listener's place, held until the transaction ends; empty when another server holds it. */
    Optional<Place> hold(Tx tx, String listener) {
        return tx.db().sql("""
                        select xid::text::bigint, id, attempts from outbox_cursor where listener = ?
                        for update skip locked""").param(listener).query((row, n) -> place(row)).optional();
    }

    void move(Tx tx, String listener, Position to) {
        tx.db()
                .sql("""
                        update outbox_cursor set xid = ?::text::xid8, id = ?, attempts = 0, moved_at = now()
                        where listener = ?""")
                .params(Long.toString(to.transaction()), to.number(), listener)
                .update();
    }

    void refused(Tx tx, String listener, int attempts) {
        tx.db()
                .sql("update outbox_cursor set attempts = ? where listener = ?")
                .params(attempts, listener)
                .update();
    }

    void park(Tx tx, String listener, Event event, String reason) {
        tx.db()
                .sql("""
                        insert into outbox_parked (listener, xid, id, project, kind, payload, reason)
                        select ?, xid, id, project, kind, payload, ? from outbox
                        where xid = ?::text::xid8 and id = ? on conflict do nothing""")
                .params(
                        listener,
                        reason,
                        Long.toString(event.position().transaction()),
                        event.position().number())
                .update();
    }

    long parked(Tx tx) {
        return tx.db()
                .sql("select count(*) from outbox_parked")
                .query(Long.class)
                .single();
    }

    /** Removes what is old and was heard by all these listeners; returns how many. */
    int prune(Tx tx, Collection<String> listeners, Duration kept) {
        return tx.db()
                .sql("""
                        delete from outbox o where at < now() - make_interval(secs => ?) and not exists (
                          select 1 from unnest(?::text[]) l (name) left join outbox_cursor c on c.listener = l.name
                          where c.listener is null or (c.xid, c.id) < (o.xid, o.id))""")
                .params(kept.toSeconds(), listeners.toArray(String[]::new))
                .update();
    }
}
