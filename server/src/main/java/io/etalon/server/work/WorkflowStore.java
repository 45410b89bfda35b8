package io.etalon.server.work;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads and adds to the table {@code workflow}. */
final class WorkflowStore {
    /** A version as it is kept. */
    record Stored(int version, String stages) {}

    /** Who set a version, and when. */
    record Setter(PersonId person, Instant at) {}

    Optional<Stored> latest(Tx tx, ProjectId project) {
        return tx.db()
                .sql(
                        "select version, stages::text as stages from workflow where project = ? order by version desc limit 1")
                .param(project.value())
                .query((row, n) -> new Stored(row.getInt("version"), row.getString("stages")))
                .optional();
    }

    /** Adds a version and returns its number; changes of one project wait for each other. */
    int add(Tx tx, ProjectId project, String stages, Setter setter) {
        tx.db()
                .sql("select 1 from project where id = ? for update")
                .param(project.value())
                .query(Integer.class)
                .single();
        return tx.db()
                .sql("""
                        insert into workflow (project, version, stages, set_by, at)
                        select ?, coalesce(max(version), 0) + 1, ?::jsonb, ?, ? from workflow where project = ?
                        returning version""")
                .params(
                        project.value(),
                        stages,
                        setter.person().value(),
                        OffsetDateTime.ofInstant(setter.at(), ZoneOffset.UTC),
                        project.value())
                .query(Integer.class)
                .single();
    }
}
