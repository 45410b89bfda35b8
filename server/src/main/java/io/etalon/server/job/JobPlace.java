package io.etalon.server.job;

import io.etalon.server.base.ClientId;

/** Says where a client's jobs are run: by the server that has its queues. */
public interface JobPlace {
    /** Whether this server runs the client's jobs now; where no server does, it is the one that asks. */
    boolean isHere(ClientId client);
}
