package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The tables {@code audit_event}, {@code audit_leaf} and {@code audit_checkpoint} of a cell. */
final class AuditStore {
    /** An event's row: its id, and the number of the transaction that wrote it. */
    record Written(long event, long transaction) {}

    /** An event that is about to be written. */
    record Entry(AuditEvent event, @Nullable String actor, byte[] leaf) {}

    /** A committed event without an index, and the horizon of the snapshot that saw it. */
    record Waiting(List<Long> events, List<byte[]> leaves, long horizon) {}

    /** A signed head. */
    record Head(long size, String note) {}

    private static final String ENTRIES = """
            select l.idx, e.leaf from audit_leaf l join audit_event e on e.id = l.event
            where l.idx >= :from and l.idx < :size""";
    /** A number that no other feature locks on. */
    private static final long SEQUENCER_LOCK = 0x6574616c6f6e01L;

    Written insert(Tx tx, AuditEvent event, @Nullable String actor, byte[] leaf) {
        return tx.db()
                .sql("""
                        insert into audit_event (op, actor, project, asset, leaf) values (?, ?, ?, ?, ?)
                        returning id, xid::text::bigint as xid""")
                .param(event.op().name())
                .param(actor)
                .param(event.project() == null ? null : event.project().value())
                .param(event.asset())
                .param(leaf)
                .query((row, n) -> new Written(row.getLong("id"), row.getLong("xid")))
                .single();
    }

    /** Writes events in their order as one statement; tells of the last one. */
    Optional<Written> insertAll(Tx tx, List<Entry> entries) {
        var sql = """
                insert into audit_event (op, actor, project, asset, leaf)
                select op, actor, project, asset, leaf
                from unnest(?::text[], ?::text[], ?::uuid[], ?::text[], ?::bytea[]) with ordinality
                  e (op, actor, project, asset, leaf, n)
                order by n returning id, xid::text::bigint as xid""";
        return tx
                .db()
                .sql(sql)
                .params(
                        column(entries, entry -> entry.event().op().name(), String[]::new),
                        column(entries, Entry::actor, String[]::new),
                        column(
                                entries,
                                entry -> entry.event().project() == null
                                        ? null
                                        : entry.event().project().value(),
                                UUID[]::new),
                        column(entries, entry -> entry.event().asset(), String[]::new),
                        column(entries, Entry::leaf, byte[][]::new))
                .query((row, n) -> new Written(row.getLong("id"), row.getLong("xid")))
                .list()
                .stream()
                .reduce((first, second) -> second);
    }

    private static <T> T[] column(List<Entry> entries, Function<Entry, @Nullable T> value, IntFunction<T[]> array) {
        return entries.stream().map(value).toArray(array);
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
     * Committed events without an index, of transactions from {@code from} on. The horizon comes from the same snapshot:
     * every transaction below it has ended, so its events are either in this answer or have an index already.
     */
    Waiting waiting(Tx tx, long from, int limit) throws SQLException {
        var events = new ArrayList<Long>();
        var leaves = new ArrayList<byte[]>();
        var horizon = from;
        var sql = """
                select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon, w.id, w.leaf
                from (values (1)) one (n)
                left join lateral (
                  select e.id, e.leaf from audit_event e
                  where e.xid >= ?::text::xid8 and not exists (select 1 from audit_leaf l where l.event = e.id)
                  order by e.id limit ?) w on true""";
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setString(1, Long.toString(from));
            statement.setInt(2, limit);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    horizon = rows.getLong("horizon");
                    var leaf = rows.getBytes("leaf");
                    if (leaf != null) {
                        events.add(rows.getLong("id"));
                        leaves.add(leaf);
                    }
                }
            }
        }
        return new Waiting(events, leaves, horizon);
    }

    void number(Tx tx, long first, List<Long> events) throws SQLException {
        var sql =
                """
                insert into audit_leaf (idx, event, project)
                select ? + n - 1, e.id, e.project
                from unnest(?) with ordinality w (event, n) join audit_event e on e.id = w.event""";
        try (var statement = tx.connection().prepareStatement(sql)) {
            statement.setLong(1, first);
            statement.setArray(2, tx.connection().createArrayOf("bigint", events.toArray()));
            statement.executeUpdate();
        }
    }

    boolean has(Tx tx, AuditOp op) {
        return tx.db()
                .sql("select exists (select 1 from audit_event where op = ?)")
                .param(op.name())
                .query(Boolean.class)
                .single();
    }

    /** How many of these events are of which sort. */
    Map<AuditOp, Long> sorts(Tx tx, List<Long> events) {
        var sorts = new EnumMap<AuditOp, Long>(AuditOp.class);
        tx.db()
                .sql("select op, count(*) as n from audit_event where id = any(?) group by op")
                .param(events.toArray(Long[]::new))
                .query(row -> {
                    sorts.put(AuditOp.valueOf(row.getString("op")), row.getLong("n"));
                });
        return sorts;
    }

    /** The number of entries that have an index. */
    long size(Tx tx) {
        return tx.db()
                .sql("select coalesce(max(idx) + 1, 0) from audit_leaf")
                .query(Long.class)
                .single();
    }

    Optional<Head> head(Tx tx) {
        return tx.db()
                .sql("select size, note from audit_checkpoint order by size desc limit 1")
                .query((row, n) -> new Head(row.getLong("size"), row.getString("note")))
                .optional();
    }

    void insertHead(Tx tx, Head head, Instant at) {
        tx.db()
                .sql("insert into audit_checkpoint (size, note, signed_at) values (?, ?, ?)")
                .params(head.size(), head.note(), at.atOffset(ZoneOffset.UTC))
                .update();
    }

    OptionalLong indexOf(Tx tx, long event) {
        var index = tx.db()
                .sql("select idx from audit_leaf where event = ?")
                .param(event)
                .query(Long.class)
                .optional();
        return index.isPresent() ? OptionalLong.of(index.get()) : OptionalLong.empty();
    }

    /** Entries from an index on that pass the filter, at most {@code limit}, below {@code size}. */
    List<LogEntry> entries(Tx tx, EntryFilter filter, long from, long size, int limit) {
        return tx.db()
                .sql(entriesSql(filter))
                .param("from", from)
                .param("size", size)
                .param(
                        "project",
                        filter.project() == null ? null : filter.project().value())
                .param("asset", filter.asset())
                .param("actor", filter.actor())
                .param("op", filter.op() == null ? null : filter.op().name())
                .param("limit", limit)
                .query((row, n) -> new LogEntry(row.getLong("idx"), new String(row.getBytes("leaf"), UTF_8)))
                .list();
    }

    /** Only what is asked for stands in the statement: a plan that is kept for all filters could use no index. */
    static String entriesSql(EntryFilter filter) {
        return ENTRIES
                + (filter.project() == null ? "" : " and l.project = :project")
                + (filter.asset() == null ? "" : " and e.asset = :asset")
                + (filter.actor() == null ? "" : " and e.actor = :actor")
                + (filter.op() == null ? "" : " and e.op = :op")
                + " order by l.idx limit :limit";
    }

    List<byte[]> leaves(Tx tx, long from, int count) {
        return tx.db()
                .sql("""
                        select e.leaf from audit_leaf l join audit_event e on e.id = l.event
                        where l.idx >= ? and l.idx < ? order by l.idx""")
                .params(from, from + count)
                .query((row, n) -> row.getBytes("leaf"))
                .list();
    }
}
