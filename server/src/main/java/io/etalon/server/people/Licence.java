package io.etalon.server.people;

import io.etalon.server.base.PersonId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A licence that a person shows a client.
 *
 * @param kind such as {@code medical-doctor}
 * @param country that issued it (ISO 3166-1 alpha-2)
 * @param number sealed
 * @param from the first day on which it is valid
 * @param to the last day; null for no end
 * @param act what was last said of it: {@code verify}, {@code refuse} or {@code withdraw}; null for nothing yet
 * @param by who said so
 * @param note why
 * @param actAt when, by the database's clock
 * @param today whether today lies within its days, by the database's clock and UTC
 */
record Licence(
        UUID id,
        PersonId person,
        String kind,
        String country,
        byte[] number,
        LocalDate from,
        @Nullable LocalDate to,
        Instant statedAt,
        @Nullable String act,
        @Nullable UUID by,
        @Nullable String note,
        @Nullable Instant actAt,
        boolean today) {

    /** Whether it counts now. */
    boolean isHeld() {
        return "verify".equals(act) && today;
    }

    /** {@code stated}, {@code verified}, {@code refused}, {@code withdrawn}, or {@code expired} for a verified one that is over or not yet begun. */
    String state() {
        return switch (act == null ? "" : act) {
            case "verify" -> today ? "verified" : "expired";
            case "refuse" -> "refused";
            case "withdraw" -> "withdrawn";
            default -> "stated";
        };
    }
}
