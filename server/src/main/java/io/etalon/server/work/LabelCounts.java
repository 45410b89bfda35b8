package io.etalon.server.work;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.Event;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.EventListener;
import io.etalon.server.project.LabelUse;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.SubmissionRange;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many submissions bear each label, each question's answer and each option, in the table {@code label_use}: counted behind the work, from the numbers that each
 * transaction's event tells, and each exactly once since the outbox moves its cursor in the same transaction. An answer of
 * the hot path costs nothing here. Thread-safe.
 */
@Component
final class LabelCounts implements EventListener, LabelUse {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TenantScope scope;

    LabelCounts(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public String name() {
        return "label-use";
    }

    @Override
    public void on(Tx tx, ClientId client, Event event) throws SQLException {
        onAll(tx, client, List.of(event));
    }

    @Override
    public void onAll(Tx tx, ClientId client, List<Event> events) throws SQLException {
        var ranges = SubmissionRange.of(events);
        if (!ranges.isEmpty()) {
            count(tx, ranges);
        }
        for (var event : events) {
            var kind = event.kind();
            if (kind == EventKind.TASKS_DELETED || kind == EventKind.TASKS_RESTORED) {
                addTasks(tx, event, kind == EventKind.TASKS_DELETED ? -1 : 1);
            } else if (kind == EventKind.ANSWERS_DELETED || kind == EventKind.ANSWERS_RESTORED) {
                addAnswers(tx, event, kind == EventKind.ANSWERS_DELETED ? -1 : 1);
            }
        }
    }

    /** What a deletion took away, or brought back. */
    private static void addTasks(Tx tx, Event event, int sign) {
        tx.db()
                .sql("""
                        insert into label_use as u (project, label, submissions)
                        select d.project, l.key, ? * l.value::bigint
                        from deletion d cross join lateral jsonb_each_text(d.labels) l where d.id = ?
                        on conflict (project, label) do update set submissions = u.submissions + excluded.submissions""")
                .params(sign, JSON.readTree(event.payload()).path("deletion").asLong())
                .update();
    }

    /** The same of single answers, of which one part may come back and another later. */
    private static void addAnswers(Tx tx, Event event, int sign) {
        var told = JSON.readTree(event.payload());
        var undo = told.path("undo").asInt(0);
        tx.db()
                .sql("""
                        insert into label_use as u (project, label, submissions)
                        select g.project, l.label, ? * count(*)
                        from deleted_answer g join submission s on s.id = g.submission
                        cross join lateral answer_uses(s.answer, s.texts is not null) l (label)
                        where g.deletion = ? and (? = 0 or g.undo = ?) and l.label is not null
                        group by g.project, l.label
                        on conflict (project, label) do update set submissions = u.submissions + excluded.submissions""")
                .params(sign, told.path("deletion").asLong(), undo, undo)
                .update();
    }

    /** The way to the rows is told the planner, who does not know how short the ranges are: by number, then by project. */
    private static void count(Tx tx, List<SubmissionRange> ranges) throws SQLException {
        var connection = tx.connection();
        tx.db()
                .sql("""
                        insert into label_use as u (project, label, submissions)
                        select r.project, l.label, count(*)
                        from unnest(?::uuid[], ?::bigint[], ?::bigint[]) r (project, first, last)
                        cross join lateral (
                          select s.answer, s.texts is not null as sealed from submission s
                          where s.id between r.first and r.last and s.project is not distinct from r.project
                          offset 0) s
                        cross join lateral answer_uses(s.answer, s.sealed) l (label)
                        group by r.project, l.label
                        on conflict (project, label) do update set submissions = u.submissions + excluded.submissions""")
                .param(connection.createArrayOf(
                        "uuid", ranges.stream().map(SubmissionRange::project).toArray()))
                .param(connection.createArrayOf(
                        "bigint", ranges.stream().map(SubmissionRange::first).toArray()))
                .param(connection.createArrayOf(
                        "bigint", ranges.stream().map(SubmissionRange::last).toArray()))
                .update();
    }

    @Override
    public Map<String, Long> of(ClientId client, ProjectId project) {
        var counts = new TreeMap<String, Long>();
        scope.clientDo(
                client,
                tx -> tx.db()
                        .sql("select label, submissions from label_use where project = ?")
                        .param(project.value())
                        .query(row -> {
                            counts.put(row.getString(1), row.getLong(2));
                        }));
        return counts;
    }
}
