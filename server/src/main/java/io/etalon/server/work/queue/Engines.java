package io.etalon.server.work.queue;

import io.etalon.server.base.ClientId;
import io.etalon.server.work.engine.Dispatcher;

/** The work engine of each client. Thread-safe. */
@FunctionalInterface
public interface Engines {
    Dispatcher of(ClientId client);
}
