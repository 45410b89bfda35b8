package io.etalon.server.work.prelabel;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.Event;
import io.etalon.server.event.EventListener;
import io.etalon.server.work.engine.SubmissionRange;
import java.sql.SQLException;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * How many first answers left a model's pre-labels as they were, and how many changed them, in the table {@code
 * pre_label_use}: counted behind the work, each answer exactly once since the outbox moves its cursor in the same
 * transaction. Answers to gold are not counted, and what is counted stays so whatever becomes of the task. Thread-safe.
 */
@Component
final class PreLabelCounts implements EventListener {
    @Override
    public String name() {
        return "pre-label-use";
    }

    @Override
    public void on(Tx tx, ClientId client, Event event) throws SQLException {
        onAll(tx, client, List.of(event));
    }

    @Override
    public void onAll(Tx tx, ClientId client, List<Event> events) throws SQLException {
        var ranges = SubmissionRange.of(events);
        if (ranges.isEmpty()) {
            return;
        }
        var connection = tx.connection();
        tx.db()
                .sql("""
                        insert into pre_label_use as u (model, project, unchanged, changed)
                        select p.model, r.project, count(*) filter (where x.unchanged),
                          count(*) filter (where not x.unchanged)
                        from unnest(?::uuid[], ?::bigint[], ?::bigint[]) r (project, first, last)
                          join submission_pre_label x on x.project = r.project and x.submission between r.first and r.last
                          join submission s on s.id = x.submission and s.revision = 1 and not s.gold
                          join pre_label p on p.id = x.pre_label
                        group by p.model, r.project
                        on conflict (model) do update
                        set unchanged = u.unchanged + excluded.unchanged, changed = u.changed + excluded.changed""")
                .param(connection.createArrayOf(
                        "uuid", ranges.stream().map(SubmissionRange::project).toArray()))
                .param(connection.createArrayOf(
                        "bigint", ranges.stream().map(SubmissionRange::first).toArray()))
                .param(connection.createArrayOf(
                        "bigint", ranges.stream().map(SubmissionRange::last).toArray()))
                .update();
    }
}
