package io.etalon.server.identity;

import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control tables {@code identity_link}, {@code identity_grant}, {@code identity_session} and {@code saml_answer}. */
final class IdentityStore {
    /** A role that a group stands behind; {@code given} when it was not held before. */
    record Held(ClientId client, Role role, boolean given) {}

    Optional<PersonId> linked(Tx tx, UUID provider, String subject) {
        return tx.db()
                .sql("select person from identity_link where provider = ? and subject = ?")
                .params(provider, subject)
                .query((row, n) -> new PersonId(row.getObject("person", UUID.class)))
                .optional();
    }

    void link(Tx tx, UUID provider, String subject, PersonId person, Instant now) {
        var at = now.atOffset(ZoneOffset.UTC);
        tx.db().sql("""
                        insert into identity_link (provider, subject, person, linked_at, used_at) values (?, ?, ?, ?, ?)
                        on conflict (provider, subject) do update set used_at = excluded.used_at
                        """).params(provider, subject, person.value(), at, at).update();
    }

    void unlink(Tx tx, UUID provider, PersonId person) {
        tx.db()
                .sql("delete from identity_link where provider = ? and person = ?")
                .params(provider, person.value())
                .update();
    }

    /** The person whom the provider's directory calls by this external id, with whether he is active. */
    Optional<PersonId> provisioned(Tx tx, UUID provider, String subject) {
        return tx
                .db()
                .sql("select person from scim_user where provider = ? and external_id = ? limit 2")
                .params(provider, subject)
                .query((row, n) -> new PersonId(row.getObject("person", UUID.class)))
                .list()
                .stream()
                .reduce((a, b) -> new PersonId(new UUID(0, 0)))
                .filter(person -> person.value().getMostSignificantBits() != 0);
    }

    /** Whether a directory has ended this person, and none keeps him. */
    boolean isEnded(Tx tx, PersonId person) {
        return tx.db()
                .sql("""
                        select exists (select from scim_user where person = :person and not active)
                            and not exists (select from scim_user where person = :person and active)
                        """)
                .param("person", person.value())
                .query(Boolean.class)
                .single();
    }

    List<Held> held(Tx tx, UUID provider, Origin origin, PersonId person) {
        return tx.db()
                .sql("select client, role, given from identity_grant where provider = ? and origin = ? and person = ?")
                .params(provider, origin.text(), person.value())
                .query((row, n) -> new Held(
                        new ClientId(row.getObject("client", UUID.class)),
                        Role.of(row.getString("role")),
                        row.getBoolean("given")))
                .list();
    }

    void hold(Tx tx, UUID provider, Origin origin, PersonId person, Held held) {
        tx.db()
                .sql("""
                        insert into identity_grant (provider, origin, person, client, role, given)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (provider, origin, person, client, role)
                        do update set given = identity_grant.given or excluded.given
                        """)
                .params(
                        provider,
                        origin.text(),
                        person.value(),
                        held.client().value(),
                        held.role().text(),
                        held.given())
                .update();
    }

    void drop(Tx tx, UUID provider, Origin origin, PersonId person, Held held) {
        tx.db()
                .sql("delete from identity_grant where provider = ? and origin = ? and person = ? and client = ?"
                        + " and role = ?")
                .params(
                        provider,
                        origin.text(),
                        person.value(),
                        held.client().value(),
                        held.role().text())
                .update();
    }

    /** Hands the giving of a role over to another group that stands behind it; false when there is none. */
    boolean passOn(Tx tx, PersonId person, Held held) {
        return tx.db()
                        .sql("update identity_grant set given = true where person = ? and client = ? and role = ?")
                        .params(
                                person.value(),
                                held.client().value(),
                                held.role().text())
                        .update()
                > 0;
    }

    void opened(Tx tx, UUID session, UUID provider, String subject, @Nullable String sid) {
        tx.db()
                .sql("insert into identity_session (session, provider, subject, sid) values (?, ?, ?, ?)")
                .param(session)
                .param(provider)
                .param(subject)
                .param(sid)
                .update();
    }

    Optional<UUID> providerOf(Tx tx, UUID session) {
        return tx.db()
                .sql("select provider from identity_session where session = ?")
                .param(session)
                .query((row, n) -> row.getObject("provider", UUID.class))
                .optional();
    }

    /** A provider's sessions of a subject, or the one that it calls so; with their people. */
    record Open(UUID session, PersonId person) {}

    List<Open> sessions(Tx tx, UUID provider, @Nullable String subject, @Nullable String sid) {
        return tx.db()
                .sql("""
                        select i.session, s.person from identity_session i join session s on s.id = i.session
                        where i.provider = ? and (?::text is null or i.subject = ?) and (?::text is null or i.sid = ?)
                        """)
                .param(provider)
                .param(subject)
                .param(subject)
                .param(sid)
                .param(sid)
                .query((row, n) -> new Open(
                        row.getObject("session", UUID.class), new PersonId(row.getObject("person", UUID.class))))
                .list();
    }

    /** Takes an assertion, once; false when it was taken before. */
    boolean take(Tx tx, UUID provider, String assertion, Ticket ticket, Instant now) {
        tx.db()
                .sql("delete from saml_answer where expires_at <= ?")
                .param(now.atOffset(ZoneOffset.UTC))
                .update();
        return tx.db()
                        .sql("""
                        insert into saml_answer (provider, assertion, ticket, said, expires_at) values (?, ?, ?, ?, ?)
                        on conflict do nothing
                        """)
                        .params(
                                provider,
                                assertion,
                                ticket.hash(),
                                ticket.sealed(),
                                ticket.expiresAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** What an assertion said, sealed, until its browser comes for it with the ticket. */
    record Ticket(byte[] hash, byte[] sealed, Instant expiresAt) {}

    /** What was said, once; the assertion stays known. */
    Optional<byte[]> redeem(Tx tx, UUID provider, byte[] ticket) {
        return tx.db()
                .sql("""
                        with found as (select said from saml_answer where provider = ? and ticket = ? for update)
                        update saml_answer a set ticket = null, said = null from found
                        where a.provider = ? and a.ticket = ? returning found.said
                        """)
                .params(provider, ticket, provider, ticket)
                .query((row, n) -> row.getBytes("said"))
                .optional();
    }
}
