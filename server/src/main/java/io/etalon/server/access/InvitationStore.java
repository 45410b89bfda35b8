package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The control table {@code invitation}: open ones only, an accepted or withdrawn one is deleted. */
final class InvitationStore {
    private static final String COLUMNS =
            "id, client, email, name, roles, workforce, invited_by, first_requester, created_at, expires_at";

    void insert(Tx tx, Invitation invitation, byte[] hash) {
        tx.db()
                .sql("insert into invitation (token_hash, " + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(hash)
                .param(invitation.id())
                .param(invitation.client().value())
                .param(invitation.email())
                .param(invitation.name())
                .param(Sql.names(invitation.roles()))
                .param(invitation.workforce())
                .param(invitation.invitedBy().value())
                .param(invitation.isFirst())
                .param(Sql.time(invitation.createdAt()))
                .param(Sql.time(invitation.expiresAt()))
                .update();
    }

    Optional<Invitation> find(Tx tx, byte[] hash, Instant now) {
        return tx.db()
                .sql("select " + COLUMNS + " from invitation where token_hash = ? and expires_at > ?")
                .params(hash, Sql.time(now))
                .query((row, n) -> invitation(row))
                .optional();
    }

    /** Uses an invitation up. One statement: of many at once, the database lets one through. */
    Optional<Invitation> take(Tx tx, byte[] hash, Instant now) {
        return tx.db()
                .sql("delete from invitation where token_hash = ? and expires_at > ? returning " + COLUMNS)
                .params(hash, Sql.time(now))
                .query((row, n) -> invitation(row))
                .optional();
    }

    List<Invitation> of(Tx tx, ClientId client, Instant now) {
        return tx.db()
                .sql("select " + COLUMNS
                        + " from invitation where client = ? and expires_at > ? order by created_at, id")
                .params(client.value(), Sql.time(now))
                .query((row, n) -> invitation(row))
                .list();
    }

    Optional<Invitation> find(Tx tx, ClientId client, UUID id) {
        return tx.db()
                .sql("select " + COLUMNS + " from invitation where client = ? and id = ?")
                .params(client.value(), id)
                .query((row, n) -> invitation(row))
                .optional();
    }

    void delete(Tx tx, UUID id) {
        tx.db().sql("delete from invitation where id = ?").param(id).update();
    }

    /** Voids what operators invited first requesters with; gives how many there were. */
    int deleteFirst(Tx tx, ClientId client) {
        return tx.db()
                .sql("delete from invitation where client = ? and first_requester")
                .param(client.value())
                .update();
    }

    /** Makes those wait who invite or become a first requester of the same client, until this transaction ends. */
    void alone(Tx tx, ClientId client) {
        tx.db()
                .sql("select id from client where id = ? for update")
                .param(client.value())
                .query(UUID.class)
                .optional();
    }

    void deleteExpired(Tx tx, Instant now) {
        tx.db()
                .sql("delete from invitation where expires_at <= ?")
                .param(Sql.time(now))
                .update();
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                row.getObject("id", UUID.class),
                new ClientId(row.getObject("client", UUID.class)),
                row.getString("email"),
                row.getString("name"),
                Sql.roles(row, "roles"),
                row.getObject("workforce", UUID.class),
                new PersonId(row.getObject("invited_by", UUID.class)),
                row.getBoolean("first_requester"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "expires_at"));
    }
}
