package io.etalon.server.release;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.quality.MethodNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code release} of a cell. */
final class ReleaseStore {
    private static final String COLUMNS = """
            project, number, method, state, created_by, via, created_at, event, manifest_sha256, sums_sha256,
            archive_sha256, assets, size, audit_index, failure""";

    /** The number that comes next; another transaction that asks for one waits for this one's end. */
    int next(Tx tx, ProjectId project) {
        tx.db()
                .sql("select id from project where id = ? for update")
                .param(project.value())
                .query(UUID.class)
                .single();
        return tx.db()
                .sql("select coalesce(max(number), 0) + 1 from release where project = ?")
                .param(project.value())
                .query(Integer.class)
                .single();
    }

    void insert(Tx tx, Release release, byte[] notes) {
        tx.db()
                .sql("""
                        insert into release (project, number, method, notes, state, created_by, via, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        release.project().value(),
                        release.number(),
                        MethodNames.of(release.method()),
                        notes,
                        release.state().text(),
                        release.createdBy().value(),
                        release.via(),
                        release.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Release> find(Tx tx, ProjectId project, int number) {
        return tx.db()
                .sql("select " + COLUMNS + " from release where project = ? and number = ?")
                .params(project.value(), number)
                .query((row, n) -> release(row))
                .optional();
    }

    /** A release by its number. */
    record Numbered(ProjectId project, int number) {}

    /** Every release of the cell. */
    List<Numbered> numbers(Tx tx) {
        return tx.db()
                .sql("select project, number from release")
                .query((row, n) ->
                        new Numbered(new ProjectId(row.getObject("project", UUID.class)), row.getInt("number")))
                .list();
    }

    /** Numbers of a project's releases that are ready, ascending. */
    List<Integer> ready(Tx tx, ProjectId project) {
        return tx.db()
                .sql("select number from release where project = ? and state = 'ready' order by number")
                .param(project.value())
                .query(Integer.class)
                .list();
    }

    byte[] notes(Tx tx, ProjectId project, int number) {
        return tx.db()
                .sql("select notes from release where project = ? and number = ?")
                .params(project.value(), number)
                .query((row, n) -> row.getBytes(1))
                .single();
    }

    /** Newest first, those below a number. */
    List<Release> list(Tx tx, ProjectId project, long below, int limit) {
        return tx.db()
                .sql("select " + COLUMNS
                        + " from release where project = ? and number < ? order by number desc limit ?")
                .params(project.value(), below, limit)
                .query((row, n) -> release(row))
                .list();
    }

    /** What an earlier process began and did not end. */
    List<Release> building(Tx tx) {
        return tx.db()
                .sql("select " + COLUMNS + " from release where state = 'building' order by project, number")
                .query((row, n) -> release(row))
                .list();
    }

    void logged(Tx tx, Release release, Release.Logged logged) {
        tx.db()
                .sql("""
                        update release set event = ?, manifest_sha256 = ?, sums_sha256 = ?
                        where project = ? and number = ? and event is null""")
                .params(
                        logged.event(),
                        logged.manifest(),
                        logged.sums(),
                        release.project().value(),
                        release.number())
                .update();
    }

    void ready(Tx tx, Release release, Release.Built built) {
        tx.db()
                .sql("""
                        update release set state = 'ready', archive_sha256 = ?, assets = ?, size = ?, audit_index = ?
                        where project = ? and number = ?""")
                .params(
                        built.sha256(),
                        built.assets(),
                        built.size(),
                        built.auditIndex(),
                        release.project().value(),
                        release.number())
                .update();
    }

    void failed(Tx tx, Release release, String failure) {
        tx.db()
                .sql("update release set state = 'failed', failure = ? where project = ? and number = ?")
                .params(failure, release.project().value(), release.number())
                .update();
    }

    private static Release release(ResultSet row) throws SQLException {
        var manifest = row.getString("manifest_sha256");
        var archive = row.getString("archive_sha256");
        return new Release(
                new ProjectId(row.getObject("project", UUID.class)),
                row.getInt("number"),
                MethodNames.method(row.getString("method")),
                ReleaseState.of(row.getString("state")),
                new PersonId(row.getObject("created_by", UUID.class)),
                row.getString("via"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                manifest == null
                        ? null
                        : new Release.Logged(row.getLong("event"), manifest, row.getString("sums_sha256")),
                archive == null
                        ? null
                        : new Release.Built(
                                archive, row.getLong("assets"), row.getLong("size"), row.getLong("audit_index")),
                row.getString("failure"));
    }
}
