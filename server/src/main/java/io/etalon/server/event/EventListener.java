package io.etalon.server.event;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;
import java.util.List;

/**
 * Hears every event of every client in order, at least once. What it writes with {@code tx} happens exactly once, since its
 * cursor moves in that transaction; what it does elsewhere must bear repetition. It is quick: calls over a network are
 * written down here and made later.
 */
public interface EventListener {
    /** Its name in the tables: never changes. */
    String name();

    /** An exception is tried again, with growing pauses; after some tries the event is parked and the next one comes. */
    void on(Tx tx, ClientId client, Event event) throws Exception;

    /**
     * Hears what waits at once, in order. Who can do with one statement what {@link #on} does with many takes it here; when
     * it throws, all of it comes again one by one.
     */
    default void onAll(Tx tx, ClientId client, List<Event> events) throws Exception {
        for (var event : events) {
            on(tx, client, event);
        }
    }
}
