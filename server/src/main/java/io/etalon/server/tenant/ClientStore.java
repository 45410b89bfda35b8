package io.etalon.server.tenant;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The control table {@code client}. */
final class ClientStore {
    List<Client> all(Tx tx) {
        return tx.db()
                .sql("select id, slug, name, created_at from client where leaving_at is null order by slug")
                .query((row, n) -> new Client(
                        new ClientId(row.getObject("id", UUID.class)),
                        row.getString("slug"),
                        row.getString("name"),
                        instant(row.getObject("created_at", java.time.OffsetDateTime.class))))
                .list();
    }

    /** False when the slug is taken. */
    boolean insert(Tx tx, Client client) {
        return tx.db()
                        .sql("insert into client (id, slug, name, created_at) values (?, ?, ?, ?)"
                                + " on conflict (slug) do nothing")
                        .params(
                                client.id().value(),
                                client.slug(),
                                client.name(),
                                client.createdAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    void leaving(Tx tx, ClientId client, Instant at) {
        tx.db()
                .sql("update client set leaving_at = ? where id = ? and leaving_at is null")
                .params(at.atOffset(ZoneOffset.UTC), client.value())
                .update();
    }

    /** False when there is none of this id. */
    boolean exists(Tx tx, ClientId client) {
        return tx.db()
                .sql("select exists (select 1 from client where id = ?)")
                .param(client.value())
                .query(Boolean.class)
                .single();
    }

    private static Instant instant(java.time.OffsetDateTime time) {
        return time.toInstant();
    }
}
