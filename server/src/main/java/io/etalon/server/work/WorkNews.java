package io.etalon.server.work;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.work.engine.AuditTrail;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a client's work is told: each act to the audit log, and to those who follow one event a project and transaction with
 * counts, since a row an answer would cost a tenth of the rate. Thread-safe.
 */
final class WorkNews implements AuditTrail {
    private static final Map<AuditOp, String> COUNTED = Map.of(
            AuditOp.SUBMIT, "submissions",
            AuditOp.REVIEW, "decisions",
            AuditOp.SKIP, "skips",
            AuditOp.PROJECT_CHANGE, "changes");

    private final ClientId client;
    private final AuditLog audit;
    private final Events events;

    WorkNews(ClientId client, AuditLog audit, Events events) {
        this.client = client;
        this.audit = audit;
        this.events = events;
    }

    @Override
    public void appendAll(Tx tx, List<AuditEvent> acts) {
        audit.appendAll(tx, acts);
        counts(acts).forEach((project, counts) -> events.append(tx, client, project, EventKind.WORK_DONE, counts));
    }

    private static Map<ProjectId, Map<String, Integer>> counts(List<AuditEvent> acts) {
        var counts = new HashMap<ProjectId, Map<String, Integer>>();
        for (var act : acts) {
            var name = COUNTED.get(act.op());
            var project = act.project();
            if (name != null && project != null) {
                counts.computeIfAbsent(project, id -> new TreeMap<>()).merge(name, 1, Integer::sum);
            }
        }
        return counts;
    }
}
