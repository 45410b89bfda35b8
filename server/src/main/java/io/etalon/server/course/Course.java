package io.etalon.server.course;

import io.etalon.server.base.ProjectId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a course, without its pages.
 *
 * @param project before whose work it stands; null for all work of the workforce
 * @param workforce whose people take it; null for everybody at work in the project
 * @param pages how many it has, at least one
 * @param since the oldest version that counts as this one
 * @param setAt by the database's clock
 */
record Course(
        UUID id,
        int version,
        @Nullable ProjectId project,
        @Nullable UUID workforce,
        String title,
        int pages,
        int since,
        boolean inForce,
        UUID setBy,
        Instant setAt) {

    boolean isFor(@Nullable UUID team) {
        return workforce == null || workforce.equals(team);
    }

    /** Whether it stands before this project's work. */
    boolean standsBefore(@Nullable ProjectId other) {
        return project == null || project.equals(other);
    }

    /** Whether who finished that version has finished this one. */
    boolean counts(@Nullable Integer finished) {
        return finished != null && finished >= since;
    }
}
