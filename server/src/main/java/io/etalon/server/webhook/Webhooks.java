package io.etalon.server.webhook;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Tx;
import io.etalon.server.webhook.WebhookBodies.DeliveryDetail;
import io.etalon.server.webhook.WebhookBodies.EndpointBody;
import io.etalon.server.webhook.WebhookBodies.EndpointMade;
import io.etalon.server.webhook.WebhookBodies.TryBody;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** A client's endpoints and what was sent to them. Every change is told to its audit log. Thread-safe. */
@Service
final class Webhooks {
    static final int MOST = 20;
    /** How long the former key signs along after a rotation. */
    static final Duration OVERLAP = Duration.ofHours(24);

    private final Ground ground;
    private final Senders senders;
    private final Idempotency idempotency;
    private final EndpointStore endpoints = new EndpointStore();
    private final MessageStore messages = new MessageStore();

    /** What a person says of an endpoint, checked. */
    record Settings(String url, String description, List<String> kinds) {}

    /** What is to be changed; what is null stays. */
    record Change(
            @Nullable String url,
            @Nullable String description,
            @Nullable List<String> kinds,
            @Nullable Boolean enabled) {}

    Webhooks(Ground ground, Senders senders, Idempotency idempotency) {
        this.ground = ground;
        this.senders = senders;
        this.idempotency = idempotency;
    }

    List<EndpointBody> all(ClientId client) {
        return ground.scope().client(client, endpoints::all).stream()
                .map(one -> body(client, one))
                .toList();
    }

    EndpointBody get(ClientId client, UUID id) {
        return body(client, ground.scope().client(client, tx -> endpoint(tx, id)));
    }

    /**
     * Makes an endpoint with a key of its own.
     *
     * @throws EtalonException conflict, when the client has as many as it may
     */
    EndpointMade create(ClientCaller caller, Attempt attempt, Object request, Settings settings, Signing signing) {
        var client = caller.client().id();
        return ground.scope()
                .client(
                        client,
                        tx -> idempotency.once(tx, attempt, request, EndpointMade.class, same -> {
                            endpoints.lockAll(same);
                            if (endpoints.all(same).size() >= MOST) {
                                throw new EtalonException(
                                        ErrorCode.CONFLICT, "There are " + MOST + " endpoints; remove one first.");
                            }
                            var id = ground.ids().next();
                            var key = SigningKey.fresh(signing, ground.ids());
                            var made = new Endpoint(
                                    id,
                                    settings.url(),
                                    settings.description(),
                                    settings.kinds(),
                                    signing,
                                    ground.secrets().seal(client, id, key),
                                    null,
                                    null,
                                    caller.person(),
                                    ground.clock().instant(),
                                    null,
                                    null,
                                    null,
                                    null);
                            endpoints.insert(same, made);
                            tell(same, caller, id, "create");
                            return made(client, made, key);
                        }));
    }

    private EndpointMade made(ClientId client, Endpoint endpoint, SigningKey key) {
        return new EndpointMade(
                body(client, endpoint),
                switch (key) {
                    case SigningKey.Shared shared -> shared.shown();
                    case SigningKey.Pair pair -> null;
                });
    }

    EndpointBody change(ClientCaller caller, UUID id, Change change) {
        var client = caller.client().id();
        var changed = ground.scope().client(client, tx -> {
            var now = locked(tx, id);
            endpoints.change(
                    tx,
                    id,
                    change.url() == null ? now.url() : change.url(),
                    change.description() == null ? now.description() : change.description(),
                    change.kinds() == null ? now.kinds() : change.kinds());
            if (change.enabled() == null) {
                tell(tx, caller, id, "change");
            } else if (change.enabled()) {
                endpoints.enable(tx, id);
                tell(tx, caller, id, "enable");
            } else if (now.disabled() == null) {
                endpoints.disable(tx, id, Disabled.BY_HAND, ground.clock().instant());
                tell(tx, caller, id, "disable");
            }
            return endpoint(tx, id);
        });
        senders.ring(client);
        return body(client, changed);
    }

    /** Gives an endpoint another key; the present one signs along for a day. */
    EndpointMade rotate(ClientCaller caller, Attempt attempt, UUID id) {
        var client = caller.client().id();
        return ground.scope()
                .client(
                        client,
                        tx -> idempotency.once(tx, attempt, null, EndpointMade.class, same -> {
                            var key = SigningKey.fresh(locked(same, id).signing(), ground.ids());
                            endpoints.rotate(
                                    same,
                                    id,
                                    ground.secrets().seal(client, id, key),
                                    ground.clock().instant().plus(OVERLAP));
                            tell(same, caller, id, "rotate");
                            return made(client, endpoint(same, id), key);
                        }));
    }

