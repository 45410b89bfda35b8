package io.etalon.server.vendor.score;

import java.time.Instant;
import java.util.UUID;

/**
 * One answer, with what is known of its being right.
 *
 * @param task what it is about: two answers with the same text are about the same work
 * @param correct the probability that it is right, 0 to 1: by the consensus, calibrated on gold; by gold alone 0 or 1
 */
public record Observation(UUID workforce, UUID person, String task, double correct, Instant at) {}
