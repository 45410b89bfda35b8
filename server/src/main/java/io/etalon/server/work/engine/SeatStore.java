package io.etalon.server.work.engine;

import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Whose a client's queues are: the cell's table {@code work_seat} and the advisory locks of the writers' sessions. */
final class SeatStore {
    /** "seat" in ASCII; the first key of the advisory lock, one more for each further writer. The second is 0. */
    private static final int LOCK_CLASS = 0x73656174;

    private static final int MOST_WRITERS = 16;

    static final String LOCK_TIMEOUT = "55P03";

    /**
     * Who took the queues last.
     *
     * @param node null when nobody ever did
     */
    record Row(long epoch, Optional<UUID> node) {}

    /**
     * Takes a writer's lock on its own connection, for as long as the session lives; false when another session has it.
     * Waits for a moment: the session of a connection that was just lost may still be ending.
     */
    boolean lock(Tx tx, int writer) throws SQLException {
        try (var statement = tx.connection().createStatement()) {
            statement.execute("set local lock_timeout = '300ms'");
            statement.execute("select pg_advisory_lock(" + (LOCK_CLASS + writer) + ", 0)");
        } catch (SQLException e) {
            tx.connection().rollback();
            if (LOCK_TIMEOUT.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
        tx.connection().commit();
        return true;
    }

    /** Enters the new owner of all locks; waits shortly for those who still hold the row from before. */
    long enter(Tx tx, UUID node) throws SQLException {
        try (var statement = tx.connection().createStatement()) {
            statement.execute("set local lock_timeout = '3s'");
        }
        try (var statement = tx.connection()
                .prepareStatement("update work_seat set epoch = epoch + 1, node = ?, since = now() returning epoch")) {
            statement.setObject(1, node);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    Row read(Tx tx) {
        return tx.db()
                .sql("select epoch, node from work_seat")
                .query((row, n) -> new Row(row.getLong(1), Optional.ofNullable(row.getObject(2, UUID.class))))
                .single();
    }

    /** Keeps the seat as it is until the transaction ends; returns how often it was taken. */
    long hold(Tx tx) {
        return tx.db()
                .sql("select epoch from work_seat for share")
                .query(Long.class)
                .single();
    }

    /** Ends the sessions that hold the locks or the row: those of a server that gives no sign of life. */
    int evict(Tx tx) {
        return tx.db()
                .sql("""
                        select count(pg_terminate_backend(pid)) from (
                          select distinct pid from pg_locks
                          where database = (select oid from pg_database where datname = current_database())
                            and pid <> pg_backend_pid()
                            and (locktype = 'advisory' and classid between :first and :last and objid = 0
                                 or locktype = 'relation' and relation = 'work_seat'::regclass)) holder""")
                .param("first", LOCK_CLASS)
                .param("last", LOCK_CLASS + MOST_WRITERS)
                .query(Integer.class)
                .single();
    }
}
