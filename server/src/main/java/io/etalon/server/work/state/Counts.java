package io.etalon.server.work.state;

/**
 * How far a project's tasks are, from counters in memory.
 *
 * @param tasks all but the cancelled
 * @param open tasks that need answers, escalated ones included
 * @param submissions answers in effect: what was returned and not done again does not count
 * @param submissionsNeeded what {@code submissions} will be at the end
 * @param reviewed decisions of reviewers
 */
public record Counts(
        long tasks,
        long open,
        long inReview,
        long returned,
        long done,
        long submissions,
        long submissionsNeeded,
        long reviewed) {}
