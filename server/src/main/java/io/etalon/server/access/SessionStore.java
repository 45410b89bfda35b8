package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control table {@code session}. */
final class SessionStore {
    record Session(UUID id, PersonId person, Instant lastSeenAt, Instant expiresAt) {}

    void insert(Tx tx, Session session, byte[] hash) {
        tx.db()
                .sql("""
                        insert into session (id, token_hash, person, created_at, last_seen_at, expires_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        session.id(),
                        hash,
                        session.person().value(),
                        Sql.time(session.lastSeenAt()),
                        Sql.time(session.lastSeenAt()),
                        Sql.time(session.expiresAt()))
                .update();
    }

    Optional<Session> find(Tx tx, byte[] hash) {
        return tx.db()
                .sql("select id, person, last_seen_at, expires_at from session where token_hash = ?")
                .param(hash)
                .query((row, n) -> session(row))
                .optional();
    }

    Optional<Session> find(Tx tx, UUID id) {
        return tx.db()
                .sql("select id, person, last_seen_at, expires_at from session where id = ?")
                .param(id)
                .query((row, n) -> session(row))
                .optional();
    }

    void seen(Tx tx, UUID id, Instant now) {
        tx.db()
                .sql("update session set last_seen_at = ? where id = ?")
                .params(Sql.time(now), id)
                .update();
    }

    void delete(Tx tx, UUID id) {
        tx.db().sql("delete from session where id = ?").param(id).update();
    }

    void deleteOf(Tx tx, PersonId person, @Nullable UUID except) {
        tx.db()
                .sql("delete from session where person = ? and id is distinct from ?")
                .param(person.value())
                .param(except)
                .update();
    }

    void deleteEnded(Tx tx, Instant now, Instant idleSince) {
        tx.db()
                .sql("delete from session where expires_at <= ? or last_seen_at <= ?")
                .params(Sql.time(now), Sql.time(idleSince))
                .update();
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getObject("id", UUID.class),
                new PersonId(row.getObject("person", UUID.class)),
                Sql.instant(row, "last_seen_at"),
                Sql.instant(row, "expires_at"));
    }
}
