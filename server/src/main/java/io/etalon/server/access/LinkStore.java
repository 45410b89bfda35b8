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
                .sql("delete from one_time_link where token_hash = ? and expires_at > ? and not reset returning person")
                .params(hash, Sql.time(now))
                .query((row, n) -> new PersonId(row.getObject("person", UUID.class)))
                .optional();
    }

    /** A link that sets an account up anew. */
    record Reset(PersonId person, boolean dropsPasskeys) {}

    /** The newest is the only one of its person. */
    void insertReset(Tx tx, byte[] hash, PersonId person, Instant expiresAt, boolean dropsPasskeys) {
        tx.db()
                .sql("delete from one_time_link where person = ? and reset")
                .param(person.value())
                .update();
        tx.db()
                .sql("insert into one_time_link (token_hash, person, expires_at, reset, drops_passkeys)"
                        + " values (?, ?, ?, true, ?)")
                .params(hash, person.value(), Sql.time(expiresAt), dropsPasskeys)
                .update();
    }

    Optional<Reset> takeReset(Tx tx, byte[] hash, Instant now) {
        return tx.db()
                .sql("delete from one_time_link where token_hash = ? and expires_at > ? and reset"
                        + " returning person, drops_passkeys")
                .params(hash, Sql.time(now))
                .query((row, n) ->
                        new Reset(new PersonId(row.getObject("person", UUID.class)), row.getBoolean("drops_passkeys")))
                .optional();
    }

    void deleteExpired(Tx tx, Instant now) {
        tx.db()
                .sql("delete from one_time_link where expires_at <= ?")
                .param(Sql.time(now))
                .update();
    }
}
