package io.etalon.server.node;

import io.etalon.server.base.Tx;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The control table {@code node}. */
final class NodeStore {
    /** Enters a sign of life; returns the database's time in milliseconds. */
    long seen(Tx tx, UUID id, String address) {
        return tx.db().sql("""
                        insert into node (id, address) values (?, ?)
                        on conflict (id) do update set seen_at = clock_timestamp()
                        returning (extract(epoch from clock_timestamp()) * 1000)::bigint""").params(id, address).query(Long.class).single();
    }

    void remove(Tx tx, UUID id) {
        tx.db().sql("delete from node where id = ?").param(id).update();
    }

    /** Removes those of which nothing was heard for a day. */
    void prune(Tx tx) {
        tx.db().sql("delete from node where seen_at < now() - interval '1 day'").update();
    }

    Optional<Node> find(Tx tx, UUID id) {
        return tx.db()
                .sql("select id, address, (extract(epoch from clock_timestamp() - seen_at) * 1000)::bigint as silent"
                        + " from node where id = ?")
                .param(id)
                .query((row, n) -> new Node(
                        row.getObject("id", UUID.class),
                        row.getString("address"),
                        Duration.ofMillis(row.getLong("silent"))))
                .optional();
    }

    void tell(Tx tx, String channel, String text) {
        tx.db()
                .sql("select pg_notify(?, ?)::text")
                .params(channel, text)
                .query((row, n) -> n)
                .list();
    }
}
