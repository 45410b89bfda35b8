package io.etalon.server.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Sign-ins of browsers. The token is 256 random bits, known to the browser alone; the database holds its SHA-256, so
 * that sessions survive a restart and a stolen backup opens none. A session ends after 12 idle hours or 7 days.
 * Thread-safe.
 */
@Service
public final class Sessions {
    static final Duration IDLE_LIMIT = Duration.ofHours(12);
    static final Duration ABSOLUTE_LIMIT = Duration.ofDays(7);
    private static final Duration SEEN_STEP = Duration.ofMinutes(1);
    /** How long a sign-in counts as a proof of who is there. */
    static final Duration FRESH = Duration.ofMinutes(10);

    static final ErrorCode SIGN_IN_AGAIN =
            ErrorCode.of("sign-in-again", ErrorKind.FORBIDDEN, "This asks for a fresh sign-in");
    static final ErrorCode DISABLED =
            ErrorCode.of("account-disabled", ErrorKind.FORBIDDEN, "This account is switched off");
    private static final int TOKEN_LENGTH = 43;

    /** A session that was just opened; the token is nowhere else. */
    public record Opened(UUID id, String token) {
        @Override
        public String toString() {
            return "Opened[" + id + "]";
        }
    }

    private final TenantScope scope;
    private final Ids ids;
    private final Clock clock;
    private final SessionStore store = new SessionStore();
    private final PersonStore people = new PersonStore();
    private final LinkStore links = new LinkStore();
    private final AccountLog log;
    private final ShortCache<String, SessionStore.Session> cache;

    Sessions(TenantScope scope, Ids ids, Clock clock, AccountLog log) {
        this.scope = scope;
        this.ids = ids;
        this.clock = clock;
        this.log = log;
        this.cache = new ShortCache<>(clock);
    }

    /** Opens a session for a person who has proved to be one, as a one-time link does. */
    public Opened open(PersonId person) {
        return open(person, Way.LINK, false);
    }

    /**
     * Opens a session for a person who has proved to be one.
     *
     * @param strong whether by two factors
     * @throws EtalonException forbidden, when the account is switched off
     */
    public Opened open(PersonId person, Way way, boolean strong) {
        return scope.control(tx -> open(tx, person, way, strong));
    }

    Opened open(Tx tx, PersonId person, Way way, boolean strong) {
        if (people.isDisabled(tx, person)) {
            throw new EtalonException(DISABLED, "Whoever manages your team, or the operator, can switch it on again.");
        }
        // Who can sign in needs no link of an operator, and nobody else is to have it.
        if (links.voidOperators(tx, person)) {
            log.tell(tx, new Grants.By(person, Caller.VIA_SESSION), person, AccountNotices.Act.RESET_VOIDED);
        }
        var now = clock.instant();
        var token = ids.secretToken();
        var session = new SessionStore.Session(ids.next(), person, now, now, now.plus(ABSOLUTE_LIMIT), way, strong);
        store.deleteEnded(tx, now, now.minus(IDLE_LIMIT));
        store.insert(tx, session, Sha256.of(token));
        return new Opened(session.id(), token);
    }

    /** Who carries this token; at most ten seconds after another process ended the session. */
    public Optional<Caller> find(String token) {
        return credential(token).map(Credential::caller);
    }

    Optional<Credential> credential(String token) {
        if (token.length() != TOKEN_LENGTH) {
            return Optional.empty();
        }
        var hash = Sha256.of(token);
        var session = cache.get(new String(hash, ISO_8859_1), key -> load(hash));
        if (session == null || !clock.instant().isBefore(session.expiresAt())) {
            return Optional.empty();
        }
        return Optional.of(Credential.of(session));
    }

    private SessionStore.@Nullable Session load(byte[] hash) {
        var now = clock.instant();
        var found = scope.control(tx -> {
            var session = store.find(tx, hash).filter(s -> isOpen(s, now));
            if (session.isPresent() && !now.isBefore(session.get().lastSeenAt().plus(SEEN_STEP))) {
                store.seen(tx, session.get().id(), now);
            }
            return session;
        });
        return found.orElse(null);
    }

    private static boolean isOpen(SessionStore.Session session, Instant now) {
        return now.isBefore(session.expiresAt())
                && now.isBefore(session.lastSeenAt().plus(IDLE_LIMIT));
    }

    boolean isAlive(UUID id, PersonId person, boolean strongAlone) {
        var now = clock.instant();
        return scope.control(tx -> store.find(tx, id))
                .filter(session -> session.person().equals(person) && isOpen(session, now))
                .filter(session -> session.strong() || !strongAlone)
                .isPresent();
    }

    /** The open sessions of a person, the newest first. */
    List<SessionStore.Session> of(PersonId person) {
        var now = clock.instant();
        return scope.control(tx -> store.of(tx, person)).stream()
                .filter(session -> isOpen(session, now))
                .toList();
    }

    /**
     * Ends one of a person's own sessions, here at once.
     *
     * @throws EtalonException not found, also for a session of another person
     */
    void end(PersonId person, UUID session) {
        if (!scope.control(tx -> store.delete(tx, person, session))) {
            throw EtalonException.notFound();
        }
        cache.forgetAll();
    }

    /**
     * Asks for a proof of the last minutes that this is the person: before he changes how he signs in. A provider's word does
     * where he has nothing else to prove himself by.
     *
     * @throws EtalonException forbidden, telling to sign in again
     */
    void requireFresh(Credential credential) {
        var session = credential.session();
        var now = clock.instant();
        if (session == null
                || !now.isBefore(session.createdAt().plus(FRESH))
                || session.way() == null
                || session.way() == Way.PROVIDER && scope.control(tx -> people.hasCredential(tx, session.person()))) {
            throw new EtalonException(
                    SIGN_IN_AGAIN, "Sign in again with your password or passkey; that is good for ten minutes.");
        }
    }

    /** Ends all sessions of a person in the caller's transaction; call {@link #forgetAll} after it. */
    void endAll(Tx tx, PersonId person) {
        store.deleteOf(tx, person, null);
    }

    /** Ends one session, here at once. */
    public void close(UUID session) {
        scope.controlDo(tx -> store.delete(tx, session));
        cache.forgetAll();
    }

    /** Ends all sessions of a person but one. */
    public void closeOthers(PersonId person, @Nullable UUID except) {
        scope.controlDo(tx -> store.deleteOf(tx, person, except));
        cache.forgetAll();
    }

    /** Sessions were ended by other means. */
    void forgetAll() {
        cache.forgetAll();
    }
}
