package io.etalon.server.webhook;

import static io.etalon.server.webhook.EndpointStore.time;

import io.etalon.server.base.Tx;
import io.etalon.server.egress.Outcome;
import io.etalon.server.egress.Outcome.Answered;
import io.etalon.server.egress.Outcome.Failed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cell's tables {@code webhook_delivery} and {@code webhook_attempt}. */
final class MessageStore {
    private static final String COLUMNS = "id, endpoint, kind, project, body, made_at, state, tries, next_at";

    /** One try: an answer's status, or why there was none. */
    record Try(
            int number,
            Instant at,
            int millis,
            @Nullable Integer status,
            @Nullable String fault) {}

    void insert(Tx tx, Message one) {
        tx.db()
                .sql("""
                        insert into webhook_delivery (id, endpoint, kind, project, body, made_at, state, next_at)
                        values (?, ?, ?, ?, ?, ?, 'waiting', ?)""")
                .param(one.id())
                .param(one.endpoint())
                .param(one.kind())
                .param(one.project())
                .param(one.body())
                .param(time(one.madeAt()))
                .param(time(one.madeAt()))
                .update();
    }

    /** Whether the same news of the same project waits already, and nobody is sending it. */
    boolean waits(Tx tx, Message one, Instant now) {
        return tx.db()
                .sql("""
                        select exists (select from webhook_delivery where endpoint = ? and kind = ? and state = 'waiting'
                          and project is not distinct from ? and (held_until is null or held_until <= ?))""")
                .param(one.endpoint())
                .param(one.kind())
                .param(one.project())
                .param(time(now))
                .query(Boolean.class)
                .single();
    }

    /** Takes what is due for an endpoint and counts the try, unless another server or this one is at it. */
    List<Message> claim(Tx tx, UUID endpoint, Instant now, Duration held, int most, Collection<UUID> inHand)
            throws SQLException {
        var taken = tx.connection().createArrayOf("uuid", inHand.toArray());
        return tx.db()
                .sql("update webhook_delivery set tries = tries + 1, held_until = ? where id in ("
                        + "select id from webhook_delivery where endpoint = ? and state = 'waiting' and next_at <= ?"
                        + " and (held_until is null or held_until <= ?) and id <> all(?)"
                        + " order by next_at, id limit ? for update skip locked) returning " + COLUMNS)
                .params(time(now.plus(held)), endpoint, time(now), time(now), taken, most)
                .query((row, n) -> read(row))
                .list();
    }

    /** Whether anything waits for an endpoint that is not disabled. */
    boolean anyWaiting(Tx tx) {
        return tx.db().sql("""
                        select exists (select from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint
                          where d.state = 'waiting' and e.disabled is null)""").query(Boolean.class).single();
    }

    void tried(Tx tx, UUID id, Instant at, Duration took, Outcome outcome) {
        Integer status = null;
        String fault = null;
        switch (outcome) {
            case Answered answered -> status = answered.status();
            case Failed failed -> fault = failed.fault().text();
        }
        tx.db()
                .sql("""
                        insert into webhook_attempt (delivery, number, at, millis, status, fault)
                        select ?, coalesce(max(number), 0) + 1, ?, ?, ?, ? from webhook_attempt where delivery = ?""")
                .param(id)
                .param(time(at))
                .param((int) took.toMillis())
                .param(status)
                .param(fault)
                .param(id)
                .update();
    }

    void ended(Tx tx, UUID id, DeliveryState state) {
        tx.db()
                .sql("update webhook_delivery set state = ?, next_at = null, held_until = null where id = ?")
                .params(state.text(), id)
                .update();
    }

    void again(Tx tx, UUID id, Instant at) {
        tx.db()
                .sql("update webhook_delivery set next_at = ?, held_until = null where id = ?")
                .params(time(at), id)
                .update();
    }

    /** A new round of tries, from the first pause on. */
    void restart(Tx tx, UUID id, Instant at) {
        tx.db().sql("""
                        update webhook_delivery set state = 'waiting', tries = 0, next_at = ?, held_until = null
                        where id = ?""").params(time(at), id).update();
    }

    Optional<Message> lock(Tx tx, UUID endpoint, UUID id) {
        return tx.db()
                .sql("select " + COLUMNS + " from webhook_delivery where endpoint = ? and id = ? for update")
                .params(endpoint, id)
                .query((row, n) -> read(row))
                .optional();
    }

    /** Newest first. */
    List<Message> list(Tx tx, UUID endpoint, @Nullable DeliveryState state, @Nullable UUID before, int limit) {
        var only = state == null ? null : state.text();
        return tx.db()
                .sql("select " + COLUMNS
                        + " from webhook_delivery where endpoint = ? and (?::text is null or state = ?)"
                        + " and (?::uuid is null or id < ?) order by id desc limit ?")
                .param(endpoint)
                .param(only)
                .param(only)
                .param(before)
                .param(before)
                .param(limit)
                .query((row, n) -> read(row))
                .list();
    }

    /** In order. */
    List<Try> tries(Tx tx, UUID id) {
        return tx.db()
                .sql("select number, at, millis, status, fault from webhook_attempt where delivery = ? order by number")
                .param(id)
                .query((row, n) -> new Try(
                        row.getInt("number"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getInt("millis"),
                        row.getObject("status", Integer.class),
                        row.getString("fault")))
                .list();
    }

    int prune(Tx tx, Instant before) {
        return tx.db()
                .sql("delete from webhook_delivery where state <> 'waiting' and made_at < ?")
                .param(time(before))
                .update();
    }

    private static Message read(ResultSet row) throws SQLException {
        return new Message(
                row.getObject("id", UUID.class),
                row.getObject("endpoint", UUID.class),
                row.getString("kind"),
                row.getObject("project", UUID.class),
                row.getString("body"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                DeliveryState.of(row.getString("state")),
                row.getInt("tries"),
                EndpointStore.instant(row, "next_at"));
    }
}
