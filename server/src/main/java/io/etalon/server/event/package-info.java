/**
 * News of committed changes: an outbox in each client's cell, written in the transaction of the change, read in one order by
 * listeners that keep a cursor, and by screens that follow what comes.
 *
 * <p>Owns the cell's tables {@code outbox}, {@code outbox_cursor} and {@code outbox_parked}. Delivery is at least once, and
 * exactly once for what a listener writes in the cell, since its cursor moves in the same transaction. Features above
 * append; features above that listen, so that news goes up the ladder without an import. Imports {@code base} and
 * {@code tenant}.
 */
@NullMarked
package io.etalon.server.event;

import org.jspecify.annotations.NullMarked;
