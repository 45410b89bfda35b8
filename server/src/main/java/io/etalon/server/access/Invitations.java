package io.etalon.server.access;

import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.TenantScope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * How people come: an invitation names an e-mail address, a client and roles, is good for 14 days and once. Whoever holds
 * its link may accept it; an account that exists is never taken over by it, since accepting into one asks for its
 * password or its open session. Thread-safe.
 */
@Service
public final class Invitations {
    static final Duration LIFETIME = Duration.ofDays(14);
    private static final Set<Role> OF_A_WORKFORCE = Set.of(Role.ANNOTATOR, Role.REVIEWER);

    /** What to invite to. */
    record Request(
            String email,
            @Nullable String name,
            Set<Role> roles,
            @Nullable UUID workforce) {}

    /** An invitation that was just made; the token is nowhere else. */
    record Made(Invitation invitation, String token, String link) {
        @Override
        public String toString() {
            return "Made[" + invitation.id() + "]";
        }
    }

    private final TenantScope scope;
    private final Grants grants;
    private final People people;
    private final Sessions sessions;
    private final LinkContext context;
    private final WorkforceNames workforces;
    private final InvitationStore store = new InvitationStore();
    private final PersonStore persons = new PersonStore();

    Invitations(
            TenantScope scope,
            Grants grants,
            People people,
            Sessions sessions,
            LinkContext context,
            WorkforceNames workforces) {
        this.scope = scope;
        this.grants = grants;
        this.people = people;
        this.sessions = sessions;
        this.context = context;
        this.workforces = workforces;
    }

    /**
     * Invites within the inviter's right: a requester anyone; a workforce's manager annotators and reviewers into his own;
     * an operator the first requester.
     *
     * @throws EtalonException forbidden beyond that right; invalid request
     */
    Made invite(Tx tx, ClientCaller caller, Request request) {
        var client = caller.client();
        var first = refuseBeyondRight(tx, caller, request);
        if (first) {
            store.deleteFirst(tx, client.id());
        }
        var now = context.clock().instant();
        var token = context.ids().secretToken();
        var invitation = new Invitation(
                context.ids().next(),
                client.id(),
                Checks.email(request.email(), "/email"),
                request.name() == null ? null : Checks.text(request.name(), "/name", 200),
                request.roles(),
                request.workforce(),
                caller.person(),
                first,
                now,
                now.plus(LIFETIME));
        store.deleteExpired(tx, now);
        store.insert(tx, invitation, Sha256.of(token));
        grants.write(
                client.id(),
                AuditOp.GRANT,
                new Grants.By(caller.person(), caller.via()),
                "invitation",
                invitation.id(),
                invitation.roles());
        return new Made(invitation, token, context.origin().appUrl() + "/#/invitation/" + token);
    }

    /** Refuses a workforce that is not this client's, or that a wall keeps out; ask before opening the transaction of {@link #invite}. */
    void refuseForeignWorkforce(Client client, @Nullable UUID workforce) {
        if (workforce != null && workforces.name(client.id(), workforce).isEmpty()) {
            throw Checks.fault("/workforce", "is not a workforce of this client");
        }
        grants.requireOpen(new Grants.By(null, "session"), null, client.id(), workforce);
    }

    /** Whether it is an operator's invitation of the first requester. */
    private boolean refuseBeyondRight(Tx tx, ClientCaller caller, Request request) {
        var roles = request.roles();
        if (roles.isEmpty() || roles.contains(Role.OPERATOR)) {
            throw Checks.fault("/roles", "must name at least one role at the client; operator is none");
        }
        if (caller.is(Role.REQUESTER)) {
            return false;
        }
        if (caller.is(Role.WORKFORCE_MANAGER)) {
            var own = caller.workforce() != null && caller.workforce().equals(request.workforce());
            if (OF_A_WORKFORCE.containsAll(roles) && own) {
                return false;
            }
            throw new EtalonException(
                    ErrorCode.FORBIDDEN,
                    "A workforce's manager invites annotators and reviewers into his own workforce.");
        }
        if (caller.is(Role.OPERATOR) && roles.equals(Set.of(Role.REQUESTER))) {
            store.alone(tx, caller.client().id());
            if (grants.holders(tx, caller.client().id(), Role.REQUESTER) == 0) {
                refuseOperator(tx, Checks.email(request.email(), "/email"));
                return true;
            }
        }
        throw new EtalonException(
                ErrorCode.FORBIDDEN, "An operator invites the first requester of a client that has none, nobody else.");
    }

