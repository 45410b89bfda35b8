package io.etalon.server.forward;

import io.etalon.server.base.ClientId;
import io.etalon.server.node.Node;
import io.etalon.server.node.Nodes;
import io.etalon.server.work.Seats;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Where a client's work is done now: here, or at another server that lives. Queues that nobody has are taken; those of a
 * server that gave no sign of life for {@link Node#LONGEST_SILENCE} are taken from it. Thread-safe.
 */
@Component
final class Whereabouts {
    private static final Logger LOG = LoggerFactory.getLogger(Whereabouts.class);
    private static final long GOOD_FOR_NANOS = 1_000_000_000;

    private record Known(Node node, long at) {}

    private final Seats seats;
    private final Nodes nodes;
    private final ConcurrentMap<ClientId, Known> known = new ConcurrentHashMap<>();

    Whereabouts(Seats seats, Nodes nodes) {
        this.seats = seats;
        this.nodes = nodes;
    }

    /** Empty when this server does the client's work. */
    Optional<Node> elsewhere(ClientId client) {
        if (seats.has(client)) {
            return Optional.empty();
        }
        var remembered = known.get(client);
        if (remembered != null && System.nanoTime() - remembered.at() < GOOD_FOR_NANOS) {
            return Optional.of(remembered.node());
        }
        return looked(client);
    }

    private Optional<Node> looked(ClientId client) {
        var owner = seats.owner(client).filter(id -> !id.equals(nodes.self())).flatMap(nodes::find);
        if (owner.isPresent() && owner.get().isSilent()) {
            var ended = seats.evict(client);
            LOG.warn(
                    "event=queues-taken-from-silent client={} node={} silent={}s sessions={}",
                    client,
                    owner.get().id(),
                    owner.get().silence().toSeconds(),
                    ended);
            return taken(client) ? Optional.empty() : owner;
        }
        if (owner.isEmpty() && taken(client)) {
            return Optional.empty();
        }
        owner.ifPresent(node -> known.put(client, new Known(node, System.nanoTime())));
        return owner;
    }

    /**
     * Looks again after the server that was told did not answer or no longer has the queues: they are taken if they are free.
     */
    Optional<Node> again(ClientId client) {
        known.remove(client);
        return taken(client) ? Optional.empty() : looked(client);
    }

    private boolean taken(ClientId client) {
        var had = seats.has(client);
        var taken = seats.take(client);
        if (taken && !had) {
            LOG.info("event=queues-taken client={}", client);
        }
        return taken;
    }

    /** Whether this server has the client's queues or could take them: for a request that was handed on to it. */
    boolean isHere(ClientId client) {
        return taken(client);
    }
}
