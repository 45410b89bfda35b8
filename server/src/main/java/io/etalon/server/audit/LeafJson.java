package io.etalon.server.audit;

import io.etalon.ledger.CanonicalJson;
import io.etalon.ledger.JsonValue;
import io.etalon.ledger.JsonValue.JsonInteger;
import io.etalon.ledger.JsonValue.JsonNull;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one spelling of an entry, version 1: canonical JSON with the members {@code v, time, actor, via, op, project, asset,
 * salt} and the event's details beside them. The salt keeps a stranger who holds a proof from guessing its neighbours.
 */
final class LeafJson {
    private LeafJson() {}

    static byte[] of(AuditEvent event, @Nullable String pseudonym, Instant time, byte[] salt) {
        var leaf = JsonObject.builder()
                .put("v", 1)
                .put("time", time.truncatedTo(ChronoUnit.MICROS).toString())
                .put("actor", textOrNull(pseudonym))
                .put("via", event.via())
                .put("op", event.op().name())
                .put(
                        "project",
                        textOrNull(
                                event.project() == null ? null : event.project().toString()))
                .put("asset", textOrNull(event.asset()))
                .put("salt", HexFormat.of().formatHex(salt));
        // A detail that bears the name of a member above is refused by the builder.
        event.details().forEach((name, value) -> leaf.put(name, detail(value)));
        return CanonicalJson.write(leaf.build());
    }

    /** What a leaf can be found by. */
    record Members(
            AuditOp op,
            @Nullable String actor,
            @Nullable String project,
            @Nullable String asset) {
        List<String> keys() {
            var keys = new ArrayList<String>(4);
            keys.add("op " + op);
            if (actor != null) {
                keys.add("actor " + actor);
            }
            if (project != null) {
                keys.add("project " + project);
            }
            if (asset != null) {
                keys.add("asset " + asset);
            }
            return keys;
        }
    }

    /** Reads what {@link #of} wrote. */
    static Members members(byte[] leaf) {
        var json = (JsonObject) CanonicalJson.read(leaf);
        return new Members(
                AuditOp.valueOf(Objects.requireNonNull(text(json, "op"))),
                text(json, "actor"),
                text(json, "project"),
                text(json, "asset"));
    }

    private static @Nullable String text(JsonObject json, String name) {
        return json.get(name).orElseThrow() instanceof JsonString string ? string.value() : null;
    }

    private static JsonValue textOrNull(@Nullable String text) {
        return text == null ? new JsonNull() : new JsonString(text);
    }

    private static JsonValue detail(Object value) {
        return value instanceof Number number ? new JsonInteger(number.longValue()) : new JsonString((String) value);
    }
}
