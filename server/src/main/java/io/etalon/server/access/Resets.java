package io.etalon.server.access;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Service;

/**
 * Links for who has lost his password or passkey. A link signs nobody in by itself: with a new password it sets the account up
 * anew, ends every session it had, and takes its passkeys away where those were lost. It is good once and for a day; the newest
 * is the only one. Making and using one is told as {@link Stewards} tells. Thread-safe.
 */
@Service
final class Resets {
    static final Duration LIFETIME = Duration.ofDays(1);
    static final ErrorCode SPENT =
            ErrorCode.of("reset-spent", ErrorKind.UNAUTHENTICATED, "This link is used, expired or unknown");

    private final TenantScope scope;
    private final Stewards stewards;
    private final Sessions sessions;
    private final Passwords passwords;
    private final LinkContext context;
    private final LinkStore store = new LinkStore();
    private final PersonStore people = new PersonStore();

    /** A link that was just made; its token is nowhere else. */
    record Issued(String link, Instant expiresAt) {
        @Override
        public String toString() {
            return "Issued[" + expiresAt + "]";
        }
    }

    /** Who came in by a link. */
    record Used(PersonId person, Sessions.Opened session) {}

    Resets(TenantScope scope, Stewards stewards, Sessions sessions, Passwords passwords, LinkContext context) {
        this.scope = scope;
        this.stewards = stewards;
        this.sessions = sessions;
        this.passwords = passwords;
        this.context = context;
    }

    Issued issue(Grants.By by, PersonId person, boolean dropsPasskeys) {
        var token = context.ids().secretToken();
        var now = context.clock().instant();
        var until = now.plus(LIFETIME);
        scope.controlDo(tx -> {
            stewards.write(tx, by, person, AccountNotices.Act.RESET_ISSUED);
            store.deleteExpired(tx, now);
            store.insertReset(tx, Sha256.of(token), person, until, dropsPasskeys);
        });
        return new Issued(context.origin().appUrl() + "/#/reset/" + token, until);
    }

    /**
     * Sets an account up anew and opens its one session.
     *
     * @throws EtalonException unauthenticated, when the link is used, expired or unknown; invalid, when the password is not good
     *     enough, and then the link stays good; forbidden, when the account is switched off
     */
    Used use(String token, String password) {
        var used = scope.control(tx -> {
            var reset = store.takeReset(tx, Sha256.of(token), context.clock().instant())
                    .orElseThrow(() -> new EtalonException(SPENT, "Ask whoever gave you the link for another."));
            var person = reset.person();
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
            stewards.write(tx, new Grants.By(null, "link"), person, AccountNotices.Act.RESET_USED);
            return new Used(person, sessions.open(tx, person, Way.LINK, false));
        });
        sessions.forgetAll();
        return used;
    }
}
