package io.etalon.server.work.prelabel;

import io.etalon.server.base.CopyRows;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes the tables {@code pre_label_model} and {@code pre_label}; reads what was shown of them. */
final class PreLabelStore {
    /** A model by the names that its pre-labels came with. */
    record Named(String name, String version) implements Comparable<Named> {
        @Override
        public int compareTo(Named other) {
            var byName = name.compareTo(other.name);
            return byName == 0 ? version.compareTo(other.version) : byName;
        }
    }

    /** A pre-label on its way in; sealed under its number. */
    record NewRow(long id, long task, long model, @Nullable Double confidence, int ontologyVersion, byte[] sealed) {}

    /** A pre-label as the table keeps it. */
    record Row(
            long id,
            Named model,
            @Nullable Double confidence,
            int ontologyVersion,
            byte[] sealed,
            Instant at,
            boolean removed) {}

    /** A model with how many pre-labels came from it, and what first answers made of them. */
    record ModelRow(
            long id,
            Named model,
            long labels,
            long unchanged,
            long changed,
            Instant at,
            @Nullable Instant removedAt) {}

    private static final String COLUMNS = """
            select p.id, m.name, m.version, p.confidence, p.ontology_version, p.sealed, p.at,
              m.removed_at is not null as removed
            from pre_label p join pre_label_model m on m.id = p.model
            """;

    /**
     * Counts pre-labels in with their model and returns its number. Who adds to a model keeps it until his commit, so that
     * it is taken back with all of them or before them.
     */
    long model(Tx tx, ProjectId project, Named model, int more) {
        return tx.db()
                .sql("""
                        insert into pre_label_model as m (project, name, version, labels) values (?, ?, ?, ?)
                        on conflict (project, name, version) where removed_at is null
                        do update set labels = m.labels + excluded.labels returning id""")
                .params(project.value(), model.name(), model.version(), more)
                .query(Long.class)
                .single();
    }

    /** So many numbers, ascending. */
    List<Long> numbers(Tx tx, int count) {
        return tx.db()
                .sql("select nextval('pre_label_id_seq') as id from generate_series(1, ?) order by 1")
                .param(count)
                .query(Long.class)
                .list();
    }

    void insert(Tx tx, ProjectId project, List<NewRow> rows) throws SQLException {
        var copy = new CopyRows(120 * rows.size());
        for (var row : rows) {
            copy.row(7)
                    .number(row.id())
                    .uuid(project.value())
                    .number(row.task())
                    .number(row.model());
            if (row.confidence() == null) {
                copy.none();
            } else {
                // A double has the width of a bigint and travels as its bits.
                copy.number(Double.doubleToRawLongBits(row.confidence()));
            }
            copy.integer(row.ontologyVersion()).bytes(row.sealed());
        }
        copy.copy(tx.connection(), "pre_label (id, project, task, model, confidence, ontology_version, sealed)");
    }

    /** The tasks of some assets. */
    Map<UUID, Long> tasksOf(Tx tx, ProjectId project, Collection<UUID> assets) throws SQLException {
        var found = new HashMap<UUID, Long>();
        tx.db()
                .sql("select asset, id from task where project = ? and asset = any(?)")
                .params(project.value(), tx.connection().createArrayOf("uuid", assets.toArray()))
                .query(row -> {
                    found.put(row.getObject(1, UUID.class), row.getLong(2));
                });
        return found;
    }

    /** The assets of those of some tasks that the project has and that are not deleted. */
    Map<Long, UUID> assetsOf(Tx tx, ProjectId project, Collection<Long> tasks) throws SQLException {
        var found = new HashMap<Long, UUID>();
        tx.db()
                .sql("""
                        select id, asset from task t where project = ? and id = any(?)
                          and not exists (select 1 from deleted_task g where g.task = t.id)""")
                .params(project.value(), tx.connection().createArrayOf("bigint", tasks.toArray()))
                .query(row -> {
                    found.put(row.getLong(1), row.getObject(2, UUID.class));
                });
        return found;
    }

    /** What came with a lease. */
    Optional<Row> shown(Tx tx, long lease) {
        return tx.db()
                .sql(COLUMNS + "join lease_pre_label x on x.pre_label = p.id where x.lease = ?")
                .param(lease)
                .query((row, n) -> row(row))
                .optional();
    }

    /** A task's pre-labels, the newest first, those that were taken back among them. */
    List<Row> ofTask(Tx tx, ProjectId project, long task) {
        return tx.db()
                .sql(COLUMNS + "where p.project = ? and p.task = ? order by p.id desc")
                .params(project.value(), task)
                .query((row, n) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                new Named(row.getString("name"), row.getString("version")),
                row.getObject("confidence", Double.class),
                row.getInt("ontology_version"),
                row.getBytes("sealed"),
                instant(row, "at"),
                row.getBoolean("removed"));
    }

    /** The answers to a task that came of a pre-label, each with that. */
    Map<Long, Origin> origins(Tx tx, ProjectId project, long task) {
        var found = new HashMap<Long, Origin>();
        tx.db().sql("""
                        select x.submission, p.id, m.name, m.version, p.confidence, x.unchanged
                        from submission s
                          join submission_pre_label x on x.submission = s.id
                          join pre_label p on p.id = x.pre_label
                          join pre_label_model m on m.id = p.model
                        where s.project = ? and s.task = ? and not s.gold""").params(project.value(), task).query(row -> {
            found.put(
                    row.getLong("submission"),
                    new Origin(
                            row.getLong("id"),
                            row.getString("name"),
                            row.getString("version"),
                            row.getObject("confidence", Double.class),
                            row.getBoolean("unchanged")));
        });
        return found;
    }

    /** A project's models in the order in which they came, those that were taken back among them. */
    List<ModelRow> models(Tx tx, ProjectId project) {
        return tx.db()
                .sql("""
                        select m.id, m.name, m.version, m.labels, coalesce(u.unchanged, 0) as unchanged,
                          coalesce(u.changed, 0) as changed, m.at, m.removed_at
                        from pre_label_model m left join pre_label_use u on u.model = m.id
                        where m.project = ? order by m.id""")
                .param(project.value())
                .query((row, n) -> new ModelRow(
                        row.getLong("id"),
                        new Named(row.getString("name"), row.getString("version")),
                        row.getLong("labels"),
                        row.getLong("unchanged"),
                        row.getLong("changed"),
                        instant(row, "at"),
                        row.getObject("removed_at") == null ? null : instant(row, "removed_at")))
                .list();
    }

    /** How many pre-labels were taken back; empty when the project has no such model, or it was taken back before. */
    Optional<Long> remove(Tx tx, ProjectId project, long model, PersonId by) {
        return tx.db()
                .sql("""
                        update pre_label_model set removed_by = ?, removed_at = now()
                        where project = ? and id = ? and removed_at is null returning labels""")
                .params(by.value(), project.value(), model)
                .query(Long.class)
                .optional();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
