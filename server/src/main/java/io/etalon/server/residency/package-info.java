/**
 * Residency: in which countries a client's data may lie and be processed, and where the people may be who see them.
 *
 * <p>Owns the control table {@code residency_rule}. {@link io.etalon.server.residency.Residency} decides at every request to a
 * client's address, from what people and their managers say and from an operator's table of networks; it asks nobody outside.
 * Where this server stands is what its operator says at the start. Writes WALL_DENY and WALL_CHANGE to the log and sends no
 * event. Answers the port {@code access.ClientGate}; asks {@code wall.WorkInHand}. Imports {@code base}, {@code audit}, {@code
 * tenant}, {@code access}, {@code workforce} and {@code wall}.
 */
@NullMarked
package io.etalon.server.residency;

import org.jspecify.annotations.NullMarked;
