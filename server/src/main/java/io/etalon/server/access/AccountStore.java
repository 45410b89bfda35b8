package io.etalon.server.access;

import io.etalon.server.access.AccountBodies.AccountView;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts with what signs in to them; reads {@code person}, {@code passkey}, {@code session} and {@code api_key}. */
final class AccountStore {
    private static final int MOST = 1_000;
    private static final String ACCOUNTS = """
            select p.id, p.name, p.email, p.disabled_at, p.password_hash is not null as password,
                (select count(*) from passkey k where k.person = p.id) as passkeys,
                (select count(*) from session s where s.person = p.id and s.expires_at > :now
                    and s.last_seen_at > :idle) as sessions,
                (select count(*) from api_key a where a.person = p.id and a.expires_at > :now
                    and (:client::uuid is null or a.client = :client)) as keys
            from person p
            """;

    /** Whose address begins so, in order of their addresses; of more than a thousand the first. */
    List<AccountView> beginning(Tx tx, String prefix, Instant now) {
        return tx.db()
                .sql(ACCOUNTS + "where starts_with(p.email, :prefix) order by p.email limit " + MOST)
                .param("prefix", prefix)
                .param("client", null, java.sql.Types.OTHER)
                .param("now", Sql.time(now))
                .param("idle", Sql.time(now.minus(Sessions.IDLE_LIMIT)))
                .query((row, n) -> view(row))
                .list();
    }

    /** @param client whose keys count; null for all */
    Optional<AccountView> find(Tx tx, PersonId person, @Nullable ClientId client, Instant now) {
        return tx.db()
                .sql(ACCOUNTS + "where p.id = :person")
                .param("person", person.value())
                .param("client", client == null ? null : client.value(), java.sql.Types.OTHER)
                .param("now", Sql.time(now))
                .param("idle", Sql.time(now.minus(Sessions.IDLE_LIMIT)))
                .query((row, n) -> view(row))
                .optional();
    }

    private static AccountView view(ResultSet row) throws SQLException {
        var disabled = row.getTimestamp("disabled_at");
        return new AccountView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                disabled == null ? null : disabled.toInstant(),
                row.getBoolean("password"),
                row.getInt("passkeys"),
                row.getInt("sessions"),
                row.getInt("keys"),
                true);
    }
}
