package io.etalon.server.work.queue;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** The cell's table {@code queue_policy}. */
final class PolicyStore {
    record Row(int version, String settings, PersonId setBy, Instant at) {}

    Optional<Row> newest(Tx tx, ProjectId project) {
        return tx.db()
                .sql("""
                        select version, settings::text as settings, set_by, at from queue_policy
                        where project = ? order by version desc limit 1""")
                .param(project.value())
                .query((row, n) -> new Row(
                        row.getInt("version"),
                        row.getString("settings"),
                        new PersonId(row.getObject("set_by", UUID.class)),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    void insert(Tx tx, ProjectId project, int version, String settings, PersonId by) {
        tx.db()
                .sql("insert into queue_policy (project, version, settings, set_by) values (?, ?, ?::jsonb, ?)")
                .params(project.value(), version, settings, by.value())
                .update();
    }
}
