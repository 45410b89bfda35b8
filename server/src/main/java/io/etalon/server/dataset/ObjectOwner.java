package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import java.util.function.Consumer;

/** The port by which a feature says which objects its rows name. An object that nobody names is swept. Thread-safe. */
@FunctionalInterface
public interface ObjectOwner {
    /** Tells the name of every object that a committed row stands for, in no order. */
    void names(ClientId client, Consumer<String> consumer);
}
