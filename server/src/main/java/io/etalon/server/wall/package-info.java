/**
 * Walls: who may not work for a client because of who owns his employer, for whom he worked, where he sits, what he may do;
 * and what leaves only before four eyes (Brewer and Nash 1989; shareholding as in SecNumCloud 19.6).
 *
 * <p>{@link io.etalon.server.wall.Walls} decides at every act from memory, which is good for one epoch of the control
 * database; whatever a wall is decided from raises the epoch in its own transaction. Owns the control tables {@code
 * wall_rule}, {@code wall_epoch}, {@code engaged}, {@code conflict} and {@code engagement}, and the cell's {@code wall_closed},
 * {@code wall_closing}, {@code ownership_seen} and {@code export_request}. Writes WALL_DENY, WALL_CHANGE and OWNERSHIP to the
 * log and sends {@code wall.changed} and {@code ownership.changed}. Answers the ports {@code access.ClientGate} and {@code
 * ownership.RegisterWatch}; asks {@code WorkInHand} and {@code HeldQualifications}, which features above answer. Imports
 * {@code base}, {@code audit}, {@code tenant}, {@code event}, {@code access}, {@code ownership} and {@code workforce}.
 */
@NullMarked
package io.etalon.server.wall;

import org.jspecify.annotations.NullMarked;
