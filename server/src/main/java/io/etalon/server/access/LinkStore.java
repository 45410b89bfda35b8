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
import org.jspecify.annotations.Nullable;

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

    /**
     * A link that sets an account up anew.
     *
     * @param notBefore until when an operator's waits; null for one that is good at once
     */
    record Reset(
            PersonId person,
            boolean dropsPasskeys,
            boolean byOperator,
            @Nullable Instant notBefore) {}

    /** The newest is the only one of its person. */
    void insertReset(Tx tx, byte[] hash, Reset reset, Instant expiresAt) {
        var from = reset.notBefore();
        tx.db()
                .sql("delete from one_time_link where person = ? and reset")
                .param(reset.person().value())
                .update();
        tx.db()
                .sql("insert into one_time_link (token_hash, person, expires_at, reset, drops_passkeys, by_operator,"
                        + " not_before) values (?, ?, ?, true, ?, ?, ?)")
                .param(hash)
                .param(reset.person().value())
                .param(Sql.time(expiresAt))
                .param(reset.dropsPasskeys())
                .param(reset.byOperator())
                .param(from == null ? null : Sql.time(from))
                .update();
    }

    Optional<Reset> takeReset(Tx tx, byte[] hash, Instant now) {
        return tx.db()
                .sql("delete from one_time_link where token_hash = ? and expires_at > ? and reset"
                        + " returning person, drops_passkeys, by_operator, not_before")
                .params(hash, Sql.time(now))
                .query((row, n) -> new Reset(
                        new PersonId(row.getObject("person", UUID.class)),
                        row.getBoolean("drops_passkeys"),
                        row.getBoolean("by_operator"),
                        instant(row)))
                .optional();
    }

    private static @Nullable Instant instant(ResultSet row) throws SQLException {
        var from = row.getTimestamp("not_before");
        return from == null ? null : from.toInstant();
    }

    /** Voids what an operator has issued for a person; whether there was anything. */
    boolean voidOperators(Tx tx, PersonId person) {
        return tx.db()
                        .sql("delete from one_time_link where person = ? and by_operator")
                        .param(person.value())
                        .update()
                > 0;
    }

    /** An operator's link that nobody has used or voided, for a member of a client. */
    record Waiting(UUID person, String name, Instant notBefore, Instant expiresAt) {}

    List<Waiting> waiting(Tx tx, ClientId client, Instant now) {
        return tx.db()
                .sql("""
                        select p.id, p.name, l.not_before, l.expires_at from one_time_link l join person p on p.id = l.person
                        where l.by_operator and l.not_before is not null and l.expires_at > ?
                            and exists (select from role_grant g where g.person = p.id and g.client = ?)
                        order by l.not_before, p.id
                        """)
                .params(Sql.time(now), client.value())
                .query((row, n) -> new Waiting(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        Sql.instant(row, "not_before"),
                        Sql.instant(row, "expires_at")))
                .list();
    }

    void deleteExpired(Tx tx, Instant now) {
        tx.db()
                .sql("delete from one_time_link where expires_at <= ?")
                .param(Sql.time(now))
                .update();
    }
}
