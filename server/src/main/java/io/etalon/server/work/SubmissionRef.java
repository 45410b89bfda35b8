package io.etalon.server.work;

import io.etalon.server.base.PersonId;

/**
 * A submission as the dispatcher knows it: no content.
 *
 * @param position of its task in the queue
 * @param revision from 1; one more each time it comes back from a return
 */
record SubmissionRef(long id, int position, long task, PersonId author, int round, int revision) {}
