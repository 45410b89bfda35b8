package io.etalon.server.feed;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/** How many streams each person has open on this server. Thread-safe. */
@Component
final class Streams {
    /** A few tabs in a few browsers. */
    static final int MOST = 8;

    static final ErrorCode TOO_MANY = ErrorCode.of(
                    "too-many-streams", ErrorKind.EXHAUSTED, "Too many event streams are open")
            .withStatus(429);

    private final ConcurrentMap<PersonId, Integer> open = new ConcurrentHashMap<>();

    /** @throws EtalonException 429, when this person follows too much already */
    void enter(PersonId person) {
        if (open.merge(person, 1, Integer::sum) > MOST) {
            leave(person);
            throw EtalonException.retryLater(
                    TOO_MANY, "At most " + MOST + " event streams a person; close one.", Duration.ofSeconds(30));
        }
    }

    void leave(PersonId person) {
        open.computeIfPresent(person, (id, count) -> count == 1 ? null : count - 1);
    }
}
