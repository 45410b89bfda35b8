/**
 * Imports and exports as jobs, streamed; of a consensus the votes are held, as numbers, and nothing else.
 *
 * <p>Owns the cell's tables {@code import_piece} and {@code import_line}, and two sorts of sealed objects: files on their way
 * in, and files of answers to be fetched. An import's file is cut into pieces, alike in every attempt; a piece's assets,
 * tasks, refused lines and progress are one transaction, so that a job that is killed repeats no line and skips none. An
 * export of answers is one COPY, read as it comes; one of the consensus reads the answers twice from one snapshot. Writes
 * INGEST a piece and EXPORT a download into the audit log. May import every package up to {@code quality}.
 */
@NullMarked
package io.etalon.server.transfer;

import org.jspecify.annotations.NullMarked;
