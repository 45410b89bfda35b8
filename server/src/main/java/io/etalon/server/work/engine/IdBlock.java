package io.etalon.server.work.engine;

import java.sql.Connection;
import java.sql.SQLException;

/** A writer's stock of numbers from the sequence {@code work_id}, a thousand at a time. Not thread-safe. */
final class IdBlock {
    private static final int SIZE = 1_000;

    private long next;
    private long end;

    long next(Connection connection) throws SQLException {
        if (next == end) {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select nextval('work_id')")) {
                row.next();
                next = row.getLong(1);
                end = next + SIZE;
            }
        }
        return next++;
    }

    void forget() {
        next = 0;
        end = 0;
    }
}
