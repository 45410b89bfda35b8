package io.etalon.server.access;

import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.Clients;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * What an organisation's identity provider or directory may do here: sign people in, add them, give and take roles at
 * clients, and end what somebody had. Everything runs in the caller's transaction on the control database; call {@link
 * #changed} after its commit. Thread-safe.
 */
@Service
public final class Directories {
    private final People people;
    private final Grants grants;
    private final Sessions sessions;
    private final ApiKeys keys;
    private final Doors doors;
    private final GrantStore store = new GrantStore();
    private final PersonStore persons = new PersonStore();

    /** The way in, the limits before it, and which clients there are. */
    @org.springframework.stereotype.Component
    record Doors(
            SessionCookie cookie,
            SignIn signIn,
            Clients clients,
            SecondFactor factor,
            ObjectProvider<PersonGone> keepers) {}

    Directories(People people, Grants grants, Sessions sessions, ApiKeys keys, Doors doors) {
        this.people = people;
        this.grants = grants;
        this.sessions = sessions;
        this.keys = keys;
        this.doors = doors;
    }

    /** @throws EtalonException not found */
    public Person get(Tx tx, PersonId person) {
        return people.get(tx, person);
    }

    /** The person with this login name, in any case. */
    public Optional<Person> byEmail(Tx tx, String email) {
        return people.findByEmail(tx, Checks.email(email, "/email"));
    }

    /**
     * Adds a person without a credential.
     *
     * @throws EtalonException invalid e-mail or name; conflict, when the e-mail is taken
     */
    public Person add(Tx tx, String email, String name) {
        return people.create(tx, email, name);
    }

    /**
     * Calls a person by another name and login name.
     *
     * @throws EtalonException invalid e-mail or name; conflict, when the e-mail is another's
     */
    public void rename(Tx tx, PersonId id, String email, String name) {
        var old = people.get(tx, id);
        var address = Checks.email(email, "/email");
        var holder = people.findByEmail(tx, address);
        if (holder.isPresent() && !holder.get().id().equals(id)) {
            throw new EtalonException(People.EMAIL_TAKEN, "Another person has this e-mail address.");
        }
        persons.update(tx, new Person(id, address, Checks.text(name, "/name", 200), old.locale(), old.createdAt()));
    }

    /** Takes a person away who holds nothing and has no credential; keeps any other. Whether he is gone. */
    public boolean removeUnused(Tx tx, PersonId person) {
        var gone = tx.db().sql("""
                        delete from person p where p.id = ? and p.password_hash is null
                            and not exists (select from role_grant g where g.person = p.id or g.granted_by = p.id)
                            and not exists (select from passkey k where k.person = p.id)
                            and not exists (select from invitation i where i.invited_by = p.id)
                        """).param(person.value()).update() == 1;
        if (gone) {
            doors.keepers().forEach(keeper -> keeper.gone(person));
        }
        return gone;
    }

    /** What a person holds, as this transaction sees it. */
    public List<Grant> held(Tx tx, PersonId person) {
        return store.of(tx, person);
    }

    /**
     * Gives one role at a client, written to the client's log before; false when it was held already.
     *
     * @throws EtalonException conflict, when the person works for another workforce there; forbidden, naming the wall that
     *     keeps the workforce out
     */
    public boolean give(Tx tx, Grants.By by, PersonId person, ClientId client, Role role, @Nullable UUID workforce) {
        var held =
                store.of(tx, person).stream().anyMatch(grant -> client.equals(grant.client()) && grant.role() == role);
        if (!held) {
            grants.grant(tx, by, person, client, Set.of(role), workforce);
        }
        return !held;
    }

    /** Takes one role at a client back, written to the client's log before. */
    public void take(Tx tx, Grants.By by, PersonId person, ClientId client, Role role) {
        if (store.delete(tx, person, client, role)) {
            grants.write(client, AuditOp.REVOKE, by, person, role, null);
        }
    }

    /**
     * Ends what a person has at these clients: all roles and keys there, and every session of his wherever it was used.
     * Where nothing is left for him, his remaining keys and one-time links end too.
     */
    public void end(Tx tx, Grants.By by, PersonId person, Collection<ClientId> at) {
        var clients = new HashSet<>(at);
        for (var grant : store.of(tx, person)) {
            var client = grant.client();
            if (client != null && clients.contains(client)) {
                take(tx, by, person, client, grant.role());
            }
        }
        for (var client : clients) {
            tx.db()
                    .sql("delete from api_key where person = ? and client = ?")
                    .params(person.value(), client.value())
                    .update();
        }
        tx.db()
                .sql("delete from session where person = ?")
                .param(person.value())
                .update();
        if (store.of(tx, person).isEmpty()) {
            tx.db()
                    .sql("delete from api_key where person = ?")
                    .param(person.value())
                    .update();
            tx.db()
                    .sql("delete from one_time_link where person = ?")
                    .param(person.value())
                    .update();
        }
    }

    /** Ends one session in the caller's transaction. */
    public void endSession(Tx tx, UUID session) {
        tx.db().sql("delete from session where id = ?").param(session).update();
    }

    /** What is remembered of this person here is read anew: roles, keys, sessions. */
    public void changed(PersonId person) {
        grants.changed(person);
        keys.forgetAll();
        sessions.forgetAll();
    }

    /** Whether there is such a client; a rule may outlive one by a moment. */
    public boolean isThere(ClientId client) {
        return doors.clients().find(client).isPresent();
    }

    /** Whether a weak session would open nothing at all to this person. */
    public boolean asksSecondFactorEverywhere(PersonId person) {
        return doors.factor().bindsEverywhere(person);
    }

    /** Whether this account is switched off here. */
    public boolean isDisabled(Tx tx, PersonId person) {
        return persons.isDisabled(tx, person);
    }

    /**
     * Opens a browser's session for a person whom a provider vouches for, and ends the one that the browser had.
     *
     * @param strong whether the provider vouches for a second factor
     */
    public UUID open(PersonId person, boolean strong, HttpServletRequest request, HttpServletResponse response) {
        CredentialFilter.callerOf(request)
                .filter(old -> old.via().equals(Caller.VIA_SESSION))
                .ifPresent(old -> sessions.close(UUID.fromString(old.session())));
        var session = sessions.open(person, Way.PROVIDER, strong);
        doors.cookie().set(request, response, session);
        return session.id();
    }

    /** Runs an act of somebody unknown; one that throws counts against his address. */
    public <T> T anonymous(String remote, Supplier<T> act) {
        return doors.signIn().anonymous(remote, act);
    }
}
