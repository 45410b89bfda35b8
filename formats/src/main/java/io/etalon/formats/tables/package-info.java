/**
 * Tables as people hand them over: CSV, JSON lines and Parquet, plain or gzipped, from a file or standard input.
 *
 * <p>A reader names the columns it wants and is handed one {@link io.etalon.formats.tables.Row} after the other; nothing
 * is held, so that the size of the file does not matter. A broken row is told with its line and what was expected, and
 * as many as the caller tolerates are counted and passed over. Owns no tables of a database, sends and hears no events.
 * May import {@code io.etalon.formats}, Jackson's streaming core and parquet-floor.
 */
@NullMarked
package io.etalon.formats.tables;

import org.jspecify.annotations.NullMarked;
