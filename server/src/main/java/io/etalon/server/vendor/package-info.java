/**
 * Vendors and in-house teams as a client sees them: contracts, measures, how the work is divided among them, how much hangs on
 * one of them, and how one is left.
 *
 * <p>Owns the control tables {@code drain} and {@code drained_person} and the cell's tables {@code party}, {@code
 * vendor_contract}, {@code hand_over}, {@code routing_policy} and {@code routing_decision}. Contracts stand in the client's cell:
 * what a vendor agrees with one client is no other client's business. Sends ROUTING_CHANGED and VENDOR_DRAINED, hears WALL_CHANGED; writes VENDOR
 * to the client's log. A person sees what concerns his own workforce only, unless he runs the client's projects. May import
 * everything up to {@code quality} and {@code gold}.
 */
@NullMarked
package io.etalon.server.vendor;

import org.jspecify.annotations.NullMarked;
