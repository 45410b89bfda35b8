package io.etalon.server.work.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Rows;
import io.etalon.server.base.Tx;
import io.etalon.server.work.state.TaskEvent;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The hot path's SQL: one transaction's worth of writes as a handful of multi-row statements. Stateless. */
final class WorkStore {
    private static final String CLOCK =
            "select (extract(epoch from clock_timestamp()) * 1000)::bigint, pg_current_xact_id()::text::bigint";
    private static final String LEASES = """
            insert into lease (id, project, task, submission, person, round, token, ontology_version,
              guideline_version, gold, deadline)
            select u.*, now() + interval '%d seconds'
            from unnest(?::bigint[], ?::uuid[], ?::bigint[], ?::bigint[], ?::uuid[], ?::int[], ?::bigint[], ?::int[],
              ?::int[], ?::bool[]) u""";
    private static final String SUBMISSIONS = """
            insert into submission (id, project, task, annotator, round, revision, lease, ontology_version,
              guideline_version, active_seconds, sampled, route, unsure, answer, texts, gold)
            select id, project, task, annotator, round, revision, lease, ov, gv, seconds, route > 0, route, unsure,
              answer::jsonb, texts, gold
            from unnest(?::bigint[], ?::uuid[], ?::bigint[], ?::uuid[], ?::int[], ?::int[], ?::bigint[], ?::int[],
              ?::int[], ?::int[], ?::int[], ?::bool[], ?::text[], ?::bytea[], ?::bool[])
              u (id, project, task, annotator, round, revision, lease, ov, gv, seconds, route, unsure, answer, texts,
                gold)""";
    private static final String SERVINGS = """
            insert into gold_serving (project, person, task, gold, ordinal, attempt)
            select * from unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::int[], ?::int[])""";
    private static final String DECISIONS = """
            insert into review_decision (submission, id, project, lease, reviewer, stage, seat, decision, answer, texts,
              comments)
            select submission, id, project, lease, reviewer, stage, seat, decision, answer::jsonb, texts, comments
            from unnest(?::bigint[], ?::bigint[], ?::uuid[], ?::bigint[], ?::uuid[], ?::int[], ?::text[], ?::text[],
              ?::text[], ?::bytea[], ?::bytea[])
              u (submission, id, project, lease, reviewer, stage, seat, decision, answer, texts, comments)""";
    /** The newest of a task's; with work that came back, the one that its author was shown at first. */
    private static final String LEASE_PRE_LABELS = """
            insert into lease_pre_label (lease, project, pre_label)
            select l.lease, l.project, l.pre_label from (
              select u.lease, u.project,
                case when u.past is null
                  then (select p.id from pre_label p join pre_label_model m on m.id = p.model
                    where p.task = u.task and m.removed_at is null order by p.id desc limit 1)
                  else (select x.pre_label from submission_pre_label x where x.submission = u.past) end as pre_label
              from unnest(?::bigint[], ?::uuid[], ?::bigint[], ?::bigint[]) u (lease, project, task, past)
              offset 0) l
            where l.pre_label is not null""";

    private static final String SUBMISSION_PRE_LABELS = """
            insert into submission_pre_label (submission, project, pre_label, unchanged)
            select * from unnest(?::bigint[], ?::uuid[], ?::bigint[], ?::bool[])""";
    private static final String ENDS = """
            insert into lease_end (lease, how, reason, note)
            select * from unnest(?::bigint[], ?::text[], ?::text[], ?::bytea[])""";
    private static final String EVENTS = """
            insert into task_event (project, task, event, person)
            select * from unnest(?::uuid[], ?::bigint[], ?::text[], ?::uuid[])""";
    private static final String NEEDS = """
            insert into task_need (project, task, answers, seen)
            select * from unnest(?::uuid[], ?::bigint[], ?::int[], ?::int[])""";
    private static final String LAPSES = """
            insert into return_lapse (submission, project) select * from unnest(?::bigint[], ?::uuid[])""";
    private static final String APPEALS = """
            insert into appeal (submission, project, author, text)
            select * from unnest(?::bigint[], ?::uuid[], ?::uuid[], ?::bytea[])""";
    private static final String KEYS = """
            insert into work_replay (id, body_hash, made, state, next_lease)
            select * from unnest(?::uuid[], ?::bytea[], ?::bigint[], ?::text[], ?::bigint[])""";
    private static final String DRAFTS = """
            delete from draft d using unnest(?::uuid[], ?::bigint[], ?::uuid[]) u (project, task, person)
            where d.project = u.project and d.task = u.task and d.person = u.person""";

