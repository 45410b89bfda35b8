package io.etalon.server.egress;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a call ended. */
public sealed interface Outcome {
    /**
     * It was answered.
     *
     * @param status 200 to 599
     * @param retryAfter what the answer asks for in seconds, a day at most; null when it asks for nothing
     * @param body as much of it as the call keeps, as UTF-8
     */
    record Answered(int status, @Nullable Duration retryAfter, String body) implements Outcome {}

    /** It was not. */
    record Failed(CallFault fault) implements Outcome {}
}
