package io.etalon.server.audit;

import io.etalon.server.base.Tx;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The table {@code audit_posting}: for each project, asset, actor and operation the indexes of its leaves. The sequencer
 * adds a segment a key and round; a search walks the segments of what it looks for, in step where it looks for several
 * things at once, and leaps over what one of them lacks. Stateless.
 */
final class Postings {
    /** Segments that are read at once. */
    private static final int PAGE = 64;

    static final String SEGMENTS = """
            select first, last, distances from audit_posting
            where key = :key
              and first >= coalesce((select max(p.first) from audit_posting p where p.key = :key and p.first <= :from), 0)
            order by first limit 64""";

    /** The keys of what a filter asks for; none when it asks for everything. */
    static List<String> keys(EntryFilter filter) {
        var keys = new ArrayList<String>();
        var asset = filter.asset();
        var actor = filter.actor();
        var project = filter.project();
        var op = filter.op();
        if (asset != null) {
            keys.add("asset " + asset);
        }
        if (actor != null) {
            keys.add("actor " + actor);
        }
        if (op != null) {
            keys.add("op " + op);
        }
        if (project != null) {
            keys.add("project " + project);
        }
        return keys;
    }

    /** Enters the leaves of a round. */
    void add(Tx tx, long first, List<LeafJson.Members> leaves) throws SQLException {
        Map<String, List<Long>> found = new LinkedHashMap<>();
        var index = first;
        for (var leaf : leaves) {
            var at = index++;
            for (var key : leaf.keys()) {
                found.computeIfAbsent(key, k -> new ArrayList<>(2)).add(at);
            }
        }
        var keys = found.keySet().toArray(String[]::new);
        var firsts = new Long[keys.length];
        var lasts = new Long[keys.length];
        var distances = new byte[keys.length][];
        for (var i = 0; i < keys.length; i++) {
            var indexes = found.getOrDefault(keys[i], List.of());
            firsts[i] = indexes.getFirst();
            lasts[i] = indexes.getLast();
            var bytes = ByteBuffer.allocate(Integer.BYTES * indexes.size());
            for (var one : indexes) {
                bytes.putInt((int) (one - firsts[i]));
            }
            distances[i] = bytes.array();
        }
        var sql = "insert into audit_posting (key, first, last, distances)"
                + " select * from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bytea[])";
        try (var statement = tx.connection().prepareStatement(sql)) {
            var connection = tx.connection();
            statement.setArray(1, connection.createArrayOf("text", keys));
            statement.setArray(2, connection.createArrayOf("bigint", firsts));
            statement.setArray(3, connection.createArrayOf("bigint", lasts));
            statement.setArray(4, connection.createArrayOf("bytea", distances));
            statement.executeUpdate();
        }
    }

    /** Whether any numbered leaf has this key. */
    boolean has(Tx tx, String key) {
        return tx.db()
                .sql("select exists (select 1 from audit_posting where key = ?)")
                .param(key)
                .query(Boolean.class)
                .single();
    }

    /** Indexes from {@code from} and below {@code size} that have all the keys, ascending, at most {@code limit}. */
    List<Long> find(Tx tx, List<String> keys, long from, long size, int limit) {
        if (keys.isEmpty()) {
            return LongStream.range(from, Math.min(size, from + limit)).boxed().toList();
        }
        var walks = keys.stream().map(key -> new Walk(tx, key)).toList();
        var found = new ArrayList<Long>();
        var candidate = from;
        while (found.size() < limit) {
            var before = candidate;
            for (var walk : walks) {
                candidate = walk.seek(candidate);
            }
            if (candidate >= size) {
                break;
            }
            if (candidate == before) {
                found.add(candidate++);
            }
        }
        return found;
    }

    /** One key's indexes, read page by page. */
    private static final class Walk {
        private record Segment(long first, long last, byte[] distances) {}

        private final Tx tx;
        private final String key;
        private List<Segment> page = List.of();
        private int segment;
        private int entry;
        private boolean ended;

        Walk(Tx tx, String key) {
            this.tx = tx;
            this.key = key;
        }

        /** The lowest index that is not below {@code from}; {@link Long#MAX_VALUE} at the end. Never goes back. */
        long seek(long from) {
            while (!ended) {
                while (segment < page.size() && page.get(segment).last() < from) {
                    segment++;
                    entry = 0;
                }
                if (segment < page.size()) {
                    return within(page.get(segment), from);
                }
                if (!page.isEmpty() && page.size() < PAGE) {
                    break;
                }
                read(from);
            }
            ended = true;
            return Long.MAX_VALUE;
        }

        private long within(Segment in, long from) {
            var distances = ByteBuffer.wrap(in.distances());
            while (in.first() + distances.getInt(entry * Integer.BYTES) < from) {
                entry++;
            }
            return in.first() + distances.getInt(entry * Integer.BYTES);
        }

        private void read(long from) {
            page = tx.db()
                    .sql(SEGMENTS)
                    .param("key", key)
                    .param("from", from)
                    .query((row, n) ->
                            new Segment(row.getLong("first"), row.getLong("last"), row.getBytes("distances")))
                    .list();
            segment = 0;
            entry = 0;
            // A page whose every segment lies before is the last one.
            ended = page.isEmpty() || page.getLast().last() < from;
        }
    }
}
