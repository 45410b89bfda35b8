package io.etalon.server.event;

import io.etalon.server.base.ClientId;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's thread: brings events from the outbox to listeners and followers, and removes old ones. It looks shortly after
 * something was appended here, and every few seconds for what other servers appended.
 */
final class Courier implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final Duration PRUNING = Duration.ofHours(1);

    /** What all couriers of a server have in common. */
    record Ground(TenantScope scope, Clock clock, OutboxConfig config, AtomicLong parked) {}

    private final ClientId client;
    private final Ground ground;
    private final Bell bell;
    private final Feed feed;
    private final List<String> names;
    private final List<Delivery> deliveries;
    private final Thread thread;
    private final OutboxStore store = new OutboxStore();
    private java.time.Instant pruned;
    private volatile boolean stopped;

    Courier(ClientId client, Ground ground, Bell bell, Collection<EventListener> listeners) {
        this.client = client;
        this.ground = ground;
        this.bell = bell;
        this.feed = new Feed(ground.scope(), client);
        this.names = listeners.stream().map(EventListener::name).toList();
        this.deliveries = listeners.stream()
                .map(one -> new Delivery(ground.scope(), client, one, ground.config(), ground.parked()))
                .toList();
        this.pruned = ground.clock().instant();
        this.thread = Thread.ofVirtual().name("outbox-" + client).unstarted(this);
    }

    void start() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    Feed feed() {
        return feed;
    }

    @Override
    public void run() {
        var pause = ground.config().shortestPause();
        while (!stopped) {
            try {
                var found = looked();
                pause = found ? ground.config().shortestPause() : longer(pause);
                if (bell.await(pause)) {
                    // It rings before the commit, and often: a moment later there is more to take at once.
                    pause = ground.config().shortestPause();
                    LockSupport.parkNanos(pause.toNanos());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stopped = true;
            }
        }
    }

    private boolean looked() {
        try {
            return pass();
        } catch (RuntimeException e) {
            if (!stopped) {
                LOG.warn("event=outbox-waiting client={} reason={}", client, e.toString());
            }
            return false;
        }
    }

    private Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        var restless = feed.isFollowed() || deliveries.stream().anyMatch(Delivery::isWaiting);
        var longest =
                restless ? ground.config().longestPause() : ground.config().silence();
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    /** One look at the outbox; true when there was something. */
    boolean pass() {
        var now = ground.clock().instant();
        var found = feed.pass();
        for (var delivery : deliveries) {
            found |= delivery.pass(now);
        }
        if (!now.isBefore(pruned.plus(PRUNING))) {
            pruned = now;
            prune();
        }
        return found;
    }

    /** Removes old events that every listener has heard; returns how many. */
    int prune() {
        return ground.scope()
                .client(client, tx -> store.prune(tx, names, ground.config().kept()));
    }

    @Override
    public void close() {
        stopped = true;
        feed.end();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
