package io.etalon.server.audit;

import io.etalon.server.base.ClientId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the sequencers that have work once a second, each on a thread of its own, so that a slow cell delays no other. A
 * client in whose log nothing happens costs no query. A round that fails is tried again at the next tick.
 */
final class SequencerClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SequencerClock.class);
    private static final long TICK_MILLIS = 1_000;

    private record Watched(ClientId client, Sequencer sequencer, AtomicBoolean busy) {}

    private final ConcurrentMap<ClientId, Watched> watched = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("audit-sequencer").factory());
    private volatile boolean closed;

    SequencerClock() {
        var unused = ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void add(ClientId client, Sequencer sequencer) {
        watched.put(client, new Watched(client, sequencer, new AtomicBoolean()));
    }

    void remove(ClientId client) {
        watched.remove(client);
    }

    private void tick() {
        for (var one : watched.values()) {
            if (one.sequencer().hasWork() && one.busy().compareAndSet(false, true)) {
                Thread.ofVirtual().name("audit-" + one.client()).start(() -> round(one));
            }
        }
    }

    private void round(Watched one) {
        try {
            one.sequencer().flush();
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.warn("sequencing failed client={} reason={}", one.client(), e.toString());
            }
        } finally {
            one.busy().set(false);
        }
    }

    @Override
    public void close() {
        closed = true;
        ticker.shutdownNow();
    }
}