    /** Who runs the installation is nobody's requester by his own word: he would read without break-glass. */
    private void refuseOperator(Tx tx, String email) {
        var known = people.findByEmail(tx, email);
        if (known.isPresent() && grants.holds(tx, known.get().id(), Role.OPERATOR)) {
            throw new EtalonException(
                    ErrorCode.FORBIDDEN, "This address is an operator's; an operator is no client's first requester.");
        }
    }

    /** Open invitations that the caller may see: a manager those into his workforce. */
    List<Invitation> of(ClientCaller caller) {
        var all = scope.control(
                tx -> store.of(tx, caller.client().id(), context.clock().instant()));
        return all.stream().filter(i -> maySee(caller, i)).toList();
    }

    private static boolean maySee(ClientCaller caller, Invitation invitation) {
        return caller.is(Role.REQUESTER)
                || (caller.workforce() != null && caller.workforce().equals(invitation.workforce()));
    }

    /** Takes an open invitation back. */
    void withdraw(ClientCaller caller, UUID id) {
        scope.controlDo(tx -> {
            var invitation = store.find(tx, caller.client().id(), id)
                    .filter(i -> maySee(caller, i))
                    .orElseThrow(EtalonException::notFound);
            store.delete(tx, id);
            grants.write(
                    caller.client().id(),
                    AuditOp.REVOKE,
                    new Grants.By(caller.person(), caller.via()),
                    "invitation",
                    id,
                    invitation.roles());
        });
    }

    /** @throws EtalonException not found, when it is unknown, used, withdrawn or expired */
    Invitation lookUp(String token) {
        return scope.control(
                        tx -> store.find(tx, Sha256.of(token), context.clock().instant()))
                .orElseThrow(EtalonException::notFound);
    }

    @Nullable
    String workforceName(Invitation invitation) {
        var workforce = invitation.workforce();
        return workforce == null
                ? null
                : workforces.name(invitation.client(), workforce).orElse(null);
    }

    /** Accepts as a new person; the password's hash is made before the transaction. */
    Accepted acceptAsNew(String token, String name, String passwordHash) {
        return accept(token, false, (tx, invitation) -> {
            var person = people.create(tx, invitation.email(), name);
            persons.setPassword(tx, person.id(), passwordHash);
            return person.id();
        });
    }

    /** Accepts as a person who has proved to be the one with this e-mail. */
    Accepted acceptAs(String token, PersonId person, boolean strong) {
        return accept(token, strong, (tx, invitation) -> {
            if (!people.get(tx, person).email().equals(invitation.email())) {
                throw EtalonException.notFound();
            }
            return person;
        });
    }

    /** Who came, and the session that was opened for him. */
    record Accepted(PersonId person, Sessions.Opened session, boolean strong) {}

    private interface Accept {
        PersonId who(Tx tx, Invitation invitation);
    }

    private Accepted accept(String token, boolean strong, Accept how) {
        var done = scope.control(tx -> {
            var invitation =
                    store.take(tx, Sha256.of(token), context.clock().instant()).orElseThrow(EtalonException::notFound);
            if (invitation.isFirst()) {
                store.alone(tx, invitation.client());
                if (grants.holders(tx, invitation.client(), Role.REQUESTER) > 0) {
                    throw EtalonException.notFound();
                }
            }
            var person = how.who(tx, invitation);
            if (invitation.isFirst() && grants.holds(tx, person, Role.OPERATOR)) {
                throw EtalonException.notFound();
            }
            if (invitation.roles().contains(Role.REQUESTER)) {
                store.deleteFirst(tx, invitation.client());
            }
            var by = new Grants.By(invitation.invitedBy(), Caller.VIA_SESSION);
            grants.grant(tx, by, person, invitation.client(), invitation.roles(), invitation.workforce());
            return new Accepted(person, sessions.open(tx, person, Way.INVITATION, strong), strong);
        });
        grants.changed(done.person());
        return done;
    }
}
