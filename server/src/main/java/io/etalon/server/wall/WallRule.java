package io.etalon.server.wall;

import java.time.Instant;
import java.util.UUID;

/**
 * A version of a client's rule.
 *
 * @param id the same for all versions; each decision bears it
 * @param version from 1; the newest counts
 */
public record WallRule(UUID id, int version, Terms terms, boolean inForce, UUID setBy, Instant setAt) {}
