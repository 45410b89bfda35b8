package io.etalon.server.work.engine;

import io.etalon.server.base.ProjectId;
import io.etalon.server.work.frontier.Frontier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The assets of the tasks that are being handed out. All of them would take sixteen bytes a task; since tasks leave in
 * order, a few blocks of them do. A task's asset never changes. Thread-safe; a miss is read while others wait.
 */
final class AssetWindow {
    /** Positions a block. */
    private static final int BLOCK = 256;

    /** Blocks that are kept, the least recently used going first: half a megabyte a queue. */
    private static final int BLOCKS = 128;

    private static final String SQL = "select id, asset from task where project = ? and id between ? and ?";

    private final ProjectId project;
    private final Map<Integer, Map<Long, UUID>> blocks = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Map<Long, UUID>> eldest) {
            return size() > BLOCKS;
        }
    };

    AssetWindow(ProjectId project) {
        this.project = project;
    }

    /** The asset of a task; null when the table has no such task. */
    synchronized @Nullable UUID of(Connection connection, Frontier tasks, long task) throws SQLException {
        var number = tasks.find(task) / BLOCK;
        var known = blocks.get(number);
        if (known == null || !known.containsKey(task)) {
            // The last block grows while tasks are planned.
            known = read(
                    connection, tasks.id(number * BLOCK), tasks.id(Math.min(tasks.size(), (number + 1) * BLOCK) - 1));
            blocks.put(number, known);
        }
        return known.get(task);
    }

    /** The assets of a task's block, or its own alone when the block has left. */
    synchronized Collection<UUID> near(Frontier tasks, long task, UUID own) {
        var known = blocks.get(tasks.find(task) / BLOCK);
        return known == null ? List.of(own) : List.copyOf(known.values());
    }

    private Map<Long, UUID> read(Connection connection, long from, long to) throws SQLException {
        Map<Long, UUID> assets = HashMap.newHashMap(BLOCK);
        try (var statement = connection.prepareStatement(SQL)) {
            statement.setObject(1, project.value());
            statement.setLong(2, from);
            statement.setLong(3, to);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    assets.put(rows.getLong(1), rows.getObject(2, UUID.class));
                }
            }
        }
        return assets;
    }
}
