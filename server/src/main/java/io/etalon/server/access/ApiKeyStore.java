package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The control table {@code api_key}. */
final class ApiKeyStore {
    private static final String COLUMNS =
            "select id, person, client, name, prefix, roles, created_at, expires_at, last_used_on, strong from api_key ";

    /** A key does not outlast its maker's account, and sleeps with it. */
    private static final String ENABLED =
            " and exists (select from person p where p.id = api_key.person and p.disabled_at is null)";

    void insert(Tx tx, ApiKey key, byte[] hash) {
        var client = key.client();
        tx.db()
                .sql("""
                        insert into api_key (id, token_hash, person, client, name, prefix, roles, created_at, expires_at,
                                             strong)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(key.id())
                .param(hash)
                .param(key.person().value())
                .param(client == null ? null : client.value())
                .param(key.name())
                .param(key.prefix())
                .param(Sql.names(key.roles()))
                .param(Sql.time(key.createdAt()))
                .param(Sql.time(key.expiresAt()))
                .param(key.strong())
                .update();
    }

    Optional<ApiKey> find(Tx tx, byte[] hash) {
        return tx.db()
                .sql(COLUMNS + "where token_hash = ?" + ENABLED)
                .param(hash)
                .query((row, n) -> key(row))
                .optional();
    }

    Optional<ApiKey> find(Tx tx, PersonId person, UUID id) {
        return tx.db()
                .sql(COLUMNS + "where person = ? and id = ?")
                .params(person.value(), id)
                .query((row, n) -> key(row))
                .optional();
    }

    /** The same, unless the person's account is switched off. */
    Optional<ApiKey> findOpen(Tx tx, PersonId person, UUID id) {
        return tx.db()
                .sql(COLUMNS + "where person = ? and id = ?" + ENABLED)
                .params(person.value(), id)
                .query((row, n) -> key(row))
                .optional();
    }

    List<ApiKey> of(Tx tx, PersonId person) {
        return tx.db()
                .sql(COLUMNS + "where person = ? order by created_at, id")
                .param(person.value())
                .query((row, n) -> key(row))
                .list();
    }

    void used(Tx tx, UUID id, LocalDate day) {
        tx.db()
                .sql("update api_key set last_used_on = ? where id = ?")
                .params(day, id)
                .update();
    }

    void delete(Tx tx, UUID id) {
        tx.db().sql("delete from api_key where id = ?").param(id).update();
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        var client = row.getObject("client", UUID.class);
        return new ApiKey(
                row.getObject("id", UUID.class),
                new PersonId(row.getObject("person", UUID.class)),
                client == null ? null : new ClientId(client),
                row.getString("name"),
                row.getString("prefix"),
                Sql.roles(row, "roles"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "expires_at"),
                row.getObject("last_used_on", LocalDate.class),
                row.getBoolean("strong"));
    }
}
