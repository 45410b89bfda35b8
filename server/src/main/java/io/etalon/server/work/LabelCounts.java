package io.etalon.server.work;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.Event;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.EventListener;
import io.etalon.server.project.LabelUse;
import io.etalon.server.tenant.TenantScope;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many submissions bear each label, in the table {@code label_use}: counted behind the work, from the numbers that each
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
    public void on(Tx tx, ClientId client, Event event) {
        var project = event.project();
        if (event.kind() != EventKind.WORK_DONE || project == null) {
            return;
        }
        var payload = JSON.readTree(event.payload());
        var first = payload.path("firstSubmission").asLong(0);
        if (first > 0) {
            count(tx, project, first, payload.path("lastSubmission").asLong());
        }
    }

    private static void count(Tx tx, ProjectId project, long first, long last) {
        tx.db()
                .sql("""
                        insert into label_use as u (project, label, submissions)
                        select :project, l.label, count(*)
                        from submission s cross join lateral (
                          select distinct shape->>'label' as label from jsonb_array_elements(s.answer->'shapes') shape) l
                        where s.id between :first and :last and s.project = :project
                        group by l.label
                        on conflict (project, label) do update set submissions = u.submissions + excluded.submissions""")
                .param("project", project.value())
                .param("first", first)
                .param("last", last)
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
