package io.etalon.server.event;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener's way through one client's outbox. A batch of events and the move of the cursor are one transaction; when an
 * event is refused, the batch is undone and what it held comes again one by one, so that one bad event keeps back no
 * good one before it. Used by one thread; several servers take turns through the lock on the cursor's row.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final TenantScope scope;
    private final ClientId client;
    private final EventListener listener;
    private final OutboxConfig config;
    private final AtomicLong parked;
    private final OutboxStore store = new OutboxStore();
    private Instant notBefore = Instant.MIN;
    private boolean oneByOne;

    /**
     * A listener threw: told apart from a database that does not answer, which is nobody's fault. The event is the one that
     * was refused where they come one by one.
     */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Event event;

        private Refusal(Event event, Exception cause) {
            super(cause);
            this.event = event;
        }
    }

    Delivery(TenantScope scope, ClientId client, EventListener listener, OutboxConfig config, AtomicLong parked) {
        this.scope = scope;
        this.client = client;
        this.listener = listener;
        this.config = config;
        this.parked = parked;
    }

    /** Delivers what is there, a batch at most; true when there may be more to do at once. */
    boolean pass(Instant now) {
        if (now.isBefore(notBefore) || !scope.client(client, this::hasMore)) {
            return false;
        }
        try {
            var delivered = scope.client(client, this::batch);
            oneByOne = oneByOne && delivered == 0;
            return delivered > 0;
        } catch (Refusal e) {
            refused(now, e);
            return false;
        }
    }

    /** Whether an event was refused and comes again. */
    boolean isWaiting() {
        return oneByOne;
    }

    private boolean hasMore(Tx tx) {
        return !store.after(tx, store.place(tx, listener.name()).position(), 1).isEmpty();
    }

    private int batch(Tx tx) {
        var place = store.hold(tx, listener.name());
        if (place.isEmpty()) {
            return 0;
        }
        var events = store.after(tx, place.get().position(), oneByOne ? 1 : config.batch());
        if (events.isEmpty()) {
            return 0;
        }
        try {
            listener.onAll(tx, client, events);
        } catch (Exception e) {
            throw new Refusal(events.getFirst(), e);
        }
        store.move(tx, listener.name(), events.getLast().position());
        return events.size();
    }

    private void refused(Instant now, Refusal refusal) {
        var reason = String.valueOf(refusal.getCause());
        if (!oneByOne) {
            // Which one of the batch it is, and what comes before it, shows when they come alone.
            oneByOne = true;
            return;
        }
        var attempts = scope.client(client, tx -> counted(tx, refusal.event, reason));
        if (attempts >= config.attempts()) {
            parked.incrementAndGet();
            oneByOne = false;
            LOG.error(
                    "event=outbox-parked client={} listener={} position={} kind={} attempts={} reason={}",
                    client,
                    listener.name(),
                    refusal.event.position(),
                    refusal.event.kind().key(),
                    attempts,
                    reason);
        } else {
            notBefore = now.plus(config.pauseAfter(attempts));
            LOG.warn(
                    "event=outbox-refused client={} listener={} position={} attempts={} reason={}",
                    client,
                    listener.name(),
                    refusal.event.position(),
                    attempts,
                    reason);
        }
    }

    /** Counts a refusal; the last one allowed parks the event and passes it. */
    private int counted(Tx tx, Event event, String reason) {
        var attempts = store.hold(tx, listener.name())
                .map(place -> place.attempts() + 1)
                .orElse(1);
        if (attempts >= config.attempts()) {
            store.park(tx, listener.name(), event, reason);
            store.move(tx, listener.name(), event.position());
        } else {
            store.refused(tx, listener.name(), attempts);
        }
        return attempts;
    }
}
