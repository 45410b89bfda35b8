package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control table {@code session}. */
final class SessionStore {
    /**
     * An open session.
     *
     * @param way null for a session of before ways were kept
     * @param strong whether two factors opened it
     */
    record Session(
            UUID id,
            PersonId person,
            Instant createdAt,
            Instant lastSeenAt,
            Instant expiresAt,
            @Nullable Way way,
            boolean strong) {}

    /** Sessions of people whose account is not switched off. */
    private static final String OPEN = """
            select s.id, s.person, s.created_at, s.last_seen_at, s.expires_at, s.way, s.strong
            from session s join person p on p.id = s.person and p.disabled_at is null
            """;

    void insert(Tx tx, Session session, byte[] hash) {
        tx.db()
                .sql("""
                        insert into session (id, token_hash, person, created_at, last_seen_at, expires_at, way, strong)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(session.id())
                .param(hash)
                .param(session.person().value())
                .param(Sql.time(session.createdAt()))
                .param(Sql.time(session.lastSeenAt()))
                .param(Sql.time(session.expiresAt()))
                .param(session.way() == null ? null : session.way().text())
                .param(session.strong())
                .update();
    }

    Optional<Session> find(Tx tx, byte[] hash) {
        return tx.db()
                .sql(OPEN + "where s.token_hash = ?")
                .param(hash)
                .query((row, n) -> session(row))
                .optional();
    }

    Optional<Session> find(Tx tx, UUID id) {
        return tx.db()
                .sql(OPEN + "where s.id = ?")
                .param(id)
                .query((row, n) -> session(row))
                .optional();
    }

    /** All of a person, the newest first. */
    List<Session> of(Tx tx, PersonId person) {
        return tx.db()
                .sql(OPEN + "where s.person = ? order by s.created_at desc, s.id")
                .param(person.value())
                .query((row, n) -> session(row))
                .list();
    }

    boolean delete(Tx tx, PersonId person, UUID id) {
        return tx.db()
                        .sql("delete from session where person = ? and id = ?")
                        .params(person.value(), id)
                        .update()
                == 1;
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
        var way = row.getString("way");
        return new Session(
                row.getObject("id", UUID.class),
                new PersonId(row.getObject("person", UUID.class)),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "last_seen_at"),
                Sql.instant(row, "expires_at"),
                way == null ? null : Way.of(way),
                row.getBoolean("strong"));
    }
}
