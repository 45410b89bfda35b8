package io.etalon.server.work;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the skips among the ends of leases; gold is left aside. */
final class SkipStore {
    private static final String SKIPS = """
            from lease_end e join lease l on l.id = e.lease
            where e.how = 'skipped' and l.project = :project and not l.gold
              and not exists (select from deleted_task g where g.task = l.task)
            """;

    record Row(
            long lease,
            long task,
            PersonId person,
            String reason,
            byte @Nullable [] note,
            int guidelineVersion,
            Instant at) {}

    /** The newest leases first; those before one. */
    List<Row> newest(Tx tx, ProjectId project, @Nullable String reason, long before, int most) {
        return tx.db()
                .sql("select l.id, l.task, l.person, e.reason, e.note, l.guideline_version, e.at " + SKIPS
                        + "and e.lease < :before and (:reason::text is null or e.reason = :reason)"
                        + " order by e.lease desc limit :most")
                .param("project", project.value())
                .param("before", before)
                .param("reason", reason)
                .param("most", most)
                .query((row, n) -> new Row(
                        row.getLong("id"),
                        row.getLong("task"),
                        new PersonId(row.getObject("person", UUID.class)),
                        row.getString("reason"),
                        row.getBytes("note"),
                        row.getInt("guideline_version"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** How many of the newest skips under some guidelines had each reason. */
    Map<String, Integer> counts(Tx tx, ProjectId project, int guidelines, int most) {
        var counts = new HashMap<String, Integer>();
        tx.db()
                .sql(
                        "select reason, count(*)::int as skips from (select e.reason " + SKIPS
                                + "and l.guideline_version = :guidelines order by e.lease desc limit :most) newest group by reason")
                .param("project", project.value())
                .param("guidelines", guidelines)
                .param("most", most)
                .query(row -> {
                    counts.put(row.getString("reason"), row.getInt("skips"));
                });
        return counts;
    }
}
