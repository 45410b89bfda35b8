package io.etalon.server.transfer;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Reads every answer of a project by one COPY in the binary form: on one snapshot, as it comes, a row at a time whatever
 * their number. Answers of cancelled tasks are left out, and of each slot's revisions all but the last. Where an adjudicator
 * made a task's answers into one, that one alone stands for them, as round 0.
 */
final class AnswerRows {
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int HEADER = 19;

    /** The id is a UUID: COPY takes no parameters. */
    private static final String ANSWERS = """
            copy (select s.id, s.task, t.asset, a.name, a.sha256, s.annotator, s.round::int, s.revision::int,
                coalesce(w.ontology_version, s.ontology_version), s.active_seconds, s.submitted_at, s.sampled,
                case when d.passes then null when d.decision = 'accept' and f.lease is not null then 'fix'
                  else d.decision end, d.reviewer,
                coalesce(w.lease, f.lease, s.lease), coalesce(w.answer, f.answer, s.answer)::text,
                case when w.id is not null then w.texts when f.lease is null then s.texts else f.texts end,
                l.name, l.version, l.confidence, l.unchanged
              from submission s
              join task t on t.id = s.task
              join asset a on a.project = t.project and a.id = t.asset
              left join (
                select distinct on (r.submission) r.submission, r.decision, r.reviewer,
                  r.decision in ('accept', 'fix') and b.route >> r.stage > 0 as passes
                from review_decision r join submission b on b.id = r.submission
                where r.project = 'PROJECT' order by r.submission, r.stage desc, r.seat) d on d.submission = s.id
              left join (
                select distinct on (submission) submission, lease, answer, texts from review_decision
                where project = 'PROJECT' and decision = 'fix'
                order by submission, stage desc, seat) f
                on f.submission = s.id and d.decision is distinct from 'uphold'
              left join (
                select distinct on (submission) * from restoration where project = 'PROJECT'
                order by submission, id desc) w on w.submission = s.id
              left join (
                select x.submission, k.name, k.version, p.confidence, x.unchanged
                from submission_pre_label x
                  join pre_label p on p.id = x.pre_label
                  join pre_label_model k on k.id = p.model
                where x.project = 'PROJECT') l on l.submission = s.id
              where s.project = 'PROJECT' and not s.gold
                and (s.revision = 1 and (d.decision is null or d.decision not in ('return', 'dismiss'))
                  or not exists (
                    select 1 from submission n
                    where n.project = s.project and n.task = s.task and n.annotator = s.annotator
                      and n.round = s.round and n.revision > s.revision))
                and not exists (select 1 from task_event e where e.task = s.task and e.event = 'CANCEL')
                and not exists (select 1 from deleted_task x where x.task = s.task)
                and not exists (select 1 from deleted_answer x where x.submission = s.id and x.undo is null)
                and not exists (
                  select 1 from task_merge m where m.project = 'PROJECT' and m.task = s.task
                    and not exists (select 1 from task_merge_undo u where u.merge = m.id))
              union all
              (select distinct on (m.task) m.id, m.task, t.asset, a.name, a.sha256, m.person, 0, m.number,
                m.ontology_version, 0, m.at, false, 'merge', null::uuid, m.id, m.answer::text, m.texts,
                null, null, null::double precision, null::boolean
              from task_merge m
              join task t on t.id = m.task
              join asset a on a.project = t.project and a.id = t.asset
              where m.project = 'PROJECT'
                and not exists (select 1 from task_merge_undo u where u.merge = m.id)
                and not exists (select 1 from task_event e where e.task = m.task and e.event = 'CANCEL')
                and not exists (select 1 from deleted_task x where x.task = m.task)
              order by m.task, m.number desc))
            to stdout (format binary)""";

    /**
     * An answer as it stands in the tables. The arrays belong to the row only until the next one is read.
     *
     * @param lease under which the answer in effect was written: the reviewer's when it was mended; binds {@code texts}
     * @param decision the last on it; null while it waits for another; {@code merge} for a merged answer
     * @param answer JSON without its free texts
     * @param texts the sealed whole, when the answer has free texts
     * @param preLabel null when the author was shown none
     */
    record Row(
            long submission,
            long task,
            UUID asset,
            String name,
            byte[] sha256,
            UUID annotator,
            int round,
            int revision,
            int ontologyVersion,
            int activeSeconds,
            Instant submittedAt,
            boolean sampled,
            @Nullable String decision,
            @Nullable UUID reviewer,
            long lease,
            byte[] answer,
            byte @Nullable [] texts,
            @Nullable FromPreLabel preLabel) {}

    /** What the author was shown, and whether he left it as it was. */
    record FromPreLabel(
            String model, String version, @Nullable Double confidence, boolean unchanged) {}

    /** Hears of each row. */
    @FunctionalInterface
    interface Reader {
        void row(Row row) throws IOException;
    }

    private AnswerRows() {}

    static void each(Tx tx, ProjectId project, Reader reader) throws SQLException, IOException {
        var copy = tx.connection()
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(ANSWERS.replace("PROJECT", project.toString()));
        try {
            var first = true;
            for (var bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
                var in = ByteBuffer.wrap(bytes);
                if (first) {
                    in.position(HEADER);
                    first = false;
                }
                // One message a row; the last holds the end alone.
                if (in.remaining() > Short.BYTES && in.getShort() > 0) {
                    reader.row(row(in));
                }
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static Row row(ByteBuffer in) {
        return new Row(
                number(in),
                number(in),
                uuid(in),
                string(in),
                bytes(in),
                uuid(in),
                integer(in),
                integer(in),
                integer(in),
                integer(in),
                EPOCH.plus(number(in), ChronoUnit.MICROS),
                flag(in),
                nullableString(in),
                nullableUuid(in),
                number(in),
                bytes(in),
                nullableBytes(in),
                preLabel(in));
    }

    private static @Nullable FromPreLabel preLabel(ByteBuffer in) {
        var model = nullableString(in);
        var version = nullableString(in);
        var confidence = in.getInt() < 0 ? null : (Double) in.getDouble();
        var unchanged = in.getInt() >= 0 && in.get() != 0;
        return model == null || version == null ? null : new FromPreLabel(model, version, confidence, unchanged);
    }

    private static long number(ByteBuffer in) {
        in.getInt();
        return in.getLong();
    }

    private static int integer(ByteBuffer in) {
        in.getInt();
        return in.getInt();
    }

    private static boolean flag(ByteBuffer in) {
        in.getInt();
        return in.get() != 0;
    }

    private static UUID uuid(ByteBuffer in) {
        in.getInt();
        return new UUID(in.getLong(), in.getLong());
    }

    private static @Nullable UUID nullableUuid(ByteBuffer in) {
        return in.getInt() < 0 ? null : new UUID(in.getLong(), in.getLong());
    }

    private static byte @Nullable [] nullableBytes(ByteBuffer in) {
        var length = in.getInt();
        if (length < 0) {
            return null;
        }
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static byte[] bytes(ByteBuffer in) {
        var bytes = nullableBytes(in);
        return bytes == null ? new byte[0] : bytes;
    }

    private static String string(ByteBuffer in) {
        var text = nullableString(in);
        return text == null ? "" : text;
    }

    private static @Nullable String nullableString(ByteBuffer in) {
        var bytes = nullableBytes(in);
        return bytes == null ? null : new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
