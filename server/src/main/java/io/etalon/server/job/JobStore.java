package io.etalon.server.job;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code job} and {@code job_log}. */
final class JobStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String COLUMNS = """
            select id, project, kind, state, created_by, via, created_at, started_at, ended_at, attempt, cancelling, done,
              total, report::text as report, failure from job
            """;

    /** A line of a job's log; it holds no content. */
    record LogLine(Instant at, String message) {}

    void insert(Tx tx, Job job, byte[] request) {
        tx.db()
                .sql("""
                        insert into job (id, project, kind, state, request, created_by, via, created_at, total)
                        values (?, ?, ?, 'queued', ?, ?, ?, ?, ?)""")
                .params(
                        job.id(),
                        job.project().value(),
                        job.kind().text(),
                        request,
                        job.by().value(),
                        job.via(),
                        time(job.createdAt()),
                        job.total())
                .update();
    }

    Optional<Job> find(Tx tx, ProjectId project, UUID id) {
        return tx.db()
                .sql(COLUMNS + "where project = ? and id = ?")
                .params(project.value(), id)
                .query((row, n) -> read(row))
                .optional();
    }

    /** Locks the row until the transaction ends. */
    Optional<Job> lock(Tx tx, ProjectId project, UUID id) {
        return tx.db()
                .sql(COLUMNS + "where project = ? and id = ? for update")
                .params(project.value(), id)
                .query((row, n) -> read(row))
                .optional();
    }

    /** Newest first, those before a job, or all when it is null. */
    List<Job> list(Tx tx, ProjectId project, @Nullable UUID before, int limit) {
        return tx.db()
                .sql(COLUMNS + "where project = ? and (?::uuid is null or id < ?) order by id desc limit ?")
                .param(project.value())
                .param(before)
                .param(before)
                .param(limit)
                .query((row, n) -> read(row))
                .list();
    }

    /** Oldest first, of all projects. */
    List<Job> unfinished(Tx tx) {
        return tx.db()
                .sql(COLUMNS + "where state in ('queued', 'running') order by id")
                .query((row, n) -> read(row))
                .list();
    }

    /** The ids of a kind's jobs that are not done, with their projects. */
    List<Job> notDone(Tx tx, JobKind kind) {
        return tx.db()
                .sql(COLUMNS + "where kind = ? and state <> 'done'")
                .param(kind.text())
                .query((row, n) -> read(row))
                .list();
    }

    List<Job> ofKind(Tx tx, JobKind kind) {
        return tx.db()
                .sql(COLUMNS + "where kind = ?")
                .param(kind.text())
                .query((row, n) -> read(row))
                .list();
    }

    byte[] request(Tx tx, UUID id) {
        return tx.db()
                .sql("select request from job where id = ?")
                .param(id)
                .query((row, n) -> row.getBytes(1))
                .single();
    }

    /** Begins an attempt; empty when the job is over. */
    Optional<Job> begin(Tx tx, Job job, Instant now) {
        var begun = tx.db().sql("""
                        update job set state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, ?)
                        where id = ? and state in ('queued', 'running')""").params(time(now), job.id()).update();
        return begun == 0 ? Optional.empty() : find(tx, job.project(), job.id());
    }

    /** Whether it is to stop; null when another attempt has begun or the job is over. */
    @Nullable
    Boolean advance(Tx tx, Job job, long done, long total, @Nullable JobReport report) {
        return tx.db()
                .sql("""
                        update job set done = ?, total = ?, report = coalesce(?::jsonb, report)
                        where id = ? and attempt = ? and state = 'running' returning cancelling""")
                .param(done)
                .param(total)
                .param(json(report))
                .param(job.id())
                .param(job.attempt())
                .query(Boolean.class)
                .optional()
                .orElse(null);
    }

    /** Ends an attempt's job; false when it is no longer this attempt's. */
    boolean end(Tx tx, Job job, JobState state, @Nullable JobReport report, @Nullable String failure, Instant now) {
        return tx.db()
                        .sql("""
                        update job set state = ?, ended_at = ?, failure = ?, report = coalesce(?::jsonb, report),
                          done = case when ? = 'done' then total else done end
                        where id = ? and attempt = ? and state = 'running'""")
                        .param(state.text())
                        .param(time(now))
                        .param(failure)
                        .param(json(report))
                        .param(state.text())
                        .param(job.id())
                        .param(job.attempt())
                        .update()
                == 1;
    }

    void askToCancel(Tx tx, UUID id) {
        tx.db().sql("update job set cancelling = true where id = ?").param(id).update();
    }

    void cancelQueued(Tx tx, UUID id, Instant now) {
        tx.db()
                .sql("update job set state = 'cancelled', ended_at = ? where id = ?")
                .params(time(now), id)
                .update();
    }

    void queueAgain(Tx tx, UUID id) {
        tx.db().sql("""
                        update job set state = 'queued', cancelling = false, failure = null, ended_at = null
                        where id = ?""").param(id).update();
    }

    void log(Tx tx, UUID id, String message, Instant now) {
        tx.db()
                .sql("insert into job_log (job, at, message) values (?, ?, ?)")
                .params(id, time(now), message)
                .update();
    }

    /** The last lines, oldest first. */
    List<LogLine> logLines(Tx tx, UUID id, int limit) {
        return tx.db()
                .sql("select at, message from job_log where job = ? order by number desc limit ?")
                .params(id, limit)
                .query((row, n) -> new LogLine(instant(row, "at"), row.getString("message")))
                .list()
                .reversed();
    }

    private static @Nullable String json(@Nullable JobReport report) {
        return report == null ? null : JSON.writeValueAsString(report);
    }

    private static Job read(ResultSet row) throws SQLException {
        var report = row.getString("report");
        return new Job(
                row.getObject("id", UUID.class),
                new ProjectId(row.getObject("project", UUID.class)),
                JobKind.of(row.getString("kind")),
                JobState.of(row.getString("state")),
                new PersonId(row.getObject("created_by", UUID.class)),
                row.getString("via"),
                instant(row, "created_at"),
                row.getObject("started_at") == null ? null : instant(row, "started_at"),
                row.getObject("ended_at") == null ? null : instant(row, "ended_at"),
                row.getInt("attempt"),
                row.getBoolean("cancelling"),
                row.getLong("done"),
                row.getLong("total"),
                report == null ? null : JSON.readValue(report, JobReport.class),
                row.getString("failure"));
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
