package io.etalon.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.Attempt;
import io.etalon.server.base.EtalonException;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.Outcome;
import io.etalon.server.work.engine.WorkCodes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** What the controllers of work have in common. Stateless. */
final class Requests {
    private static final int A_DAY = 86_400;

    /** Says with a 204 why nothing is given; see {@link io.etalon.server.work.policy.Refusal}. */
    static final String WHY = "Etalon-Refusal";

    private Requests() {}

    /** A text that is no token of ours opens nothing: it is told like a token of another lease. */
    static Dispatcher.Ticket ticket(long lease, @Nullable String token) {
        if (token == null) {
            throw EtalonException.invalidAt("/token", "is missing; it came with the lease");
        }
        try {
            return new Dispatcher.Ticket(lease, Long.parseUnsignedLong(token, 16));
        } catch (NumberFormatException e) {
            throw new EtalonException(WorkCodes.LEASE_LOST, "The token is not this lease's.", e);
        }
    }

    static int seconds(@Nullable Integer activeSeconds) {
        if (activeSeconds == null) {
            return 0;
        }
        if (activeSeconds < 0 || activeSeconds > A_DAY) {
            throw EtalonException.invalidAt(
                    "/activeSeconds", "is " + activeSeconds + "; it must be from 0 to " + A_DAY);
        }
        return activeSeconds;
    }

    /** The key of a request with the hash of what it asks for; the body's text form is the same for equal bodies. */
    static Dispatcher.KeyUse requiredKey(Attempt attempt, Record body) {
        return new Dispatcher.KeyUse(attempt.requiredKey(), hash(attempt, body));
    }

    /** The same where a request may come without a key. */
    static Dispatcher.@Nullable KeyUse key(Attempt attempt, @Nullable Record body) {
        var key = attempt.key();
        return key == null ? null : new Dispatcher.KeyUse(key, hash(attempt, body));
    }

    /** The operation names the lease. */
    private static byte[] hash(Attempt attempt, @Nullable Record body) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((attempt.operation() + " " + (body == null ? "" : body)).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The reply to who asked for work: 201 with a lease, or 204. */
    static <T> ResponseEntity<T> given(Attempt attempt, Leases.Given<T> given) {
        if (given.replayed()) {
            attempt.markReplay();
        }
        return given.body()
                .map(body -> ResponseEntity.status(HttpStatus.CREATED).body(body))
                .orElseGet(() -> {
                    var nothing = ResponseEntity.noContent();
                    var why = given.why();
                    return (why == null
                                    ? nothing
                                    : nothing.header(WHY, why.reason().key()))
                            .build();
                });
    }

    /** Marks the response when an outcome is told again. */
    static Outcome told(Attempt attempt, Outcome outcome) {
        if (outcome.replayed()) {
            attempt.markReplay();
        }
        return outcome;
    }
}
