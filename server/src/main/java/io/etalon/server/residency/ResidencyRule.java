package io.etalon.server.residency;

import io.etalon.server.base.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a list of countries.
 *
 * @param project whose people it is about, beside its client's list; null for the whole client
 * @param countries ascending (ISO 3166-1 alpha-2)
 * @param setAt by the database's clock
 */
record ResidencyRule(
        UUID id,
        int version,
        Concern concern,
        @Nullable ProjectId project,
        List<String> countries,
        boolean inForce,
        UUID setBy,
        Instant setAt) {
    ResidencyRule {
        countries = List.copyOf(countries);
    }

    /** As an English sentence; the web application makes its own from the same data. */
    String sentence() {
        var places = String.join(" or ", countries);
        return switch (concern) {
            case STORAGE -> "Data lie in " + places + " only.";
            case PROCESSING -> "Data are processed in " + places + " only.";
            case PEOPLE -> "Only people in " + places + (project == null ? "." : " for this project.");
        };
    }

    boolean concerns(@Nullable ProjectId one) {
        return project == null || project.equals(one);
    }
}
