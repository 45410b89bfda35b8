package io.etalon.server.work.engine;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Tx;
import java.sql.SQLException;

/** Adds tasks to a queue that come in together with their assets, in one transaction of the caller's. */
final class TaskAppend {
    private TaskAppend() {}

    static void run(WorkQueue queue, PlanStore store, Tx tx, NewTasks tasks, NewTasks.Commit commit) {
        // Numbers are given and offered by one planner at a time: a queue finds a task by its ascending number.
        synchronized (queue) {
            var numbers = written(queue, store, tx, tasks);
            try {
                commit.run();
            } catch (SQLException e) {
                // It is unknown whether the rows are there.
                queue.suspect();
                throw failed(e);
            } catch (RuntimeException e) {
                queue.suspect();
                throw e;
            }
            for (var i = 0; i < numbers.length; i++) {
                queue.add(numbers[i], tasks.priorities()[i]);
            }
        }
    }

    private static long[] written(WorkQueue queue, PlanStore store, Tx tx, NewTasks tasks) {
        try {
            return store.append(tx, queue.project, tasks);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static EtalonException failed(SQLException e) {
        return new EtalonException(ErrorCode.DATABASE_DOWN, "The tasks could not be added; nothing was written.", e);
    }
}
