package io.etalon.server.event;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Rows;
import io.etalon.server.base.Tx;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where features tell what they change. Telling costs one insert in the transaction of the change; it happens with it or not
 * at all. Thread-safe.
 */
@Service
public final class Events {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OutboxStore store = new OutboxStore();
    private final ConcurrentMap<ClientId, Bell> bells = new ConcurrentHashMap<>();

    /**
     * Tells of a change.
     *
     * @param tx the transaction of the change, on the client's cell
     * @param payload ids, whole numbers, flags and states; content has no place here
     */
    public void append(Tx tx, ClientId client, @Nullable ProjectId project, EventKind kind, Map<String, ?> payload) {
        store.append(tx, project, kind, json(payload));
        bell(client).ring();
    }

    /** Rows of changes, to be filled by {@link #add} and written in the transaction of what they tell of. */
    public Rows rows() {
        return OutboxStore.rows();
    }

    /** Tells of a change by a row that the caller writes; otherwise as {@link #append}. */
    public void add(Rows rows, ClientId client, @Nullable ProjectId project, EventKind kind, Map<String, ?> payload) {
        rows.add(project == null ? null : project.value(), kind.key(), json(payload));
        bell(client).ring();
    }

    private static String json(Map<String, ?> payload) {
        for (var value : payload.values()) {
            if (!(value instanceof Number
                    || value instanceof UUID
                    || value instanceof Boolean
                    || value instanceof Enum)) {
                throw new IllegalArgumentException(
                        "an event bears ids, numbers, flags and states, not " + value.getClass());
            }
        }
        return JSON.writeValueAsString(new TreeMap<>(payload));
    }

    /** What wakes the courier of a client. It rings before the commit: who hears it looks again a moment later. */
    Bell bell(ClientId client) {
        return bells.computeIfAbsent(client, id -> new Bell());
    }
}