    private final AuditTrail audit;

    WorkStore(AuditTrail audit) {
        this.audit = audit;
    }

    /** What the database said to a batch: its clock, and the number of the transaction. */
    private record Written(long millis, long transaction) {}

    /** The rows of one batch. */
    private static final class Batch {
        final Rows leases;
        final Rows submissions = new Rows(
                SUBMISSIONS,
                "bigint",
                "uuid",
                "bigint",
                "uuid",
                "int",
                "int",
                "bigint",
                "int",
                "int",
                "int",
                "int",
                "bool",
                "text",
                "bytea",
                "bool");
        final Rows leasePreLabels = new Rows(LEASE_PRE_LABELS, "bigint", "uuid", "bigint", "bigint");
        final Rows submissionPreLabels = new Rows(SUBMISSION_PRE_LABELS, "bigint", "uuid", "bigint", "bool");
        final Rows servings = new Rows(SERVINGS, "uuid", "uuid", "bigint", "bigint", "int", "int");
        final Rows decisions = new Rows(
                DECISIONS, "bigint", "bigint", "uuid", "bigint", "uuid", "int", "text", "text", "text", "bytea",
                "bytea");
        final Rows ends = new Rows(ENDS, "bigint", "text", "text", "bytea");
        final Rows events = new Rows(EVENTS, "uuid", "bigint", "text", "uuid");
        final Rows needs = new Rows(NEEDS, "uuid", "bigint", "int", "int");
        final Rows lapses = new Rows(LAPSES, "bigint", "uuid");
        final Rows appeals = new Rows(APPEALS, "bigint", "uuid", "uuid", "bytea");
        final Rows keys = new Rows(KEYS, "uuid", "bytea", "bigint", "text", "bigint");
        final Rows drafts = new Rows(DRAFTS, "uuid", "bigint", "uuid");
        final List<AuditEvent> audit = new ArrayList<>();

        Batch(WorkConfig config) {
            leases = new Rows(
                    String.format(Locale.ROOT, LEASES, config.lease().toSeconds()),
                    "bigint",
                    "uuid",
                    "bigint",
                    "bigint",
                    "uuid",
                    "int",
                    "bigint",
                    "int",
                    "int",
                    "bool");
        }

        /**
         * All statements and the commit in one round trip: each more would cost both sides as much as ten rows. Who waits for
         * the commit may wait for this.
         */
        Written commit(Connection connection, List<Rows> told) throws SQLException {
            var own = Stream.of(
                    leases,
                    leasePreLabels,
                    servings,
                    submissions,
                    submissionPreLabels,
                    decisions,
                    ends,
                    events,
                    needs,
                    lapses,
                    appeals,
                    keys,
                    drafts);
            var filled = Stream.concat(own, told.stream())
                    .filter(rows -> !rows.isEmpty())
                    .toList();
            var sql = new StringBuilder(CLOCK);
            filled.forEach(rows -> sql.append(";\n").append(rows.sql()));
            sql.append(";\ncommit");
            try (var statement = connection.prepareStatement(sql.toString())) {
                var parameter = 1;
                for (var rows : filled) {
                    parameter = rows.bind(statement, parameter);
                }
                statement.execute();
                try (var row = statement.getResultSet()) {
                    row.next();
                    return new Written(row.getLong(1), row.getLong(2));
                }
            }
        }
    }

