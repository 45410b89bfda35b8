/**
 * The dispatcher: hands out leases and takes their ends, each as one durable write.
 *
 * <p>PostgreSQL is the truth; what is in memory is a cache of it that can be rebuilt at any time. Knows tasks, people and
 * numbers; what an answer says, how it is shown and who may ask is {@code work}'s. Owns the cell's tables {@code task},
 * {@code task_event}, {@code task_act}, {@code task_need}, {@code lease}, {@code lease_end}, {@code submission},
 * {@code review_decision}, {@code return_lapse}, {@code appeal}, {@code lease_pre_label}, {@code submission_pre_label} and
 * {@code work_replay}, which only grow, {@code deleted_task} and {@code deleted_answer}; reads {@code pre_label}. Each act commits together with its audit entry (LEASE, SUBMIT, SKIP, REVIEW, APPEAL, TASK_CHANGE) in a group commit. May import
 * {@code base}, {@code audit}, {@code tenant}, {@code event}, {@code work.frontier}, {@code work.state}, {@code work.review},
 * {@code work.gold} and {@code work.policy}.
 */
@NullMarked
package io.etalon.server.work.engine;

import org.jspecify.annotations.NullMarked;
