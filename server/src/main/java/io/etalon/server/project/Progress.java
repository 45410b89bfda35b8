package io.etalon.server.project;

/**
 * Where a project's work stands.
 *
 * @param assets how many assets it has
 * @param tasks how many tasks were planned
 * @param open tasks that wait for submissions
 * @param inReview tasks of which a submission waits for a reviewer
 * @param returned tasks of which a submission went back to its author
 * @param done tasks with all they need
 * @param submissions submissions so far
 * @param submissionsNeeded tasks times redundancy
 * @param reviewed submissions that a reviewer decided on
 */
public record Progress(
        long assets,
        long tasks,
        long open,
        long inReview,
        long returned,
        long done,
        long submissions,
        long submissionsNeeded,
        long reviewed) {}
