package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Links for who has lost his password or passkey. A link signs nobody in by itself: with a new password it sets the account up
 * anew, ends every session it had, and takes its passkeys away where those were lost. It is good once and for a day; the newest
 * is the only one. Making, voiding and using one stands in the logs of the person's clients, and he is told. Thread-safe.
 */
@Service
final class Resets {
    static final Duration LIFETIME = Duration.ofDays(1);
    static final ErrorCode SPENT =
            ErrorCode.of("reset-spent", ErrorKind.UNAUTHENTICATED, "This link is used, expired or unknown");

    /** How long an operator's link waits that opens a client's account. */
    static final Duration WAIT = Duration.ofDays(1);

    static final ErrorCode BY_CLIENT =
            ErrorCode.of("reset-by-client", ErrorKind.FORBIDDEN, "The person's client does this itself");
    static final ErrorCode WAITS = ErrorCode.of("reset-waits", ErrorKind.FORBIDDEN, "This link is not good yet");

    private final TenantScope scope;
    private final Grants grants;
    private final AccountLog log;
    private final Sessions sessions;
    private final Passwords passwords;
    private final LinkContext context;
    private final LinkStore store = new LinkStore();
    private final PersonStore people = new PersonStore();
    private final GrantStore roles = new GrantStore();

    /** A link that was just made; its token is nowhere else. */
    record Issued(String link, @Nullable Instant notBefore, Instant expiresAt) {
        @Override
        public String toString() {
            return "Issued[" + expiresAt + "]";
        }
    }

    /** Who came in by a link. */
    record Used(PersonId person, Sessions.Opened session) {}

    Resets(
            TenantScope scope,
            Grants grants,
            AccountLog log,
            Sessions sessions,
            Passwords passwords,
            LinkContext context) {
        this.scope = scope;
        this.grants = grants;
        this.log = log;
        this.sessions = sessions;
        this.passwords = passwords;
        this.context = context;
    }

    /** The word of those who manage the person at his client; good at once. */
    Issued issue(Grants.By by, PersonId person, boolean dropsPasskeys) {
        return issue(by, new LinkStore.Reset(person, dropsPasskeys, false, null));
    }

    /**
     * An operator's. Whoever has the link has the account, and an operator is to see no client's content by it: for a person
     * with a role at a client it is made only where nobody there could, waits for a day in which that client's requesters are
     * shown that it does, and any sign-in of the person voids it.
     *
     * @throws EtalonException forbidden, when a requester of the person's client can do it
     */
    Issued issueAsOperator(Grants.By by, PersonId person, boolean dropsPasskeys) {
        var held = scope.control(tx -> roles.of(tx, person));
        var clients = AccountLog.clients(held);
        if (clients.isEmpty()) {
            return issue(by, new LinkStore.Reset(person, dropsPasskeys, true, null));
        }
        var reachable = clients.size() == 1 && held.stream().allMatch(grant -> grant.client() != null);
        if (reachable && otherRequesters(clients.iterator().next(), person) > 0) {
            throw new EtalonException(
                    BY_CLIENT,
                    "A requester of the person's client makes the link, under “People”; an operator does not.");
        }
        var from = context.clock().instant().plus(WAIT);
        return issue(by, new LinkStore.Reset(person, dropsPasskeys, true, from));
    }

    private int otherRequesters(ClientId client, PersonId person) {
        return scope.control(tx -> tx.db()
                .sql("""
                        select count(*) from role_grant g join person p on p.id = g.person and p.disabled_at is null
                        where g.client = ? and g.role = 'requester' and g.person <> ?
                        """)
                .params(client.value(), person.value())
                .query(Integer.class)
                .single());
    }

    private Issued issue(Grants.By by, LinkStore.Reset reset) {
        var token = context.ids().secretToken();
        var now = context.clock().instant();
        var from = reset.notBefore() == null ? now : reset.notBefore();
        var until = from.plus(LIFETIME);
        scope.controlDo(tx -> {
            log.tell(tx, by, reset.person(), AccountNotices.Act.RESET_ISSUED);
            store.deleteExpired(tx, now);
            store.insertReset(tx, Sha256.of(token), reset, until);
        });
        return new Issued(context.origin().appUrl() + "/#/reset/" + token, reset.notBefore(), until);
    }

    /** Operators' links for a client's people that wait or may be used. */
    List<LinkStore.Waiting> waiting(ClientId client) {
        return scope.control(tx -> store.waiting(tx, client, context.clock().instant()));
    }

    /** Voids an operator's link; nothing happens when there is none. */
    void voidOperators(Grants.By by, PersonId person) {
        scope.controlDo(tx -> {
            if (store.voidOperators(tx, person)) {
                log.tell(tx, by, person, AccountNotices.Act.RESET_VOIDED);
            }
        });
    }

    /**
     * Sets an account up anew and opens its one session.
     *
     * @throws EtalonException unauthenticated, when the link is used, void, expired or unknown; invalid, when the password is not
     *     good enough, and forbidden before its time, and then the link stays good; forbidden, when the account is switched off
     */
    Used use(String token, String password) {
        var now = context.clock().instant();
        var used = scope.control(tx -> {
            var reset = store.takeReset(tx, Sha256.of(token), now).orElseThrow(Resets::spent);
            var person = reset.person();
            var from = reset.notBefore();
            if (from != null && now.isBefore(from)) {
                throw new EtalonException(WAITS, "It is good from " + from + "; signing in voids it.");
            }
            if (reset.byOperator()
                    && from == null
                    && !AccountLog.clients(roles.of(tx, person)).isEmpty()) {
                // A role at a client came after the link.
                throw spent();
            }
            var address = people.find(tx, person)
                    .orElseThrow(EtalonException::notFound)
                    .email();
            Passwords.check(password, address);
            people.setPassword(tx, person, passwords.hash(password));
            if (reset.dropsPasskeys()) {
                tx.db()
                        .sql("delete from passkey where person = ?")
                        .param(person.value())
                        .update();
            }
            sessions.endAll(tx, person);
            log.tell(tx, new Grants.By(null, "link"), person, AccountNotices.Act.RESET_USED);
            return new Used(person, sessions.open(tx, person, Way.LINK, false));
        });
        sessions.forgetAll();
        grants.changed(used.person());
        return used;
    }

    private static EtalonException spent() {
        return new EtalonException(SPENT, "Ask whoever gave you the link for another.");
    }
}
