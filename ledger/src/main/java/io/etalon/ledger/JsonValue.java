package io.etalon.ledger;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A JSON value of the subset that log entries use: no fractions, integers within ±2^53. Immutable, compared by value.
 */
public sealed interface JsonValue {
    /** The largest integer that every JSON reader keeps exactly: 2^53 (RFC 8785, section 3.2.2.3 and RFC 7493). */
    long MAX_INTEGER = 1L << 53;

    /** The literal {@code null}. */
    record JsonNull() implements JsonValue {}

    /** {@code true} or {@code false}. */
    record JsonBoolean(boolean value) implements JsonValue {}

    /** An integer from -2^53 to 2^53. */
    record JsonInteger(long value) implements JsonValue {
        public JsonInteger {
            if (value > MAX_INTEGER || value < -MAX_INTEGER) {
                throw new FormatException("integers go to 2^53 on either side, found " + value);
            }
        }
    }

    /** A string of Unicode characters; a lone surrogate is refused as UTF-8 cannot hold it. */
    record JsonString(String value) implements JsonValue {
        public JsonString {
            requireUnicode(value);
        }
    }

    /** An array in its order. */
    record JsonArray(List<JsonValue> values) implements JsonValue {
        public JsonArray {
            values = List.copyOf(values);
        }
    }

    /** An object; members are held in the order of RFC 8785, section 3.2.3 (UTF-16 code units). */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public JsonObject {
            members.keySet().forEach(JsonValue::requireUnicode);
            members = Collections.unmodifiableMap(new TreeMap<>(members));
        }

        /** The member, if there is one. */
        public Optional<JsonValue> get(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** Starts an object. */
        public static Builder builder() {
            return new Builder();
        }
    }

    /** Collects the members of an object; a name may be put once. */
    final class Builder {
        private final TreeMap<String, JsonValue> members = new TreeMap<>();

        private Builder() {}

        /** Adds a member. */
        public Builder put(String name, JsonValue value) {
            if (members.putIfAbsent(name, value) != null) {
                throw new FormatException("the member «" + Text.shown(name) + "» is there already");
            }
            return this;
        }

        /** Adds a string. */
        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        /** Adds an integer. */
        public Builder put(String name, long value) {
            return put(name, new JsonInteger(value));
        }

        /** Adds a boolean. */
        public Builder put(String name, boolean value) {
            return put(name, new JsonBoolean(value));
        }

        /** The object. */
        public JsonObject build() {
            return new JsonObject(members);
        }
    }

    private static void requireUnicode(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new FormatException(
                        "a lone surrogate U+%04X at character %d of «%s»".formatted((int) c, i, Text.shown(text)));
            }
        }
    }
}
