package io.etalon.server.webhook;

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

/** The cell's table {@code webhook_endpoint}. */
final class EndpointStore {
    private static final String ALL = """
            select id, url, description, kinds, signing, secret, former_secret, former_until, made_by, made_at, disabled,
              disabled_at, slow_until, delivered_at from webhook_endpoint e
            """;

    /** In the order of their making. */
    List<Endpoint> all(Tx tx) {
        return tx.db().sql(ALL + "order by id").query((row, n) -> read(row)).list();
    }

    Optional<Endpoint> find(Tx tx, UUID id) {
        return tx.db()
                .sql(ALL + "where id = ?")
                .param(id)
                .query((row, n) -> read(row))
                .optional();
    }

    /** The same, locked until the transaction ends. */
    Optional<Endpoint> lock(Tx tx, UUID id) {
        return tx.db()
                .sql(ALL + "where id = ? for update")
                .param(id)
                .query((row, n) -> read(row))
                .optional();
    }

    /** Those that something is due for. */
    List<Endpoint> due(Tx tx, Instant now) {
        return tx.db()
                .sql(ALL + """
                        where disabled is null and (slow_until is null or slow_until <= ?) and exists (
                          select from webhook_delivery d where d.endpoint = e.id and d.state = 'waiting' and d.next_at <= ?)
                        order by id""")
                .params(time(now), time(now))
                .query((row, n) -> read(row))
                .list();
    }

    void lockAll(Tx tx) {
        tx.db()
                .sql("select pg_advisory_xact_lock(92)::text")
                .query(String.class)
                .single();
    }

    void insert(Tx tx, Endpoint one) throws SQLException {
        tx.db()
                .sql("""
                        insert into webhook_endpoint (id, url, description, kinds, signing, secret, made_by, made_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(one.id())
                .param(one.url())
                .param(one.description())
                .param(kinds(tx, one.kinds()))
                .param(one.signing().text())
                .param(one.secret())
                .param(one.madeBy().value())
                .param(time(one.madeAt()))
                .update();
    }

    void change(Tx tx, UUID id, String url, String description, List<String> kinds) throws SQLException {
        tx.db()
                .sql("update webhook_endpoint set url = ?, description = ?, kinds = ? where id = ?")
                .params(url, description, kinds(tx, kinds), id)
                .update();
    }

    void disable(Tx tx, UUID id, Disabled why, Instant at) {
        tx.db()
                .sql("update webhook_endpoint set disabled = ?, disabled_at = ? where id = ?")
                .params(why.text(), time(at), id)
                .update();
    }

    void enable(Tx tx, UUID id) {
        tx.db()
                .sql("update webhook_endpoint set disabled = null, disabled_at = null, slow_until = null where id = ?")
                .param(id)
                .update();
    }

    /** Puts another key in the place of the present one, which goes on signing for a while. */
    void rotate(Tx tx, UUID id, byte[] secret, Instant formerUntil) {
        tx.db().sql("""
                        update webhook_endpoint set former_secret = secret, former_until = ?, secret = ? where id = ?""").params(time(formerUntil), secret, id).update();
    }

    void slow(Tx tx, UUID id, Instant until) {
        tx.db()
                .sql("update webhook_endpoint set slow_until = ? where id = ?")
                .params(time(until), id)
                .update();
    }

    void delivered(Tx tx, UUID id, Instant at) {
        tx.db()
                .sql("update webhook_endpoint set delivered_at = ?, slow_until = null where id = ?")
                .params(time(at), id)
                .update();
    }

    void delete(Tx tx, UUID id) {
        tx.db().sql("delete from webhook_endpoint where id = ?").param(id).update();
    }

    private static java.sql.Array kinds(Tx tx, List<String> kinds) throws SQLException {
        return tx.connection().createArrayOf("text", kinds.toArray());
    }

    private static Endpoint read(ResultSet row) throws SQLException {
        var disabled = row.getString("disabled");
        return new Endpoint(
                row.getObject("id", UUID.class),
                row.getString("url"),
                row.getString("description"),
                List.of((String[]) row.getArray("kinds").getArray()),
                Signing.of(row.getString("signing")),
                row.getBytes("secret"),
                row.getBytes("former_secret"),
                instant(row, "former_until"),
                new PersonId(row.getObject("made_by", UUID.class)),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                disabled == null ? null : Disabled.of(disabled),
                instant(row, "disabled_at"),
                instant(row, "slow_until"),
                instant(row, "delivered_at"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
