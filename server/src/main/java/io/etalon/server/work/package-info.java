/**
 * The work engine: plans tasks, hands them out, takes answers in, has them reviewed.
 *
 * <p>PostgreSQL is the truth and the dispatcher in memory is a cache of it that can be rebuilt at any time. Owns the
 * cell's tables {@code task}, {@code task_event}, {@code lease}, {@code lease_end}, {@code submission},
 * {@code review_decision}, {@code return_lapse}, {@code draft} and {@code work_key}; all but {@code draft} only grow. Each act commits
 * together with its audit entry (LEASE, SUBMIT, SKIP, REVIEW, WALL_DENY) in a group commit. Hears of changed projects;
 * counts a version a project up so that what is computed from answers knows when it is old. May import {@code base},
 * {@code audit}, {@code tenant}, {@code keys}, {@code access}, {@code workforce}, {@code project} and {@code dataset}.
 */
@NullMarked
package io.etalon.server.work;

import org.jspecify.annotations.NullMarked;
