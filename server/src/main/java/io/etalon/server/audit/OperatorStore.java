package io.etalon.server.audit;

import io.etalon.ledger.Cosigner;
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

/** The control tables {@code operator_entry}, {@code operator_checkpoint} and {@code operator_cosignature}. */
final class OperatorStore {
    /** An entry with its index. */
    record Entry(long index, LoggedHead head) {}

    /** All clients' witnesses watch this one log; beyond this number somebody makes witnesses up. */
    private static final int MOST_WITNESSES = 64;

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

    Optional<Head> head(Tx tx, long size) {
        return tx.db()
                .sql("select size, note from operator_checkpoint where size = ?")
                .param(size)
                .query((row, n) -> new Head(row.getLong("size"), row.getString("note")))
                .optional();
    }

    /** The newest head that a witness signed. */
    Optional<Head> witnessed(Tx tx) {
        return tx.db()
                .sql("select size from operator_cosignature order by size desc limit 1")
                .query(Long.class)
                .optional()
                .flatMap(size -> head(tx, size));
    }

    /** A head with the lines of the witnesses who signed it, in the order of their names. */
    Head cosigned(Tx tx, Head head) {
        var note = new StringBuilder(head.note());
        tx.db()
                .sql("select line from operator_cosignature where size = ? order by witness")
                .param(head.size())
                .query(String.class)
                .list()
                .forEach(line -> note.append(line).append('\n'));
        return new Head(head.size(), note.toString());
    }

    /** Keeps a witness's line about a head, the first one of each; false when the head has as many as are kept. */
    boolean cosign(Tx tx, long size, Cosigner.Key witness, String line, Instant at) {
        var others = tx.db()
                .sql("select count(*) from operator_cosignature where size = ? and witness <> ?")
                .params(size, witness.toString())
                .query(Long.class)
                .single();
        if (others >= MOST_WITNESSES) {
            return false;
        }
        tx.db()
                .sql("""
                        insert into operator_cosignature (size, witness, line, at) values (?, ?, ?, ?)
                        on conflict do nothing""")
                .params(size, witness.toString(), line, at.atOffset(ZoneOffset.UTC))
                .update();
        return true;
    }

    void insertHead(Tx tx, Head head, Instant at) {
        tx.db()
                .sql("insert into operator_checkpoint (size, note, signed_at) values (?, ?, ?)")
                .params(head.size(), head.note(), at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
