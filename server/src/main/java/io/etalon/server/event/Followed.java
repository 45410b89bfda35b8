package io.etalon.server.event;

import java.time.Duration;
import java.util.List;

/** What a screen follows. Used by one thread; closing it may be done by any. */
public interface Followed extends AutoCloseable {
    /** The events that came since the last call, in order and each once; waits for one as long as this at most. */
    List<Event> next(Duration longest) throws InterruptedException;

    /** Up to where events were handed out: who follows from here on misses nothing. */
    Position position();

    /** Whether nothing more comes: its reader was too slow, or the server stops. */
    boolean hasEnded();

    @Override
    void close();
}
