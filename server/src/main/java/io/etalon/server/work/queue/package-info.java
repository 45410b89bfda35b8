/**
 * What a requester sets for a project's queue: its rules, its batches, acts on many tasks at once; and what follows from the
 * rules for people and for single tasks.
 *
 * <p>Owns the cell's tables {@code queue_policy} and {@code batch}; reads {@code task}, {@code asset}, {@code submission}
 * and {@code review_decision}. Changes go into the client's log. Sends no event. May import {@code base}, {@code audit},
 * {@code tenant}, {@code access}, {@code workforce}, {@code project}, {@code work.policy} and {@code work.engine}.
 */
@NullMarked
package io.etalon.server.work.queue;

import org.jspecify.annotations.NullMarked;
