package io.etalon.server.glass;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control tables {@code break_glass} and {@code break_glass_rule}. */
final class GlassStore {
    /** What a client asks of operators. */
    record Rule(Approval approval, int longestMinutes) {
        /** Of a client that said nothing. */
        static final Rule USUAL = new Rule(Approval.OPERATOR, 60);
    }

    private static final String COLUMNS = """
            select g.id, g.client, g.operator, p.name, g.reason, g.minutes, g.approval, g.asked_at, g.approved_by,
              g.opened_at, g.ends_at, g.ended_at, g.ended_by from break_glass g join person p on p.id = g.operator
            """;

    Rule rule(Tx tx, ClientId client) {
        return tx.db()
                .sql("select approval, longest_minutes from break_glass_rule where client = ?")
                .param(client.value())
                .query((row, n) -> new Rule(Approval.of(row.getString(1)), row.getInt(2)))
                .optional()
                .orElse(Rule.USUAL);
    }

    void setRule(Tx tx, ClientId client, Rule rule) {
        tx.db()
                .sql("""
                        insert into break_glass_rule (client, approval, longest_minutes) values (?, ?, ?)
                        on conflict (client) do update
                        set approval = excluded.approval, longest_minutes = excluded.longest_minutes""")
                .params(client.value(), rule.approval().text(), rule.longestMinutes())
                .update();
    }

    void insert(Tx tx, GlassGrant grant) {
        tx.db()
                .sql("""
                        insert into break_glass (id, client, operator, reason, minutes, approval, asked_at, opened_at, ends_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(grant.id())
                .param(grant.client().value())
                .param(grant.operator().value())
                .param(grant.reason())
                .param(grant.minutes())
                .param(grant.approval().text())
                .param(time(grant.askedAt()))
                .param(timeOrNull(grant.openedAt()))
                .param(timeOrNull(grant.endsAt()))
                .update();
    }

    /** Locks the row until the transaction ends. */
    Optional<GlassGrant> lock(Tx tx, UUID id) {
        return tx.db()
                .sql(COLUMNS + "where g.id = ? for update of g")
                .param(id)
                .query((row, n) -> read(row))
                .optional();
    }

    void open(Tx tx, UUID id, PersonId by, Instant at, Instant until) {
        tx.db()
                .sql("update break_glass set approved_by = ?, opened_at = ?, ends_at = ? where id = ?")
                .params(by.value(), time(at), time(until), id)
                .update();
    }

    void end(Tx tx, UUID id, PersonId by, Instant at) {
        tx.db()
                .sql("update break_glass set ended_at = ?, ended_by = ? where id = ?")
                .params(time(at), by.value(), id)
                .update();
    }

    Optional<UUID> openGrant(Tx tx, PersonId operator, ClientId client, Instant now) {
        return tx.db()
                .sql("""
                        select id from break_glass where operator = ? and client = ? and ended_at is null
                          and opened_at is not null and ends_at > ? order by ends_at desc limit 1""")
                .params(operator.value(), client.value(), time(now))
                .query(UUID.class)
                .optional();
    }

    /** Newest first, those before a grant, of one client or of all. */
    List<GlassGrant> list(Tx tx, @Nullable ClientId client, @Nullable UUID before, int limit) {
        return tx.db()
                .sql(COLUMNS + "where (?::uuid is null or g.client = ?) and (?::uuid is null or g.id < ?)"
                        + " order by g.id desc limit ?")
                .param(client == null ? null : client.value())
                .param(client == null ? null : client.value())
                .param(before)
                .param(before)
                .param(limit)
                .query((row, n) -> read(row))
                .list();
    }

    private static GlassGrant read(ResultSet row) throws SQLException {
        return new GlassGrant(
                row.getObject("id", UUID.class),
                new ClientId(row.getObject("client", UUID.class)),
                new PersonId(row.getObject("operator", UUID.class)),
                row.getString("name"),
                row.getString("reason"),
                row.getInt("minutes"),
                Approval.of(row.getString("approval")),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                person(row, "approved_by"),
                instant(row, "opened_at"),
                instant(row, "ends_at"),
                instant(row, "ended_at"),
                person(row, "ended_by"));
    }

    private static @Nullable PersonId person(ResultSet row, String column) throws SQLException {
        var id = row.getObject(column, UUID.class);
        return id == null ? null : new PersonId(id);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime timeOrNull(@Nullable Instant at) {
        return at == null ? null : time(at);
    }
}
