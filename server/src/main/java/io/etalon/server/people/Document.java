package io.etalon.server.people;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a text that people have to accept before they see work.
 *
 * @param kind {@code consent}, {@code nda} or {@code other}
 * @param workforce whose people it is for; null for everybody at work
 * @param sha256 of title and body, in hexadecimal: what exactly was accepted
 * @param setAt by the database's clock
 */
record Document(
        UUID id,
        int version,
        String kind,
        @Nullable UUID workforce,
        String title,
        String body,
        String sha256,
        boolean inForce,
        UUID setBy,
        Instant setAt) {

    boolean isFor(@Nullable UUID team) {
        return workforce == null || workforce.equals(team);
    }
}
