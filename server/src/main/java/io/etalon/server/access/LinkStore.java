package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The control table {@code one_time_link}. */
final class LinkStore {
    void insert(Tx tx, byte[] hash, PersonId person, Instant expiresAt) {
        tx.db()
                .sql("insert into one_time_link (token_hash, person, expires_at) values (?, ?, ?)")
                .params(hash, person.value(), Sql.time(expiresAt))
                .update();
    }

    /** Uses a link up. One statement: of many at once, the database lets one through. */
    Optional<PersonId> take(Tx tx, byte[] hash, Instant now) {
        return tx.db()
                .sql("delete from one_time_link where token_hash = ? and expires_at > ? returning person")
                .params(hash, Sql.time(now))
                .query((row, n) -> new PersonId(row.getObject("person", UUID.class)))
                .optional();
    }

    void deleteExpired(Tx tx, Instant now) {
        tx.db()
                .sql("delete from one_time_link where expires_at <= ?")
                .param(Sql.time(now))
                .update();
    }
}
