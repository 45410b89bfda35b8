/**
 * Human work: plans tasks, gives them to annotators and reviewers over HTTP, checks answers against the ontology, shows
 * them.
 *
 * <p>Stands on {@code work.engine}, which decides who gets what and makes it durable. Owns the cell's table {@code
 * draft}, {@code workflow}, {@code adjudication}, {@code task_merge}, {@code task_merge_undo}, {@code restoration} and
 * {@code label_use}; reads the engine's tables
 * to show and to stream them, and writes WALL_DENY, MERGE and MERGE_UNDO to the audit log. Hears of changed
 * projects; counts a version a project up so that what is computed from answers knows when it is old. May import {@code
 * base}, {@code audit}, {@code tenant}, {@code keys}, {@code access}, {@code workforce}, {@code project}, {@code
 * dataset} and its own parts.
 */
@NullMarked
package io.etalon.server.work;

import org.jspecify.annotations.NullMarked;
