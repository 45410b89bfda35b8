package io.etalon.server.transfer;

import io.etalon.annotation.AssetExtent;
import io.etalon.server.base.ContentHash;
import io.etalon.server.base.CopyRows;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.job.JobReport;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables {@code import_piece} and {@code import_line}, and a look at what a project has. */
final class ImportStore {
    /** How far an import is, and what came of it. */
    record Standing(Cutter.Position position, long accepted, long rejected, long duplicate, long blank) {
        JobReport report() {
            return JobReport.ofImport(accepted, rejected, duplicate, blank);
        }

        Standing plus(Settled piece, RawPiece raw) {
            return new Standing(
                    new Cutter.Position(
                            raw.number() + 1, position.lines() + raw.lines().size(), raw.end()),
                    accepted + piece.accepted(),
                    rejected + piece.count(LineNote.REJECTED),
                    duplicate + piece.count(LineNote.DUPLICATE),
                    blank + piece.blank());
        }
    }

    Standing standing(Tx tx, UUID job) {
        return tx.db()
                .sql("""
                        select count(*)::int, coalesce(sum(lines), 0)::bigint, coalesce(max(end_offset), 0),
                          coalesce(sum(accepted), 0)::bigint, coalesce(sum(rejected), 0)::bigint,
                          coalesce(sum(duplicate), 0)::bigint, coalesce(sum(blank), 0)::bigint
                        from import_piece where job = ?""")
                .param(job)
                .query((row, n) -> new Standing(
                        new Cutter.Position(row.getInt(1), row.getLong(2), row.getLong(3)),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7)))
                .single();
    }

    /** Writes that a piece is taken in; fails when it was before. */
    void insert(Tx tx, UUID job, RawPiece raw, Settled piece) throws SQLException {
        tx.db()
                .sql("""
                        insert into import_piece (job, number, first_line, lines, end_offset, accepted, rejected, duplicate,
                          blank) values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        job,
                        raw.number(),
                        raw.lines().getFirst().number(),
                        raw.lines().size(),
                        raw.end(),
                        piece.accepted(),
                        piece.count(LineNote.REJECTED),
                        piece.count(LineNote.DUPLICATE),
                        piece.blank())
                .update();
        var rows = new CopyRows(80 * piece.notes().size());
        for (var note : piece.notes()) {
            rows.row(4).uuid(job).number(note.line()).text(note.outcome()).text(note.reason());
        }
        rows.copy(tx.connection(), "import_line (job, line, outcome, reason)");
    }

    /** The lines that became no task, by their number. */
    List<LineNote> notes(Tx tx, UUID job, @Nullable String outcome, long after, int limit) {
        return tx.db()
                .sql("""
                        select line, outcome, reason from import_line
                        where job = ? and line > ? and (?::text is null or outcome = ?) order by line limit ?""")
                .param(job)
                .param(after)
                .param(outcome)
                .param(outcome)
                .param(limit)
                .query((row, n) -> new LineNote(row.getLong(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** Keeps assets from being deleted until the end of the transaction, while they are given tasks. */
    void hold(Tx tx, ProjectId project) {
        tx.db()
                .sql("select 1 from project where id = ? for share")
                .param(project.value())
                .query(Integer.class)
                .optional();
    }

    /** Those of the hashes that the project has an asset of, with its id. */
    Map<ContentHash, UUID> assetsOf(Tx tx, ProjectId project, Collection<ContentHash> hashes) throws SQLException {
        var found = new HashMap<ContentHash, UUID>();
        try (var statement = tx.connection().prepareStatement("""
                select sha256, id from asset where content in (select asset_content(?, h) from unnest(?) h)
                  and not exists (select from deleted_asset g where g.project = asset.project and g.asset = asset.id)""")) {
            statement.setObject(1, project.value());
            var bytes = hashes.stream().map(ContentHash::bytes).toArray(byte[][]::new);
            statement.setArray(2, tx.connection().createArrayOf("bytea", bytes));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(ContentHash.of(rows.getBytes(1)), rows.getObject(2, UUID.class));
                }
            }
        }
        return found;
    }

    /** Those of the ids that are assets of the project. */
    Set<UUID> assets(Tx tx, ProjectId project, Collection<UUID> ids) throws SQLException {
        return ids(
                tx,
                "select id from asset where project = ? and id = any(?)"
                        + " and not exists (select from deleted_asset g where g.project = asset.project"
                        + " and g.asset = asset.id)",
                project,
                ids);
    }

    /** How large some assets are. */
    Map<UUID, AssetExtent> extents(Tx tx, ProjectId project, Collection<UUID> assets) throws SQLException {
        var found = new HashMap<UUID, AssetExtent>();
        if (assets.isEmpty()) {
            return found;
        }
        try (var statement = tx.connection().prepareStatement("""
                select id, width, height, code_points from asset where project = ? and id = any(?)""")) {
            statement.setObject(1, project.value());
            statement.setArray(2, tx.connection().createArrayOf("uuid", assets.toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var width = rows.getObject(2, Integer.class);
                    var height = rows.getObject(3, Integer.class);
                    var codePoints = rows.getObject(4, Long.class);
                    found.put(
                            rows.getObject(1, UUID.class),
                            width != null && height != null
                                    ? new AssetExtent.ImageExtent(width, height)
                                    : codePoints != null
                                            ? new AssetExtent.TextExtent(codePoints)
                                            : new AssetExtent.NoExtent());
                }
            }
        }
        return found;
    }

    /** Those of the assets that have a task. */
    Set<UUID> planned(Tx tx, ProjectId project, Collection<UUID> ids) throws SQLException {
        return ids(tx, "select asset from task where project = ? and asset = any(?)", project, ids);
    }

    private static Set<UUID> ids(Tx tx, String sql, ProjectId project, Collection<UUID> ids) throws SQLException {
        var found = new HashSet<UUID>();
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setObject(1, project.value());
            statement.setArray(2, tx.connection().createArrayOf("uuid", ids.toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return found;
    }
}
