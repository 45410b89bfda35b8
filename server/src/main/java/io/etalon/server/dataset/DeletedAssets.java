package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.pack.AssetCounts;
import io.etalon.server.dataset.pack.Packs;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Assets that are deleted and may be brought back: their rows and bytes are kept, and nothing that reads assets finds them.
 * For the feature that keeps the deletions, in its transactions. Thread-safe.
 */
@Service
public final class DeletedAssets {
    private final Packs packs;

    DeletedAssets(Packs packs) {
        this.packs = packs;
    }

    /**
     * The assets of a project that are there, in the order they came in.
     *
     * @param among these alone; null for all
     * @param pattern their whole name, in which a star stands for any characters or none; null for any name
     * @param most so many at most
     */
    public List<UUID> find(
            Tx tx, ProjectId project, @Nullable Collection<UUID> among, @Nullable String pattern, int most)
            throws SQLException {
        return tx.db()
                .sql("""
                        select id from asset a
                        where project = :project and (:among::uuid[] is null or id = any(:among::uuid[]))
                          and (:pattern::text is null or name like :pattern)
                          and not exists (select from deleted_asset g where g.project = a.project and g.asset = a.id)
                        order by id limit :most""")
                .param("project", project.value())
                .param("among", among == null ? null : tx.connection().createArrayOf("uuid", among.toArray()))
                .param("pattern", pattern == null ? null : like(pattern))
                .param("most", most)
                .query(UUID.class)
                .list();
    }

    private static String like(String pattern) {
        return pattern.replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_")
                .replace('*', '%');
    }

    /** Takes those of the assets out of sight that are there; returns how many they were. */
    public int mark(Tx tx, ProjectId project, long deletion, Collection<UUID> assets) throws SQLException {
        var marked = tx.db()
                .sql("""
                        insert into deleted_asset (project, asset, deletion)
                        select project, id, ? from asset where project = ? and id = any(?)
                        on conflict (project, asset) do nothing""")
                .params(deletion, project.value(), tx.connection().createArrayOf("uuid", assets.toArray()))
                .update();
        AssetCounts.add(tx, project, -marked);
        return marked;
    }

    /** Brings back what a deletion took away; returns how many assets. */
    public int unmark(Tx tx, ProjectId project, long deletion) {
        var marked = tx.db()
                .sql("delete from deleted_asset where project = ? and deletion = ?")
                .params(project.value(), deletion)
                .update();
        AssetCounts.add(tx, project, marked);
        return marked;
    }

    /** The packs that hold texts of a deletion's assets, to be {@linkplain #thin thinned} when the assets' rows are gone. */
    public List<Long> packs(Tx tx, long deletion) {
        return tx.db().sql("""
                        select distinct a.pack from deleted_asset d join asset a on a.project = d.project and a.id = d.asset
                        where d.deletion = ? and a.pack is not null""").param(deletion).query(Long.class).list();
    }

    /** Removes from packs what no asset's row stands for. */
    public void thin(Tx tx, ClientId client, ProjectId project, Collection<Long> from) throws SQLException {
        for (var pack : from) {
            packs.thin(tx, client, project, pack);
        }
    }
}
