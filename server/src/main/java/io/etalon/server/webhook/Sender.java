package io.etalon.server.webhook;

import io.etalon.server.base.ClientId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's thread: looks for messages that are due, at once when it is rung, and seldom while nothing waits. */
final class Sender implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration WAITING = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofMinutes(2);
    private static final Duration PRUNING = Duration.ofHours(1);
    /** How long one can read what was sent. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final ClientId client;
    private final Ground ground;
    private final Sending sending;
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread;
    private Instant pruned;
    private volatile boolean stopped;

    Sender(ClientId client, Ground ground) {
        this.client = client;
        this.ground = ground;
        this.sending = new Sending(client, ground, this::ring);
        this.pruned = ground.clock().instant();
        this.thread = Thread.ofVirtual().name("webhooks-" + client).unstarted(this);
    }

    void start() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    void ring() {
        bell.release();
    }

    @Override
    public void run() {
        var pause = SHORTEST;
        while (!stopped) {
            var longest = longestPause();
            pause = pause.compareTo(longest) < 0 ? pause : longest;
            try {
                if (bell.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    // It rings before the commit: a moment later there is something to see.
                    LockSupport.parkNanos(SHORTEST.toNanos());
                    bell.drainPermits();
                    pause = SHORTEST;
                } else {
                    pause = pause.multipliedBy(2);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Looks once; returns how long it may take until the next look. */
    private Duration longestPause() {
        try {
            if (!sending.pass().isEmpty()) {
                return SHORTEST;
            }
            var now = ground.clock().instant();
            if (!now.isBefore(pruned.plus(PRUNING))) {
                pruned = now;
                sending.prune(KEPT);
            }
            return sending.anyWaiting() ? WAITING : SILENCE;
        } catch (RuntimeException e) {
            if (!stopped) {
                LOG.warn("event=webhooks-waiting client={} reason={}", client, e.toString());
            }
            return WAITING;
        }
    }

    @Override
    public void close() {
        stopped = true;
        sending.stop();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
