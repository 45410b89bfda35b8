/**
 * What a requester sets for a project's queue: its rules, its batches, acts on many tasks at once, deletions of single
 * answers, of tasks, of assets, and of the project itself; and what follows from the rules for people and for single tasks.
 *
 * <p>Owns the cell's tables {@code queue_policy}, {@code batch}, {@code batch_pause} and {@code deletion}; reads
 * {@code task}, {@code deleted_task}, {@code deleted_asset}, {@code asset}, {@code submission}, {@code deleted_answer}, {@code task_merge}, {@code review_decision}, {@code
 * gold}, {@code adjudication}, {@code release} and {@code job}. Changes go into the client's log. Sends TASKS_DELETED, TASKS_RESTORED, ANSWERS_DELETED
 * and ANSWERS_RESTORED. May import {@code base}, {@code audit},
 * {@code tenant}, {@code event}, {@code access}, {@code workforce}, {@code dataset}, {@code project}, {@code work.policy} and {@code work.engine}.
 */
@NullMarked
package io.etalon.server.work.queue;

import org.jspecify.annotations.NullMarked;
