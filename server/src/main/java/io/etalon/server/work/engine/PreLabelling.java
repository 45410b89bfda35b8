package io.etalon.server.work.engine;

import io.etalon.server.base.Tx;
import io.etalon.server.work.gold.GoldItem;
import io.etalon.server.work.gold.GoldSetting;
import java.sql.SQLException;
import java.util.List;

/**
 * Whether the leases of one queue come with what a model answered. Gold must look like other work: as long as one gold task
 * that people may get has no pre-label, nobody is shown any. Decided whenever gold, the rules or the pre-labels change, and
 * read at every grant. Thread-safe; decisions are the lane's, one at a time.
 */
public final class PreLabelling {
    private static final String WITHOUT = """
            select count(*)::int from unnest(?::bigint[]) g (task)
            where not exists (
              select 1 from pre_label p join pre_label_model m on m.id = p.model
              where p.task = g.task and m.removed_at is null)""";

    /**
     * How a queue stands.
     *
     * @param asked whether its rules say that pre-labels are shown
     * @param shown whether they are
     * @param goldWithout gold tasks in use that have none; 0 while none are asked for
     */
    public record Standing(boolean asked, boolean shown, int goldWithout) {}

    private static final Standing OFF = new Standing(false, false, 0);

    private volatile Standing now = OFF;

    PreLabelling() {}

    Standing now() {
        return now;
    }

    boolean shown() {
        return now.shown();
    }

    /** How it will stand with some gold. A queue that shows none costs no query. */
    Standing look(Tx tx, boolean asked, GoldSetting gold) {
        if (!asked) {
            return OFF;
        }
        try {
            var without = without(tx, inUse(gold));
            return new Standing(true, without == 0, without);
        } catch (SQLException e) {
            throw new IllegalStateException("the gold without pre-labels could not be counted", e);
        }
    }

    private static List<GoldItem> inUse(GoldSetting gold) {
        return gold.schedule() != null
                ? gold.items()
                : gold.items().stream()
                        .filter(item -> gold.exam().contains(item.id()))
                        .toList();
    }

    private static int without(Tx tx, List<GoldItem> gold) throws SQLException {
        if (gold.isEmpty()) {
            return 0;
        }
        try (var statement = tx.connection().prepareStatement(WITHOUT)) {
            var tasks = gold.stream().map(GoldItem::task).toArray();
            statement.setArray(1, tx.connection().createArrayOf("bigint", tasks));
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Before gold of which some has none may be given out. */
    void hide(Standing next) {
        if (!next.shown()) {
            now = next;
        }
    }

    /** Once nothing but that gold is given out. */
    void settle(Standing next) {
        now = next;
    }
}
