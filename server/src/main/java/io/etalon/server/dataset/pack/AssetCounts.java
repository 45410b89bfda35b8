package io.etalon.server.dataset.pack;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;

/** The cell's table {@code asset_count}: kept in the transactions that add assets, so that nobody counts them. */
public final class AssetCounts {
    private AssetCounts() {}

    /** How many assets a project has. */
    public static long of(Tx tx, ProjectId project) {
        return tx.db()
                .sql("select coalesce(sum(assets), 0)::bigint from asset_count where project = ?")
                .param(project.value())
                .query(Long.class)
                .single();
    }

    /** To be called last in a transaction: who adds on the same stripe waits for its end. Two uploads at once write different stripes, since each has a connection of its own. */
    public static void add(Tx tx, ProjectId project, long more) {
        tx.db().sql("""
                        insert into asset_count as c (project, stripe, assets) values (?, pg_backend_pid() % 16, ?)
                        on conflict (project, stripe) do update set assets = c.assets + excluded.assets""").params(project.value(), more).update();
    }
}
