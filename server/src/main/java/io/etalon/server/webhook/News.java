package io.etalon.server.webhook;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.Event;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.EventListener;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a message for each event and endpoint that wants to hear of it, in the transaction that moves the cursor: exactly
 * one, whatever dies. Work is told without numbers and not told again while the same news waits, so that an endpoint that is
 * away for a day comes back to one message a project and not to a million.
 */
@Component
final class News implements EventListener {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Merged(Object endpoint, Object project) {}

    private final Ground ground;
    private final Senders senders;
    private final EndpointStore endpoints = new EndpointStore();
    private final MessageStore messages = new MessageStore();

    News(Ground ground, Senders senders) {
        this.ground = ground;
        this.senders = senders;
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public void on(Tx tx, ClientId client, Event event) {
        onAll(tx, client, List.of(event));
    }

    @Override
    public void onAll(Tx tx, ClientId client, List<Event> events) {
        var open = endpoints.all(tx).stream()
                .filter(endpoint -> endpoint.disabled() == null)
                .toList();
        if (open.isEmpty()) {
            return;
        }
        var merged = new HashSet<Merged>();
        for (var event : events) {
            for (var endpoint : open) {
                if (endpoint.kinds().contains(event.kind().key()) && !event.at().isBefore(endpoint.madeAt())) {
                    tell(tx, client, endpoint, event, merged);
                }
            }
        }
        senders.ring(client);
    }

    private void tell(Tx tx, ClientId client, Endpoint endpoint, Event event, Set<Merged> merged) {
        var project = event.project();
        var now = ground.clock().instant();
        var message = new Message(
                ground.ids().next(),
                endpoint.id(),
                event.kind().key(),
                project == null ? null : project.value(),
                body(client, event),
                now,
                DeliveryState.WAITING,
                0,
                now);
        if (event.kind() == EventKind.WORK_DONE) {
            var isTold = !merged.add(new Merged(endpoint.id(), String.valueOf(project)));
            if (isTold || messages.waits(tx, message, now)) {
                return;
            }
        }
        messages.insert(tx, message);
    }

    private static String body(ClientId client, Event event) {
        var data = new LinkedHashMap<String, Object>();
        data.put("client", client.toString());
        if (event.project() != null) {
            data.put("project", event.project().toString());
        }
        if (event.kind() != EventKind.WORK_DONE) {
            JSON.readTree(event.payload()).properties().forEach(one -> data.put(one.getKey(), one.getValue()));
        }
        return body(event.kind().key(), event.at().toString(), data);
    }

    static String body(String type, String timestamp, Map<String, Object> data) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", type);
        body.put("timestamp", timestamp);
        body.put("data", data);
        return JSON.writeValueAsString(body);
    }
}
