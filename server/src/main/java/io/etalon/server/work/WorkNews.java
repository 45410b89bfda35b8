package io.etalon.server.work;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Rows;
import io.etalon.server.base.Tx;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.work.engine.AuditTrail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a client's work is told: each act to the audit log, and to those who follow one event a project and transaction with
 * counts and the numbers of its submissions and decisions, since a row an answer would cost a tenth of the rate. Thread-safe.
 */
final class WorkNews implements AuditTrail {
    private static final Map<AuditOp, String> COUNTED = Map.of(
            AuditOp.SUBMIT, "submissions",
            AuditOp.REVIEW, "decisions",
            AuditOp.APPEAL, "appeals",
            AuditOp.SKIP, "skips",
            AuditOp.FENCE, "fences",
            AuditOp.PROJECT_CHANGE, "changes");

    /** Numbers that a writer takes at once from the sequence {@code work_id}. */
    private static final long BLOCK = 1_000;

    private final ClientId client;
    private final AuditTrail audit;
    private final Events events;

    WorkNews(ClientId client, AuditTrail audit, Events events) {
        this.client = client;
        this.audit = audit;
        this.events = events;
    }

    @Override
    public List<Rows> rows(Tx tx, List<AuditEvent> acts) {
        var outbox = events.rows();
        news(acts)
                .forEach((project, all) -> all.payloads()
                        .forEach(payload -> events.add(outbox, client, project, EventKind.WORK_DONE, payload)));
        var rows = new ArrayList<>(audit.rows(tx, acts));
        rows.add(outbox);
        return rows;
    }

    @Override
    public void committed(Tx tx, long transaction) {
        audit.committed(tx, transaction);
    }

    private static Map<ProjectId, News> news(List<AuditEvent> acts) {
        var news = new HashMap<ProjectId, News>();
        for (var act : acts) {
            var name = COUNTED.get(act.op());
            var project = act.project();
            if (name != null && project != null) {
                var of = news.computeIfAbsent(project, id -> new News());
                of.counts.merge(name, 1L, Long::sum);
                if (act.op() == AuditOp.SUBMIT && act.details().get("submission") instanceof Long submission) {
                    of.submissions.add(submission);
                } else if (act.op() == AuditOp.REVIEW && act.details().get("review") instanceof Long decision) {
                    of.decisions.add(decision);
                }
            }
        }
        return news;
    }

    /** The first and last number of one sort, by block: in a block all numbers between are this transaction's. */
    private static final class Ranges {
        private final Map<Long, long[]> ranges = new TreeMap<>();

        void add(long id) {
            var range = ranges.computeIfAbsent((id - 1) / BLOCK, block -> new long[] {id, id});
            range[0] = Math.min(range[0], id);
            range[1] = Math.max(range[1], id);
        }

        /** Names them in payloads, of which each has room for one; adds what is missing. */
        void tell(List<Map<String, Long>> payloads, String what) {
            var at = 0;
            for (var range : ranges.values()) {
                if (at == payloads.size()) {
                    payloads.add(new TreeMap<>());
                }
                payloads.get(at).put("first" + what, range[0]);
                payloads.get(at).put("last" + what, range[1]);
                at++;
            }
        }
    }

    /** What one transaction did in one project. */
    private static final class News {
        private final Map<String, Long> counts = new TreeMap<>();
        private final Ranges submissions = new Ranges();
        private final Ranges decisions = new Ranges();

        /** One payload; one more for each further block of numbers. */
        List<Map<String, Long>> payloads() {
            var payloads = new ArrayList<Map<String, Long>>();
            payloads.add(counts);
            submissions.tell(payloads, "Submission");
            decisions.tell(payloads, "Decision");
            return payloads;
        }
    }
}
