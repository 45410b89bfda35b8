package io.etalon.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.Attempt;
import io.etalon.server.base.EtalonException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** What the controllers of work have in common. Stateless. */
final class Requests {
    private static final int A_DAY = 86_400;

    private Requests() {}

    /** A text that is no token of ours opens nothing: it is told like a token of another lease. */
    static Dispatcher.Ticket ticket(long lease, @Nullable String token) {
        if (token == null) {
            throw EtalonException.invalid("token is missing; it came with the lease");
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
            throw EtalonException.invalid("activeSeconds is " + activeSeconds + "; it must be from 0 to " + A_DAY);
        }
        return activeSeconds;
    }

    /** The key of a request with the hash of what it asks for; the body's text form is the same for equal bodies. */
    static Dispatcher.KeyUse key(Attempt attempt, long lease, Record body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((attempt.operation() + " " + lease + " ").getBytes(UTF_8));
            return new Dispatcher.KeyUse(
                    attempt.requiredKey(), digest.digest(body.toString().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static <T> ResponseEntity<T> created(Outcome outcome, T body) {
        var response = ResponseEntity.status(HttpStatus.CREATED);
        if (outcome.replayed()) {
            response.header(DeskController.REPLAY, "true");
        }
        return response.body(body);
    }
}
