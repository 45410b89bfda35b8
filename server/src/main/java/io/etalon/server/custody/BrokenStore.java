package io.etalon.server.custody;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cell's table {@code broken_object}. */
final class BrokenStore {
    /**
     * Something that could not be read.
     *
     * @param name of an object, or a table's column and the place in it
     * @param asset whose bytes they are, when they are an asset's
     */
    record Broken(String name, @Nullable UUID asset, Instant foundAt) {}

    void forgetAll(Tx tx, ProjectId project) {
        tx.db()
                .sql("delete from broken_object where project = ?")
                .param(project.value())
                .update();
    }

    /** An asset that was purged meanwhile is missing rightly. */
    void add(Tx tx, ProjectId project, List<Broken> found) {
        for (var one : found) {
            tx.db()
                    .sql("""
                            insert into broken_object (project, name, asset, found_at)
                            select p, ?, a, ? from (values (?, ?::uuid)) one (p, a)
                            where a is null or exists (select from asset s where s.project = p and s.id = a)
                            on conflict (project, name) do update set found_at = excluded.found_at""")
                    .param(one.name())
                    .param(one.foundAt().atOffset(ZoneOffset.UTC))
                    .param(project.value())
                    .param(one.asset())
                    .update();
        }
    }

    long count(Tx tx, ProjectId project) {
        return tx.db()
                .sql("select count(*) from broken_object where project = ?")
                .param(project.value())
                .query(Long.class)
                .single();
    }

    /** In the order of their names, after one. */
    List<Broken> list(Tx tx, ProjectId project, String after, int limit) {
        return tx.db()
                .sql("""
                        select name, asset, found_at from broken_object where project = ? and name > ?
                        order by name limit ?""")
                .params(project.value(), after, limit)
                .query((row, n) -> new Broken(
                        row.getString("name"),
                        row.getObject("asset", UUID.class),
                        row.getObject("found_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
