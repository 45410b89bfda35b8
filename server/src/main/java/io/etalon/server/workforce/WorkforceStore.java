package io.etalon.server.workforce;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The control table {@code workforce}. */
final class WorkforceStore {
    private static final String COLUMNS = "select id, client, name, organisation, created_at from workforce ";

    /** Whether it was new: a client's workforces have different names. */
    boolean insert(Tx tx, Workforce workforce) {
        return tx.db()
                        .sql("""
                        insert into workforce (id, client, name, kind, organisation, created_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (client, name) do nothing
                        """)
                        .params(workforce.id(), workforce.client().value(), workforce.name(), workforce.kind())
                        .param(workforce.organisation())
                        .param(workforce.createdAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    List<Workforce> all(Tx tx, ClientId client) {
        return tx.db()
                .sql(COLUMNS + "where client = ? order by created_at, id")
                .param(client.value())
                .query((row, n) -> workforce(row))
                .list();
    }

    Optional<Workforce> find(Tx tx, ClientId client, UUID id) {
        return tx.db()
                .sql(COLUMNS + "where client = ? and id = ?")
                .params(client.value(), id)
                .query((row, n) -> workforce(row))
                .optional();
    }

    private static Workforce workforce(ResultSet row) throws SQLException {
        return new Workforce(
                row.getObject("id", UUID.class),
                new ClientId(row.getObject("client", UUID.class)),
                row.getString("name"),
                row.getObject("organisation", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
