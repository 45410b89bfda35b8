package io.etalon.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;
import io.etalon.server.egress.Egress.Call;
import io.etalon.server.egress.Outcome;
import io.etalon.server.egress.Outcome.Answered;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's messages on their way. Each is sent on a thread of its own and four at once to an endpoint at most, so that an
 * endpoint that is slow keeps nobody waiting but itself. A message is held in the table while it is sent: a server that dies
 * meanwhile leaves it to whoever looks after that. {@link #pass} is called by one thread.
 */
final class Sending {
    static final int AT_ONCE = 4;
    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
    /** Longer than a call may take. */
    private static final Duration HELD = Duration.ofMinutes(1);

    private record Parcel(Endpoint endpoint, Message message) {}

    private final ClientId client;
    private final Ground ground;
    private final Runnable ended;
    private final EndpointStore endpoints = new EndpointStore();
    private final MessageStore messages = new MessageStore();
    /** Messages that are being sent, with their endpoints. */
    private final ConcurrentMap<UUID, UUID> inHand = new ConcurrentHashMap<>();

    private volatile boolean stopped;

    /** @param ended runs whenever a message's try is over: there may be room for the next one */
    Sending(ClientId client, Ground ground, Runnable ended) {
        this.client = client;
        this.ground = ground;
        this.ended = ended;
    }

    /** Starts to send what is due and has room; returns the threads that do. */
    List<Thread> pass() {
        var now = ground.clock().instant();
        var threads = new ArrayList<Thread>();
        for (var parcel : ground.scope().client(client, tx -> claimed(tx, now))) {
            inHand.put(parcel.message().id(), parcel.endpoint().id());
            threads.add(
                    Thread.ofVirtual().name("webhook-" + parcel.message().id()).start(() -> send(parcel)));
        }
        return threads;
    }

    /** Whether anything waits for its time. */
    boolean anyWaiting() {
        return ground.scope().client(client, messages::anyWaiting);
    }

    /** Forgets messages of long ago that need nothing more; returns how many. */
    int prune(Duration kept) {
        return ground.scope()
                .client(
                        client,
                        tx -> messages.prune(tx, ground.clock().instant().minus(kept)));
    }

    void stop() {
        stopped = true;
    }

    private List<Parcel> claimed(Tx tx, Instant now) throws SQLException {
        var parcels = new ArrayList<Parcel>();
        for (var endpoint : endpoints.due(tx, now)) {
            var room = endpoint.slowUntil() == null ? AT_ONCE : 1;
            var most = room
                    - (int) inHand.values().stream()
                            .filter(endpoint.id()::equals)
                            .count();
            if (most > 0) {
                for (var message : messages.claim(tx, endpoint.id(), now, HELD, most, inHand.keySet())) {
                    parcels.add(new Parcel(endpoint, message));
                }
            }
        }
        return parcels;
    }

    private void send(Parcel parcel) {
        try {
            var at = ground.clock().instant();
            var began = System.nanoTime();
            var outcome = ground.egress().call(call(parcel, at));
            var took = Duration.ofNanos(System.nanoTime() - began);
            ground.scope().clientDo(client, tx -> record(tx, parcel.message().id(), at, took, outcome));
        } catch (RuntimeException e) {
            if (!stopped) {
                LOG.warn(
                        "event=webhook-unrecorded client={} message={} reason={}",
                        client,
                        parcel.message().id(),
                        e.toString());
            }
        } finally {
            inHand.remove(parcel.message().id());
            ended.run();
        }
    }

    private Call call(Parcel parcel, Instant at) {
        var message = parcel.message();
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Etalon");
        headers.put("webhook-id", message.webhookId());
        headers.put("webhook-timestamp", String.valueOf(at.getEpochSecond()));
        headers.put("webhook-signature", signatures(parcel.endpoint(), message, at));
        return Call.post(
                URI.create(parcel.endpoint().url()), headers, message.body().getBytes(UTF_8));
    }

    /** By the present key, and for a while after a rotation by the former one too. */
    private String signatures(Endpoint endpoint, Message message, Instant at) {
        var secrets = ground.secrets();
        var present =
                secrets.open(client, endpoint.id(), endpoint.secret()).sign(message.webhookId(), at, message.body());
        var former = endpoint.former();
        if (former == null || endpoint.formerUntil() == null || !at.isBefore(endpoint.formerUntil())) {
            return present;
        }
        return present + " "
                + secrets.open(client, endpoint.id(), former).sign(message.webhookId(), at, message.body());
    }

    private void record(Tx tx, UUID id, Instant at, Duration took, Outcome outcome) {
        var endpoint = endpoints.lock(tx, inHand.getOrDefault(id, id)).orElse(null);
        var message =
                endpoint == null ? null : messages.lock(tx, endpoint.id(), id).orElse(null);
        if (endpoint == null || message == null) {
            // It was removed while the message was under way.
            return;
        }
        messages.tried(tx, id, at, took, outcome);
        if (message.state() != DeliveryState.WAITING) {
            // Another server had it too, and has settled it.
            return;
        }
        var now = ground.clock().instant();
        if (outcome instanceof Answered answer && answer.status() / 100 == 2) {
            messages.ended(tx, id, DeliveryState.DELIVERED);
            endpoints.delivered(tx, endpoint.id(), now);
        } else if (outcome instanceof Answered answer && answer.status() == 410) {
            messages.ended(tx, id, DeliveryState.FAILED);
            disable(tx, endpoint, Disabled.GONE, now);
        } else {
            failed(tx, endpoint, message, outcome, now);
        }
    }

    private void failed(Tx tx, Endpoint endpoint, Message message, Outcome outcome, Instant now) {
        var slow =
                outcome instanceof Answered answer ? Schedule.slow(answer, now).orElse(Instant.MIN) : Instant.MIN;
        if (slow.isAfter(now)) {
            endpoints.slow(tx, endpoint.id(), slow);
        }
        var next = Schedule.next(message.tries(), now).orElse(null);
        if (next != null) {
            messages.again(tx, message.id(), next.isBefore(slow) ? slow : next);
            return;
        }
        messages.ended(tx, message.id(), DeliveryState.FAILED);
        var through = endpoint.deliveredAt();
        if (through == null || through.isBefore(message.madeAt())) {
            disable(tx, endpoint, Disabled.FAILING, now);
        }
    }

    private void disable(Tx tx, Endpoint endpoint, Disabled why, Instant now) {
        if (endpoint.disabled() == null) {
            endpoints.disable(tx, endpoint.id(), why, now);
            ground.log()
                    .append(
                            tx,
                            AuditEvent.of(AuditOp.WEBHOOK, null, "system", null)
                                    .with("act", "disable")
                                    .with("endpoint", endpoint.id().toString())
                                    .with("reason", why.text()));
        }
    }
}
