package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.work.review.Way;

/**
 * A submission as the dispatcher knows it: no content.
 *
 * @param position of its task in the queue
 * @param revision from 1; one more each time it comes back from a return
 * @param returnedAt when it was sent back to its author, in milliseconds by the database's clock; 0 when it was not
 */
public record SubmissionRef(
        long id, int position, long task, PersonId author, int round, int revision, Way way, long returnedAt) {
    SubmissionRef(long id, int position, long task, PersonId author, int round, int revision, Way way) {
        this(id, position, task, author, round, revision, way, 0);
    }

    SubmissionRef at(Way next) {
        return new SubmissionRef(id, position, task, author, round, revision, next);
    }

    SubmissionRef returned(long atMillis, Way back) {
        return new SubmissionRef(id, position, task, author, round, revision, back, atMillis);
    }
}
