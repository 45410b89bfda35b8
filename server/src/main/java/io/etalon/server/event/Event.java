package io.etalon.server.event;

import io.etalon.server.base.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A committed change, as listeners hear of it.
 *
 * @param project what it happened in; null when it concerns the client as a whole
 * @param payload a JSON object of ids, numbers and states; never content
 * @param at by the database's clock
 */
public record Event(Position position, @Nullable ProjectId project, EventKind kind, String payload, Instant at) {}