    /**
     * Writes a batch and commits it; sets the numbers of what is new in the writes.
     *
     * @return the database's clock in milliseconds
     */
    long commit(Tx tx, List<Write> writes, IdBlock ids, WorkConfig config) throws SQLException {
        for (var write : writes) {
            if (write.grant != null) {
                write.grant.asset = write.queue.assets.of(tx.connection(), write.queue.tasks, write.grant.task);
            }
        }
        var batch = new Batch(config);
        for (var write : writes) {
            if (write.submission != null || write.judgement != null) {
                write.made = ids.next(tx.connection());
            }
            if (write.grant != null) {
                write.grant.id = ids.next(tx.connection());
                grant(batch, write, write.grant);
            }
            if (write.submission != null) {
                submission(batch, write, write.submission);
            }
            if (write.judgement != null) {
                decision(batch, write, write.judgement);
            }
            if (write.end != null) {
                end(batch, write, write.end);
            }
            if (write.event != null) {
                event(batch, write, write.event);
            }
            if (write.need != null) {
                need(batch, write, write.need);
            }
            if (write.lapse != null) {
                lapse(batch, write, write.lapse);
            }
            if (write.appeal != null) {
                appeal(batch, write, write.appeal);
            }
            if (write.key != null) {
                key(batch, write, write.key);
            }
        }
        var told = batch.audit.isEmpty() ? List.<Rows>of() : audit.rows(tx, batch.audit);
        var written = batch.commit(tx.connection(), told);
        audit.committed(tx, written.transaction());
        return written.millis();
    }

    private static void grant(Batch batch, Write write, OpenLease lease) {
        var submission = lease.kind == OpenLease.Kind.REVIEW ? lease.judged().id() : null;
        batch.leases.add(
                lease.id,
                write.queue.project.value(),
                lease.task,
                submission,
                lease.person.value(),
                lease.round,
                lease.token,
                lease.ontologyVersion,
                lease.guidelineVersion,
                lease.isGold());
        if (lease.kind == OpenLease.Kind.ANNOTATE && write.queue.preLabelling.shown()) {
            lease.preLabelled = true;
            batch.leasePreLabels.add(
                    lease.id, write.queue.project.value(), lease.task, lease.past == null ? null : lease.past.id());
        }
        var gold = lease.gold;
        if (gold != null && lease.firstServing) {
            batch.servings.add(
                    write.queue.project.value(),
                    lease.person.value(),
                    lease.task,
                    gold.item().id(),
                    gold.ordinal(),
                    gold.attempt());
        }
        var kind = lease.kind.name().toLowerCase(Locale.ROOT);
        batch.audit.add(audit(AuditOp.LEASE, write, lease, Map.of("kind", kind, "lease", lease.id)));
        if (write.showing != null) {
            var view = write.showing.of(lease.assetId());
            batch.audit.add(view.entry());
            lease.ready(view);
        }
    }

    private static void submission(Batch batch, Write write, Write.Submission row) {
        var lease = row.lease();
        batch.submissions.add(
                write.made,
                write.queue.project.value(),
                lease.task,
                lease.person.value(),
                lease.round,
                row.revision(),
                lease.id,
                lease.ontologyVersion,
                lease.guidelineVersion,
                row.activeSeconds(),
                row.way().route(),
                row.unsure(),
                row.content().json(),
                row.content().texts(),
                lease.isGold());
        var from = row.from();
        if (from != null) {
            batch.submissionPreLabels.add(write.made, write.queue.project.value(), from.preLabel(), from.unchanged());
        }
        batch.audit.add(audit(AuditOp.SUBMIT, write, lease, Map.of("submission", write.made)));
        draft(batch, write.queue.project, lease);
    }

    private static void draft(Batch batch, ProjectId project, OpenLease lease) {
        if (lease.drafted) {
            batch.drafts.add(project.value(), lease.task, lease.person.value());
        }
    }

    private static void decision(Batch batch, Write write, Write.Judgement row) {
        var lease = row.lease();
        var content = row.content();
        var way = lease.judged().way();
        batch.decisions.add(
                lease.judged().id(),
                write.made,
                write.queue.project.value(),
                lease.id,
                lease.person.value(),
                way.stage(),
                way.seat().key(),
                row.decision().key(),
                content == null ? null : content.json(),
                content == null ? null : content.texts(),
                row.comments());
        batch.audit.add(audit(
                AuditOp.REVIEW,
                write,
                lease,
                Map.of(
                        "decision", row.decision().key(),
                        "review", write.made,
                        "seat", way.seat().key(),
                        "stage", way.stage(),
                        "submission", lease.judged().id())));
    }

