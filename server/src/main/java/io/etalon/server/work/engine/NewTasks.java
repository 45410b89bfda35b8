package io.etalon.server.work.engine;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Tasks to be added together with their assets, each for an asset of its own that has none yet. */
public record NewTasks(List<UUID> assets, int[] priorities) {
    /** Ends the transaction in which they are written. */
    @FunctionalInterface
    public interface Commit {
        void run() throws SQLException;
    }
}
