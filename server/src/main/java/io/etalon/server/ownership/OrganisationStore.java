package io.etalon.server.ownership;

import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The control table {@code organisation}. */
final class OrganisationStore {
    private static final String COLUMNS = "select id, name, country, created_at from organisation ";

    /** Whether it was new: organisations have different names, in whatever case they are written. */
    boolean insert(Tx tx, Organisation organisation) {
        return tx.db()
                        .sql("""
                        insert into organisation (id, name, country, created_at) values (?, ?, ?, ?)
                        on conflict do nothing
                        """)
                        .params(organisation.id(), organisation.name())
                        .param(organisation.country())
                        .param(organisation.createdAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    List<Organisation> all(Tx tx) {
        return tx.db()
                .sql(COLUMNS + "order by created_at, id")
                .query((row, n) -> organisation(row))
                .list();
    }

    Optional<Organisation> find(Tx tx, UUID id) {
        return tx.db()
                .sql(COLUMNS + "where id = ?")
                .param(id)
                .query((row, n) -> organisation(row))
                .optional();
    }

    private static Organisation organisation(ResultSet row) throws SQLException {
        return new Organisation(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("country"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
