/**
 * Leaving: everything of a client in one archive, the same restored elsewhere, and what is left destroyed under a signed
 * certificate.
 *
 * <p>Owns the cell's tables {@code exit_export} and {@code exit_consent} and the control table {@code departure}. Knows every
 * table of both databases by name ({@link io.etalon.server.exit.CellTable}, {@link io.etalon.server.exit.ControlTable}); a
 * test fails when a migration adds one that the lists do not name. Sends no events. Imports all lower rungs.
 */
@NullMarked
package io.etalon.server.exit;

import org.jspecify.annotations.NullMarked;
