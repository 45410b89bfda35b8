package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.gold.GoldCourse;
import io.etalon.server.work.gold.GoldItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The part of a {@link Rebuild} that is about gold: what was shown to whom, and how far each person's claims have come. */
final class GoldRebuild {
    private static final String CLAIMS = """
            select person, count(*)::int from lease
            where project = ? and submission is null and not gold group by person""";
    private static final String SERVINGS = """
            select v.person, v.task, v.gold, v.ordinal, v.attempt, g.category, g.difficulty,
              exists (select 1 from submission s where s.task = v.task and s.annotator = v.person and s.gold) as answered,
              exists (
                select 1 from lease l join lease_end e on e.lease = l.id
                where l.project = v.project and l.task = v.task and l.person = v.person and l.gold
                  and e.how = 'skipped') as skipped
            from gold_serving v join gold g on g.id = v.gold
            where v.project = ? order by v.person, v.ordinal, v.at""";

    private final WorkQueue queue;
    private final Map<Held, GoldCourse.Serving> unanswered = new HashMap<>();

    private record Held(long task, UUID person) {}

    GoldRebuild(WorkQueue queue) {
        this.queue = queue;
    }

    void load(Tx tx) throws SQLException {
        var setting = queue.gold.load(tx);
        // The claims of a project without a schedule are not needed, and may be many.
        if (setting.schedule() != null) {
            try (var statement = tx.connection().prepareStatement(CLAIMS)) {
                statement.setObject(1, queue.project.value());
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        queue.gold.restoreClaims(new PersonId(rows.getObject(1, UUID.class)), rows.getInt(2));
                    }
                }
            }
        }
        try (var statement = tx.connection().prepareStatement(SERVINGS)) {
            statement.setObject(1, queue.project.value());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    serving(rows);
                }
            }
        }
    }

    private void serving(ResultSet row) throws SQLException {
        var task = row.getLong("task");
        var person = row.getObject("person", UUID.class);
        var item = new GoldItem(row.getLong("gold"), task, row.getString("category"), row.getInt("difficulty"));
        var serving = new GoldCourse.Serving(item, row.getInt("ordinal"), row.getInt("attempt"));
        var skipped = row.getBoolean("skipped");
        queue.gold.restoreServing(new PersonId(person), serving, skipped);
        if (row.getBoolean("answered")) {
            queue.desk(new PersonId(person)).submitted++;
        } else if (!skipped) {
            unanswered.put(new Held(task, person), serving);
        }
    }

    /** What an open lease shows. */
    GoldCourse.Serving held(long task, UUID person) {
        var serving = unanswered.remove(new Held(task, person));
        if (serving == null) {
            throw new IllegalStateException("a lease of gold on task " + task + " without a trace of its showing");
        }
        return serving;
    }

    /** What was shown, not answered and is in nobody's hands comes back at the next claim. */
    void giveBack() {
        unanswered.forEach((held, serving) -> queue.gold.restoreBack(new PersonId(held.person()), serving));
    }
}
