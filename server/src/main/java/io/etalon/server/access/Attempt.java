package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * One try of a writing request. A handler takes it as an argument and hands it to {@link Idempotency#once}.
 *
 * @param person who tries
 * @param operation method and path
 * @param key the header {@code Idempotency-Key}; null when it was not sent
 * @param response where a replay is marked
 */
public record Attempt(
        PersonId person, String operation, @Nullable String key, HttpServletResponse response) {
    static final String REPLAY_HEADER = "Idempotent-Replay";

    /** Tells in the response that it is an earlier one again. */
    public void markReplay() {
        response.setHeader(REPLAY_HEADER, "true");
    }

    /** The key of a request that must carry one. */
    public String requiredKey() {
        if (key == null) {
            throw io.etalon.server.base.EtalonException.invalid(
                    "The header Idempotency-Key is missing; send a fresh one with each new request.");
        }
        return key;
    }
}
