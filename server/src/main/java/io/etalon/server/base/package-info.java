/**
 * What every feature stands on: the one exception, error codes, ids, pages and cursors, a transaction's handle.
 *
 * <p>Owns no table and sends no event. Imports the libraries and Spring's JDBC client, no feature. The lowest rung of the
 * server's ladder.
 */
@NullMarked
package io.etalon.server.base;

import org.jspecify.annotations.NullMarked;
