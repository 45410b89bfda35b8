package io.etalon.server.ownership;

import java.util.function.Supplier;

/** Who must know of a change of the register before anything else is decided; walls above answer. Thread-safe. */
@FunctionalInterface
public interface RegisterWatch {
    /**
     * Runs a change that commits before it returns. Nothing is decided from the old register after this returned, and
     * what follows from the new one has begun.
     */
    <T> T around(Supplier<T> change);
}
