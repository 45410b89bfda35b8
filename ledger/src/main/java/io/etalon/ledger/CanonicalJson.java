package io.etalon.ledger;

import io.etalon.ledger.JsonValue.JsonArray;
import io.etalon.ledger.JsonValue.JsonBoolean;
import io.etalon.ledger.JsonValue.JsonInteger;
import io.etalon.ledger.JsonValue.JsonNull;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The one spelling of a log entry: JSON Canonicalization Scheme (RFC 8785) for objects, arrays, strings, booleans, null
 * and integers. Fractions are refused, as their spelling is where implementations disagree.
 */
public final class CanonicalJson {
    /** Deepest nesting of arrays and objects. */
    public static final int MAX_DEPTH = 64;

    private CanonicalJson() {}

    /** The canonical bytes (UTF-8, no white space, members sorted by UTF-16 code units). */
    public static byte[] write(JsonValue value) {
        var out = new StringBuilder();
        write(value, out, 0);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads one value in any spelling; refuses duplicate members, fractions, integers beyond 2^53, lone surrogates,
     * invalid UTF-8, nesting beyond {@link #MAX_DEPTH}. A refusal names the character's position.
     */
    public static JsonValue read(byte[] json) {
        return new JsonParser(Text.utf8(json, "the JSON")).parse();
    }

    /** Reads one value and refuses every spelling but the canonical one, naming the first byte that differs. */
    public static JsonValue readCanonical(byte[] json) {
        var value = read(json);
        var canonical = write(value);
        var at = Arrays.mismatch(json, canonical);
        if (at >= 0) {
            throw new FormatException("not canonical JSON (RFC 8785) from byte " + at);
        }
        return value;
    }

    private static void write(JsonValue value, StringBuilder out, int depth) {
        if (depth > MAX_DEPTH) {
            throw new FormatException("JSON is nested at most " + MAX_DEPTH + " deep");
        }
        switch (value) {
            case JsonNull() -> out.append("null");
            case JsonBoolean(var bool) -> out.append(bool);
            case JsonInteger(var integer) -> out.append(integer);
            case JsonString(var string) -> writeString(string, out);
            case JsonArray(var values) -> {
                var separator = "[";
                for (var element : values) {
                    out.append(separator);
                    write(element, out, depth + 1);
                    separator = ",";
                }
                out.append(values.isEmpty() ? "[]" : "]");
            }
            case JsonObject(var members) -> {
                var separator = "{";
                for (var member : members.entrySet()) {
                    out.append(separator);
                    writeString(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out, depth + 1);
                    separator = ",";
                }
                out.append(members.isEmpty() ? "{}" : "}");
            }
        }
    }

    /** Escapes only what RFC 8785, section 3.2.2.2, names. */
    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
