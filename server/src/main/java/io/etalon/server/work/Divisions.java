package io.etalon.server.work;

import io.etalon.server.base.ClientId;
import io.etalon.server.work.engine.Routing;

/** How clients divide their work among workforces; implemented by a feature above this one. Thread-safe. */
@FunctionalInterface
public interface Divisions {
    Routing of(ClientId client);
}
