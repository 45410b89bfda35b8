package io.etalon.server.vault;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The vault's tables {@code identity} and {@code identity_access}. */
final class IdentityStore {
    private static final int NEWEST = 200;

    record Row(byte[] sealed, Instant changedAt) {}

    Optional<Row> find(Tx vault, PersonId person) {
        return vault.db()
                .sql("select sealed, changed_at from identity where person = ?")
                .param(person.value())
                .query((row, n) -> new Row(
                        row.getBytes("sealed"),
                        row.getObject("changed_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    void put(Tx vault, PersonId person, byte[] sealed) {
        vault.db().sql("""
                        insert into identity (person, sealed) values (?, ?)
                        on conflict (person) do update set sealed = excluded.sealed, changed_at = now()""").params(person.value(), sealed).update();
    }

    boolean delete(Tx vault, PersonId person) {
        return vault.db()
                        .sql("delete from identity where person = ?")
                        .param(person.value())
                        .update()
                > 0;
    }

    void looked(Tx vault, PersonId person, String act, PersonId by, @Nullable ClientId client) {
        vault.db()
                .sql("insert into identity_access (person, act, by, client) values (:person, :act, :by, :client::uuid)")
                .param("person", person.value())
                .param("act", act)
                .param("by", by.value())
                .param("client", client == null ? null : client.value().toString())
                .update();
    }

    /** Newest first. */
    List<Looked> looks(Tx vault, PersonId person) {
        return vault.db()
                .sql("select act, by, client, at from identity_access where person = ? order by id desc limit "
                        + NEWEST)
                .param(person.value())
                .query((row, n) -> new Looked(
                        row.getString("act"),
                        person.value().equals(row.getObject("by", UUID.class)),
                        row.getObject("client", UUID.class),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
