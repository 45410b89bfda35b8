package io.etalon.server.audit;

import io.etalon.ledger.Cosigner;
import io.etalon.ledger.EntryBundle;
import io.etalon.server.base.Rows;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The tables {@code audit_batch}, {@code audit_run} and {@code audit_checkpoint} of a cell. */
final class AuditStore {
    /** The row of a transaction's events: its id, and the number of the transaction. */
    record Written(long batch, long transaction) {}

    /** Leaves that one transaction wrote together. */
    record Batch(long id, List<byte[]> leaves) {}

    /** Committed batches without indexes, and the horizon of the snapshot that saw them. */
    record Waiting(List<Batch> batches, long horizon) {}

    /** A leaf with its index. */
    record Leaf(long index, byte[] bytes) {}

    /** A signed head. */
    record Head(long size, String note) {}

    /** The most leaves of a batch. */
    static final int MAX_WIDTH = 256;

    /** A number that no other feature locks on. */
    private static final long SEQUENCER_LOCK = 0x6574616c6f6e01L;

    /** Writes 1 to {@value #MAX_WIDTH} leaves as one row. */
    Written insert(Tx tx, List<byte[]> leaves) throws SQLException {
        var sql = "insert into audit_batch (width, leaves) values (?, ?) returning id, xid::text::bigint";
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setInt(1, leaves.size());
            statement.setBytes(2, EntryBundle.encode(leaves));
            try (var row = statement.executeQuery()) {
                row.next();
                return new Written(row.getLong(1), row.getLong(2));
            }
        }
    }

    /** The same for any number of leaves, in rows that the caller writes. */
    static Rows rows(List<byte[]> leaves) {
        var rows = new Rows(
                "insert into audit_batch (width, leaves) select * from unnest(?::int[], ?::bytea[])", "int", "bytea");
        for (var from = 0; from < leaves.size(); from += MAX_WIDTH) {
            var bundle = leaves.subList(from, Math.min(leaves.size(), from + MAX_WIDTH));
            rows.add(bundle.size(), EntryBundle.encode(bundle));
        }
        return rows;
    }

    /** One sequencer at a time in the whole cell, whatever the number of servers; the lock ends with the transaction. */
    void lockSequence(Tx tx) {
        tx.db()
                .sql("select pg_advisory_xact_lock(?)")
                .param(SEQUENCER_LOCK)
                .query((row, n) -> n)
                .list();
    }

    /**
     * Committed batches without indexes, of transactions from {@code from} on. The horizon comes from the same snapshot:
     * every transaction below it has ended, so its batches are either in this answer or have indexes already.
     */
    Waiting waiting(Tx tx, long from, int limit) throws SQLException {
        var batches = new ArrayList<Batch>();
        var horizon = from;
        var sql = """
                select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon, w.id, w.width, w.leaves
                from (values (1)) one (n)
                left join lateral (
                  select b.id, b.width, b.leaves from audit_batch b
                  where b.xid >= ?::text::xid8 and not exists (select 1 from audit_run r where r.batch = b.id)
                  order by b.id limit ?) w on true""";
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setString(1, Long.toString(from));
            statement.setInt(2, limit);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    horizon = rows.getLong("horizon");
                    var leaves = rows.getBytes("leaves");
                    if (leaves != null) {
                        batches.add(new Batch(rows.getLong("id"), EntryBundle.decode(leaves, rows.getInt("width"))));
                    }
                }
            }
        }
        return new Waiting(batches, horizon);
    }

    /** Gives the batches' leaves consecutive indexes from {@code first} on. */
    void number(Tx tx, long first, List<Batch> batches) throws SQLException {
        var firsts = new Long[batches.size()];
        var widths = new Integer[batches.size()];
        var ids = new Long[batches.size()];
        var next = first;
        for (var i = 0; i < ids.length; i++) {
            var batch = batches.get(i);
            firsts[i] = next;
            widths[i] = batch.leaves().size();
            ids[i] = batch.id();
            next += widths[i];
        }
        var sql =
                "insert into audit_run (first, width, batch) select * from unnest(?::bigint[], ?::int[], ?::bigint[])";
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setArray(1, tx.connection().createArrayOf("bigint", firsts));
            statement.setArray(2, tx.connection().createArrayOf("int", widths));
            statement.setArray(3, tx.connection().createArrayOf("bigint", ids));
            statement.executeUpdate();
        }
    }

    /** The number of entries that have an index. */
    long size(Tx tx) {
        return tx.db()
                .sql("select first + width from audit_run order by first desc limit 1")
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    Optional<Head> head(Tx tx) {
        return tx.db()
                .sql("select size, note from audit_checkpoint order by size desc limit 1")
                .query((row, n) -> new Head(row.getLong("size"), row.getString("note")))
                .optional();
    }

    /** The heads above a size, the smallest first. */
    List<Head> headsAfter(Tx tx, long size, int limit) {
        return tx.db()
                .sql("select size, note from audit_checkpoint where size > ? order by size limit ?")
                .params(size, limit)
                .query((row, n) -> new Head(row.getLong("size"), row.getString("note")))
                .list();
    }

    void insertHead(Tx tx, Head head, Instant at) {
        tx.db()
                .sql("insert into audit_checkpoint (size, note, signed_at) values (?, ?, ?)")
                .params(head.size(), head.note(), at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Keeps a witness's line about a head; the first one of a witness stays. */
    void insertCosignature(Tx tx, long size, Cosigner.Key witness, String line, Instant at) {
        tx.db()
                .sql("""
                        insert into audit_cosignature (size, witness, line, at) values (?, ?, ?, ?)
                        on conflict do nothing""")
                .params(size, witness.toString(), line, at.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Head> head(Tx tx, long size) {
        return tx.db()
                .sql("select size, note from audit_checkpoint where size = ?")
                .param(size)
                .query((row, n) -> new Head(row.getLong("size"), row.getString("note")))
                .optional();
    }

    /** A head with the lines of the witnesses who signed it, in the order of their names. */
    Head cosigned(Tx tx, Head head) {
        var lines = tx.db()
                .sql("select line from audit_cosignature where size = ? order by witness")
                .param(head.size())
                .query(String.class)
                .list();
        var note = new StringBuilder(head.note());
        lines.forEach(line -> note.append(line).append('\n'));
        return new Head(head.size(), note.toString());
    }

    /** The size of the newest head that a witness signed. */
    OptionalLong newestCosigned(Tx tx) {
        var size = tx.db()
                .sql("select size from audit_cosignature order by size desc limit 1")
                .query(Long.class)
                .optional();
        return size.isPresent() ? OptionalLong.of(size.get()) : OptionalLong.empty();
    }

    /** The index of a batch's first leaf. */
    OptionalLong indexOf(Tx tx, long batch) {
        var index = tx.db()
                .sql("select first from audit_run where batch = ?")
                .param(batch)
                .query(Long.class)
                .optional();
        return index.isPresent() ? OptionalLong.of(index.get()) : OptionalLong.empty();
    }

    /** The leaves at these indexes, ascending; each must have been given to a leaf. */
    List<Leaf> leaves(Tx tx, List<Long> indexes) throws SQLException {
        var leaves = new ArrayList<Leaf>(indexes.size());
        var sql = """
                select r.first, r.width, b.leaves from audit_run r join audit_batch b on b.id = r.batch
                where r.first = any(array(
                  select (select max(o.first) from audit_run o where o.first <= w.i) from unnest(?) w (i)))
                order by r.first""";
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setArray(1, tx.connection().createArrayOf("bigint", indexes.toArray(new Long[0])));
            try (var rows = statement.executeQuery()) {
                var at = 0;
                while (rows.next()) {
                    var first = rows.getLong(1);
                    var bundle = EntryBundle.decode(rows.getBytes(3), rows.getInt(2));
                    while (at < indexes.size() && indexes.get(at) < first + bundle.size()) {
                        var index = indexes.get(at++);
                        leaves.add(new Leaf(index, bundle.get((int) (index - first))));
                    }
                }
            }
        }
        return leaves;
    }
}