    /** Removes an endpoint and what is known of its messages. */
    void delete(ClientCaller caller, UUID id) {
        ground.scope().clientDo(caller.client().id(), tx -> {
            locked(tx, id);
            endpoints.delete(tx, id);
            tell(tx, caller, id, "delete");
        });
    }

    /** Sends a message that tells nothing, so that a person sees whether it arrives. */
    Message test(ClientCaller caller, Attempt attempt, UUID id) {
        var client = caller.client().id();
        var sent = ground.scope()
                .client(
                        client,
                        tx -> idempotency.once(tx, attempt, null, UUID.class, same -> {
                            open(same, id);
                            var now = ground.clock().instant();
                            var body = News.body(Message.TEST, now.toString(), Map.of("client", client.toString()));
                            var message = new Message(
                                    ground.ids().next(),
                                    id,
                                    Message.TEST,
                                    null,
                                    body,
                                    now,
                                    DeliveryState.WAITING,
                                    0,
                                    now);
                            messages.insert(same, message);
                            tell(same, caller, id, "test");
                            return message.id();
                        }));
        senders.ring(client);
        return ground.scope().client(client, tx -> message(tx, id, sent));
    }

    /** Sends a message once more, under the same id, with a whole schedule before it. */
    Message again(ClientCaller caller, Attempt attempt, UUID id, UUID delivery) {
        var client = caller.client().id();
        ground.scope()
                .client(
                        client,
                        tx -> idempotency.once(tx, attempt, null, UUID.class, same -> {
                            open(same, id);
                            message(same, id, delivery);
                            messages.restart(same, delivery, ground.clock().instant());
                            tell(same, caller, id, "again");
                            return delivery;
                        }));
        senders.ring(client);
        return ground.scope().client(client, tx -> message(tx, id, delivery));
    }

    List<Message> deliveries(
            ClientId client, UUID id, @Nullable DeliveryState state, @Nullable UUID before, int limit) {
        return ground.scope().client(client, tx -> {
            endpoint(tx, id);
            return messages.list(tx, id, state, before, limit);
        });
    }

    DeliveryDetail delivery(ClientId client, UUID id, UUID delivery) {
        return ground.scope().client(client, tx -> {
            endpoint(tx, id);
            var message = message(tx, id, delivery);
            var tries = messages.tries(tx, delivery).stream().map(TryBody::of).toList();
            return new DeliveryDetail(WebhookBodies.DeliveryBody.of(message), message.body(), tries);
        });
    }

    private Endpoint endpoint(Tx tx, UUID id) {
        return endpoints.find(tx, id).orElseThrow(EtalonException::notFound);
    }

    private Endpoint locked(Tx tx, UUID id) {
        return endpoints.lock(tx, id).orElseThrow(EtalonException::notFound);
    }

    private void open(Tx tx, UUID id) {
        if (locked(tx, id).disabled() != null) {
            throw new EtalonException(ErrorCode.CONFLICT, "This endpoint is disabled; enable it first.");
        }
    }

    private Message message(Tx tx, UUID endpoint, UUID id) {
        return messages.lock(tx, endpoint, id).orElseThrow(EtalonException::notFound);
    }

    private void tell(Tx tx, ClientCaller caller, UUID endpoint, String act) {
        ground.log()
                .append(
                        tx,
                        AuditEvent.of(AuditOp.WEBHOOK, caller.person(), caller.via(), null)
                                .with("act", act)
                                .with("endpoint", endpoint.toString()));
    }

    private EndpointBody body(ClientId client, Endpoint one) {
        var key = ground.secrets().open(client, one.id(), one.secret());
        var former = one.formerUntil();
        return new EndpointBody(
                one.id(),
                one.url(),
                one.description(),
                one.kinds(),
                one.signing(),
                switch (key) {
                    case SigningKey.Pair pair -> pair.shown();
                    case SigningKey.Shared shared -> null;
                },
                one.madeBy().value(),
                one.madeAt(),
                one.disabled(),
                one.disabledAt(),
                former != null && ground.clock().instant().isBefore(former) ? former : null,
                one.slowUntil(),
                one.deliveredAt());
    }
}
