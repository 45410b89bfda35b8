package io.etalon.server.project;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tables of {@code project}. */
final class ProjectStore {

    /** A sealed text with its number and time. */
    record SealedVersion(int version, byte[] sealed, Instant createdAt) {}

    /** The two tables of versions; their names are constants of ours, never input. */
    enum VersionTable {
        ONTOLOGY("ontology_version"),
        GUIDELINE("guideline_version");

        private final String table;

        VersionTable(String table) {
            this.table = table;
        }
    }

    List<Project> all(Tx tx) {
        return tx.db()
                .sql("select * from project p where not exists (select from deleted_project g where g.project = p.id)"
                        + " order by created_at, id")
                .query((row, n) -> project(tx, row))
                .list();
    }

    /** Whether a project bears this code name, be it a deleted one. */
    boolean isTaken(Tx tx, String codeName) {
        return tx.db()
                .sql("select exists (select from project where code_name = ?)")
                .param(codeName)
                .query(Boolean.class)
                .single();
    }

    void hide(Tx tx, ProjectId project, long deletion) {
        tx.db()
                .sql("insert into deleted_project (project, deletion) values (?, ?)")
                .params(project.value(), deletion)
                .update();
    }

    void show(Tx tx, ProjectId project) {
        tx.db()
                .sql("delete from deleted_project where project = ?")
                .param(project.value())
                .update();
    }

    private static Project project(Tx tx, ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        return new Project(
                new ProjectId(id),
                row.getString("name"),
                row.getString("code_name"),
                AssetKind.of(row.getString("kind")),
                row.getString("template"),
                ProjectState.of(row.getString("state")),
                row.getInt("redundancy"),
                row.getDouble("review_share"),
                new Repeats(row.getInt("default_rounds"), rounds(tx, id)),
                tx.db()
                        .sql("select workforce from project_workforce where project = ? order by workforce")
                        .param(id)
                        .query(UUID.class)
                        .list(),
                row.getString("licence"),
                row.getInt("ontology_version"),
                row.getInt("guideline_version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static Map<PersonId, Integer> rounds(Tx tx, UUID project) {
        var rounds = new HashMap<PersonId, Integer>();
        tx.db()
                .sql("select person, rounds from project_rounds where project = ?")
                .param(project)
                .query(row -> {
                    rounds.put(new PersonId(row.getObject("person", UUID.class)), row.getInt("rounds"));
                });
        return rounds;
    }

    void insert(Tx tx, Project project) {
        tx.db()
                .sql("""
                        insert into project (id, name, code_name, kind, template, state, redundancy, review_share,
                            default_rounds, licence, ontology_version, guideline_version, created_at)
                        values (:id, :name, :codeName, :kind, :template, :state, :redundancy, :reviewShare,
                            :defaultRounds, :licence, :ontology, :guideline, :createdAt)
                        """)
                .param("id", project.id().value())
                .param("codeName", project.codeName())
                .param("kind", project.kind().text())
                .param("template", project.template())
                .param("defaultRounds", project.repeats().byDefault())
                .param("licence", project.licence())
                .param("createdAt", project.createdAt().atOffset(ZoneOffset.UTC))
                .params(settings(project))
                .update();
        project.repeats()
                .people()
                .forEach((person, rounds) -> tx.db()
                        .sql("insert into project_rounds (project, person, rounds) values (?, ?, ?)")
                        .params(project.id().value(), person.value(), rounds)
                        .update());
        insertWorkforces(tx, project);
    }

    void update(Tx tx, Project project) {
        tx.db()
                .sql("""
                        update project set name = :name, state = :state, redundancy = :redundancy,
                            review_share = :reviewShare, ontology_version = :ontology, guideline_version = :guideline
                        where id = :id
                        """)
                .param("id", project.id().value())
                .params(settings(project))
                .update();
        tx.db()
                .sql("delete from project_workforce where project = ?")
                .param(project.id().value())
                .update();
        insertWorkforces(tx, project);
    }

    private static Map<String, Object> settings(Project project) {
        return Map.of(
                "name", project.name(),
                "state", project.state().text(),
                "redundancy", project.redundancy(),
                "reviewShare", project.reviewShare(),
                "ontology", project.ontologyVersion(),
                "guideline", project.guidelineVersion());
    }

    private static void insertWorkforces(Tx tx, Project project) {
        for (var workforce : project.workforces()) {
            tx.db()
                    .sql("insert into project_workforce (project, workforce) values (?, ?)")
                    .params(project.id().value(), workforce)
                    .update();
        }
    }

    void insertVersion(Tx tx, VersionTable table, ProjectId project, SealedVersion version, PersonId by) {
        tx.db()
                .sql("insert into " + table.table
                        + " (project, version, sealed, created_at, created_by) values (?, ?, ?, ?, ?)")
                .params(
                        project.value(),
                        version.version(),
                        version.sealed(),
                        version.createdAt().atOffset(ZoneOffset.UTC),
                        by.value())
                .update();
    }

    Optional<SealedVersion> version(Tx tx, VersionTable table, ProjectId project, int version) {
        return tx.db()
                .sql("select version, sealed, created_at from " + table.table + " where project = ? and version = ?")
                .params(project.value(), version)
                .query((row, n) -> sealed(row))
                .optional();
    }

    /** Who made a version, and when. */
    record Made(PersonId by, Instant at) {}

    Made made(Tx tx, VersionTable table, ProjectId project, int version) {
        return tx.db()
                .sql("select created_by, created_at from " + table.table + " where project = ? and version = ?")
                .params(project.value(), version)
                .query((row, n) -> new Made(
                        new PersonId(row.getObject("created_by", UUID.class)),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .single();
    }

    List<SealedVersion> versions(Tx tx, VersionTable table, ProjectId project) {
        return tx.db()
                .sql("select version, sealed, created_at from " + table.table
                        + " where project = ? order by version desc")
                .param(project.value())
                .query((row, n) -> sealed(row))
                .list();
    }

    private static SealedVersion sealed(ResultSet row) throws SQLException {
        return new SealedVersion(
                row.getInt("version"),
                row.getBytes("sealed"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /** Serialises changes of one project. */
    void lock(Tx tx, ProjectId project) {
        tx.db()
                .sql("select 1 from project where id = ? for update")
                .param(project.value())
                .query(Integer.class)
                .optional();
    }
}
