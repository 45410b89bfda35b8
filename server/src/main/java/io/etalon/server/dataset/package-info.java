/**
 * Assets: bytes that come in are judged by what they are, hashed and encrypted while they stream, kept once a project,
 * and handed out in ranges or from the second origin, never before their {@code VIEW} entry is committed.
 *
 * <p>Owns the cell's tables {@code asset} and {@code deleted_asset} and the data directory's {@code objects} folder (port {@link AssetBytes}).
 * Writes INGEST, VIEW and READ into the audit log. Asks the ports {@link ProjectDoor}, {@link SessionCheck} and
 * {@link TaskCounts}, which other features answer. Imports {@code base}, {@code audit}, {@code tenant}, {@code keys} and
 * {@code access}.
 */
@NullMarked
package io.etalon.server.dataset;

import org.jspecify.annotations.NullMarked;