    private static void end(Batch batch, Write write, Write.End row) {
        var how = row.how().name().toLowerCase(Locale.ROOT);
        var reason = Objects.requireNonNullElse(row.reason(), "other");
        batch.ends.add(row.lease().id, how, row.reason(), row.note());
        if (row.how() == Write.EndReason.SKIPPED) {
            batch.audit.add(audit(AuditOp.SKIP, write, row.lease(), Map.of("reason", reason)));
            draft(batch, write.queue.project, row.lease());
        } else if (row.how() == Write.EndReason.FENCED) {
            batch.audit.add(
                    audit(AuditOp.FENCE, write, row.lease(), Map.of("lease", row.lease().id, "reason", reason)));
        }
    }

    private static void event(Batch batch, Write write, Write.Event row) {
        batch.events.add(
                write.queue.project.value(),
                row.task(),
                row.event().name(),
                row.person().value());
        if (row.event() != TaskEvent.ESCALATE) {
            // An escalation follows from a skip, which is told already.
            batch.audit.add(AuditEvent.of(AuditOp.PROJECT_CHANGE, row.person(), write.via, write.queue.project)
                    .with("change", row.event().name().toLowerCase(Locale.ROOT))
                    .with("task", row.task()));
        }
    }

    private static void need(Batch batch, Write write, Write.Need need) {
        batch.needs.add(write.queue.project.value(), need.task(), need.answers(), need.seen());
        batch.audit.add(AuditEvent.of(AuditOp.TASK_CHANGE, null, write.via, write.queue.project)
                .with("act", "need")
                .with("answers", need.answers())
                .with("seen", need.seen())
                .with("task", need.task()));
    }

    private static void lapse(Batch batch, Write write, SubmissionRef ref) {
        batch.lapses.add(ref.id(), write.queue.project.value());
        batch.audit.add(AuditEvent.of(AuditOp.SKIP, null, write.via, write.queue.project)
                .with("reason", "lapsed")
                .with("submission", ref.id())
                .with("task", ref.task()));
    }

    private static void appeal(Batch batch, Write write, Write.Appeal row) {
        batch.appeals.add(
                row.submission(), write.queue.project.value(), row.author().value(), row.text());
        batch.audit.add(AuditEvent.of(AuditOp.APPEAL, row.author(), write.via, write.queue.project)
                .with("submission", row.submission())
                .with("task", row.task()));
    }

    private static void key(Batch batch, Write write, Write.Key row) {
        var next = write.grant == null ? null : write.grant.id;
        batch.keys.add(replayId(row.person(), row.key()), row.bodyHash(), write.made, row.state(), next);
    }

    private static AuditEvent audit(AuditOp op, Write write, OpenLease lease, Map<String, Object> more) {
        var details = new TreeMap<>(more);
        details.put("task", lease.task);
        return new AuditEvent(
                op,
                lease.person,
                write.via,
                write.queue.project,
                lease.assetId().toString(),
                details);
    }

    /** The first 16 bytes of SHA-256 over the person's id and the key: a fixed width, and no key is like another. */
    private static UUID replayId(PersonId person, String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(16)
                    .putLong(person.value().getMostSignificantBits())
                    .putLong(person.value().getLeastSignificantBits())
                    .array());
            var hash = ByteBuffer.wrap(digest.digest(key.getBytes(UTF_8)));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What an idempotency key stands for; null when it is new. */
    @Nullable
    Outcome key(Tx tx, PersonId person, String key) {
        return tx.db()
                .sql("select body_hash, made, state, next_lease from work_replay where id = ?")
                .param(replayId(person, key))
                .query((row, n) -> new Outcome(
                        row.getBytes("body_hash"),
                        row.getLong("made"),
                        row.getString("state"),
                        row.getObject("next_lease", Long.class),
                        true))
                .optional()
                .orElse(null);
    }
}
