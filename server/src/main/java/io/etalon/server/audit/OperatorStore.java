package io.etalon.server.audit;

import io.etalon.ledger.Hash;
import io.etalon.ledger.LoggedHead;
import io.etalon.server.audit.AuditStore.Head;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The control tables {@code operator_entry} and {@code operator_checkpoint}. */
final class OperatorStore {
    /** An entry with its index. */
    record Entry(long index, LoggedHead head) {}

    private static final long LOCK = 0x6574616c6f6e02L;

    /** One appends at a time, whatever the number of servers; the lock ends with the transaction. */
    void lock(Tx tx) {
        tx.db().sql("select pg_advisory_xact_lock(?)").param(LOCK).query(row -> {});
    }

    /** The number of entries. */
    long size(Tx tx) {
        return tx.db()
                .sql("select coalesce(max(idx) + 1, 0) from operator_entry")
                .query(Long.class)
                .single();
    }

    /** The newest entry about a log. */
    Optional<Entry> last(Tx tx, Hash log) {
        return tx.db()
                .sql("select idx, log, size, root from operator_entry where log = ? order by idx desc limit 1")
                .param(log.bytes())
                .query((row, n) -> entry(row))
                .optional();
    }

    /** The newest entry about a log at a size. */
    Optional<Entry> find(Tx tx, Hash log, long size) {
        return tx.db()
                .sql("""
                        select idx, log, size, root from operator_entry where log = ? and size = ?
                        order by idx desc limit 1""")
                .params(log.bytes(), size)
                .query((row, n) -> entry(row))
                .optional();
    }

    /** Entries from an index on, in their order. */
    List<byte[]> entries(Tx tx, long from, int count) {
        return tx.db()
                .sql("select idx, log, size, root from operator_entry where idx >= ? and idx < ? order by idx")
                .params(from, from + count)
                .query((row, n) -> entry(row).head().entry())
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("idx"),
                new LoggedHead(Hash.of(row.getBytes("log")), row.getLong("size"), Hash.of(row.getBytes("root"))));
    }

    void append(Tx tx, long index, LoggedHead head) {
        tx.db()
                .sql("insert into operator_entry (idx, log, size, root) values (?, ?, ?, ?)")
                .params(index, head.log().bytes(), head.size(), head.root().bytes())
                .update();
    }

    Optional<Head> head(Tx tx) {
        return tx.db()
                .sql("select size, note from operator_checkpoint order by size desc limit 1")
                .query((row, n) -> new Head(row.getLong("size"), row.getString("note")))
                .optional();
    }

    void insertHead(Tx tx, Head head, Instant at) {
        tx.db()
                .sql("insert into operator_checkpoint (size, note, signed_at) values (?, ?, ?)")
                .params(head.size(), head.note(), at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
