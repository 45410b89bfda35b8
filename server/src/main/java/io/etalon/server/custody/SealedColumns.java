package io.etalon.server.custody;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All sealed columns of a cell. A test compares them with the schema, so that none is forgotten. */
final class SealedColumns {
    /** As {@link java.time.Instant#toString} spells a time: with no, three or six digits of the second's fraction. */
    private static final String INSTANT = """
            to_char(t.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') || case
              when extract(microseconds from t.created_at)::bigint % 1000000 = 0 then ''
              when extract(microseconds from t.created_at)::bigint % 1000 = 0
                then to_char(t.created_at at time zone 'UTC', '.MS')
              else to_char(t.created_at at time zone 'UTC', '.US') end || 'Z'""";

    static final List<SealedColumn> ALL = List.of(
            SealedColumn.of("ontology_version", "sealed", "'ontology ' || t.version"),
            SealedColumn.of("guideline_version", "sealed", "'guidelines ' || t.version"),
            SealedColumn.of("course", "sealed", "'course ' || t.id || ' ' || t.version"),
            SealedColumn.of("asset_pack", "sealed", "'pack ' || t.id"),
            SealedColumn.of("submission", "texts", "'answer ' || t.lease"),
            SealedColumn.of("review_decision", "texts", "'answer ' || t.lease"),
            SealedColumn.of("review_decision", "comments", "'comments ' || t.submission"),
            SealedColumn.of("restoration", "texts", "'answer ' || t.lease"),
            SealedColumn.of("task_merge", "texts", "'answer ' || t.id"),
            SealedColumn.of("pre_label", "sealed", "'pre-label ' || t.id"),
            SealedColumn.of("draft", "sealed", "'draft ' || t.task || ' ' || t.person"),
            new SealedColumn("lease_end", "note", "join lease l on l.id = t.lease", "l.project", "'note ' || t.lease"),
            SealedColumn.of("appeal", "text", "'appeal ' || t.submission"),
            SealedColumn.of("submission_comment", "sealed", "'comment ' || t.id"),
            SealedColumn.of("gold", "answer", "'gold answer ' || t.task"),
            SealedColumn.of("gold", "feedback", "'gold feedback ' || t.task"),
            SealedColumn.of("job", "request", "'job ' || t.id"),
            SealedColumn.of("release", "notes", "'notes of the release cut at ' || " + INSTANT));

    private static final int FETCH = 500;

    /** Where a value lies, for as long as its row is not changed. */
    record Place(SealedColumn column, String row) {}

    /** A sealed value. */
    record Value(Place place, byte[] sealed, String context) {}

    /** Takes values as they are read. */
    interface Reader {
        void take(Value value) throws SQLException;
    }

    private SealedColumns() {}

    /** Reads a project's values that do not begin with some bytes; memory for a batch of rows. */
    static void read(Tx tx, SealedColumn column, ProjectId project, byte[] but, Reader reader) throws SQLException {
        try (var statement = tx.connection().prepareStatement(column.select())) {
            statement.setFetchSize(FETCH);
            statement.setObject(1, project.value());
            statement.setBytes(2, but);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.take(new Value(new Place(column, rows.getString(1)), rows.getBytes(2), rows.getString(3)));
                }
            }
        }
    }

    /** How many values of a project do not begin with some bytes, over all columns. */
    static long count(Tx tx, ProjectId project, byte[] but) {
        var sum = 0L;
        for (var column : ALL) {
            sum += tx.db()
                    .sql(column.count())
                    .params(project.value(), but)
                    .query(Long.class)
                    .single();
        }
        return sum;
    }

    /** Another value in the place of one. */
    record Change(Value before, byte[] after) {}

    /** Writes new values; a row that was changed meanwhile is left. */
    static void write(Tx tx, List<Change> changes) throws SQLException {
        var byColumn = new ArrayList<>(changes);
        while (!byColumn.isEmpty()) {
            var column = byColumn.getFirst().before().place().column();
            try (var statement = tx.connection().prepareStatement(column.update())) {
                for (var change : byColumn) {
                    if (change.before().place().column().equals(column)) {
                        statement.setBytes(1, change.after());
                        statement.setString(2, change.before().place().row());
                        statement.setBytes(3, change.before().sealed());
                        statement.addBatch();
                    }
                }
                statement.executeBatch();
            }
            byColumn.removeIf(change -> change.before().place().column().equals(column));
        }
    }
}
