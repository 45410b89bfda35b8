package io.etalon.server.exit;

import io.etalon.server.base.Tx;
import java.util.Map;
import java.util.TreeMap;

/** What a cell's database looks like: its migrations and its sequences. Stateless. */
final class Schema {
    private Schema() {}

    /** The versions of the migrations, in their order, with spaces between. */
    static String of(Tx tx) {
        return tx.db().sql("""
                        select string_agg(version, ' ' order by length(version), version collate "C")
                        from schema_history where success and version is not null""").query(String.class).single();
    }

    /** The last number that each sequence gave out; those that gave none are left out. */
    static Map<String, Long> sequences(Tx tx) {
        var found = new TreeMap<String, Long>();
        tx.db()
                .sql(
                        "select sequencename, last_value from pg_sequences where schemaname = 'public' and last_value is not null")
                .query(row -> {
                    found.put(row.getString("sequencename"), row.getLong("last_value"));
                });
        return found;
    }

    /** Has a sequence go on behind a number; needs the administrator. */
    static void goOn(Tx tx, String sequence, long last) {
        tx.db()
                .sql("select setval(to_regclass(?), ?)")
                .params('"' + sequence + '"', last)
                .query(Long.class)
                .single();
    }
}
