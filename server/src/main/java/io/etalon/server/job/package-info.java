/**
 * Jobs: long work in the background that survives its server. What a job does is told by a {@link io.etalon.server.job.JobWork}
 * of a higher rung; here are its states, its turn, its log and its end.
 *
 * <p>Owns the cell's tables {@code job} and {@code job_log}, and the control table {@code job_client}. A server holds an advisory lock while it runs a job, so that
 * none runs twice at once; what a job commits names its attempt, so that a server that was overtaken commits nothing more.
 * Writes JOB into the audit log at every change of state. May import {@code base}, {@code audit}, {@code tenant},
 * {@code keys}, {@code access} and {@code project}.
 */
@NullMarked
package io.etalon.server.job;

import org.jspecify.annotations.NullMarked;
