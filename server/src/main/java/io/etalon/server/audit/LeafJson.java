package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.CanonicalJson;
import io.etalon.ledger.FormatException;
import io.etalon.ledger.JsonValue.JsonInteger;
import io.etalon.ledger.JsonValue.JsonString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one spelling of an entry, version 1: canonical JSON (RFC 8785) with the members {@code v, time, actor, via, op, project,
 * asset, salt} and the event's details beside them. The salt keeps a stranger who holds a proof from guessing its
 * neighbours. Three entries are made an answer, so that they are written member by member, without a tree.
 */
final class LeafJson {
    private static final int USUAL_LENGTH = 400;

    private LeafJson() {}

    /** The bytes of entries that were made at one time. */
    static final class Spelling {
        private final String time;

        Spelling(Instant time) {
            this.time = time.truncatedTo(ChronoUnit.MICROS).toString();
        }

        byte[] of(AuditEvent event, @Nullable String pseudonym, byte[] salt) {
            var leaf = new Leaf(event.details());
            leaf.member("actor", pseudonym);
            leaf.member("asset", event.asset());
            leaf.member("op", event.op().name());
            leaf.member(
                    "project", event.project() == null ? null : event.project().toString());
            leaf.member("salt", HexFormat.of().formatHex(salt));
            leaf.member("time", time);
            leaf.member("v", 1);
            leaf.member("via", event.via());
            return leaf.bytes();
        }
    }

    /** Members in canonical order: those that every entry has, come in it, and the details between them. */
    private static final class Leaf {
        private final StringBuilder out = new StringBuilder(USUAL_LENGTH);
        private final Iterator<Map.Entry<String, Object>> details;
        private Map.@Nullable Entry<String, Object> detail;

        Leaf(Map<String, Object> details) {
            this.details = details.entrySet().iterator();
            advance();
        }

        private void advance() {
            detail = details.hasNext() ? details.next() : null;
        }

        void member(String name, @Nullable Object value) {
            for (var next = detail; next != null; next = detail) {
                var order = next.getKey().compareTo(name);
                if (order == 0) {
                    throw new FormatException("the member «" + name + "» is there already");
                }
                if (order > 0) {
                    break;
                }
                put(next.getKey(), next.getValue());
                advance();
            }
            put(name, value);
        }

        private void put(String name, @Nullable Object value) {
            out.append(out.isEmpty() ? '{' : ',');
            string(name);
            out.append(':');
            switch (value) {
                case null -> out.append("null");
                case Number number -> out.append(new JsonInteger(number.longValue()).value());
                default -> string((String) value);
            }
        }

        /** Visible ASCII stands for itself but for two of it; what else there is, is the ledger's to spell. */
        private void string(String text) {
            for (var i = 0; i < text.length(); i++) {
                var c = text.charAt(i);
                if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                    out.append(new String(CanonicalJson.write(new JsonString(text)), UTF_8));
                    return;
                }
            }
            out.append('"').append(text).append('"');
        }

        byte[] bytes() {
            for (var next = detail; next != null; next = detail) {
                put(next.getKey(), next.getValue());
                advance();
            }
            return out.append('}').toString().getBytes(UTF_8);
        }
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
}
