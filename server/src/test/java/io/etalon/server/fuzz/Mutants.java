package io.etalon.server.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Wrong bodies for a schema: a body that fits it, with one thing wrong at a time. */
public final class Mutants {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REF = "#/components/schemas/";
    private static final int DEPTH = 4;
    static final String LONG_TEXT = "x".repeat(100_000);
    private static final String HUGE = "9".repeat(400);
    /** How one sends no body at all, which some operations allow. */
    private static final List<String> ABSENT = List.of("", "null");
    /** What is sent in place of a value of a type, as JSON texts. */
    private static final Map<String, List<String>> WRONG = Map.of(
            "string", List.of("7", "1.5", "true", "{}", "[]", "{\"a\":1}"),
            "integer", List.of("\"x\"", "\"7\"", "true", "{}", "[]", "1.5", HUGE, "1e400"),
            "number", List.of("\"x\"", "\"7\"", "true", "{}", "[]"),
            "boolean", List.of("\"x\"", "7", "{}", "[]"),
            "array", List.of("\"x\"", "7", "true", "{}"),
            "object", List.of("\"x\"", "7", "true", "[]"));
    /** What a type may hold and a careful reader refuses or bears: no answer is expected but an orderly one. */
    private static final Map<String, List<String>> ODD = Map.of(
            "string", List.of("\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"💥\\u202e\"", "\"" + LONG_TEXT + "\""),
            "integer", List.of("-1", "0", "2147483647", "-2147483648", "9223372036854775807"),
            "number", List.of("-1", "0", "1e308", "-1e308", "1e-320", HUGE, "1e400", "1e999999999"),
            "boolean", List.of("true", "false"),
            "array", List.of("[]", "[null]", "[null,null]", "[[]]", "[7]", "[{}]"),
            "object", List.of("{}", "{\"no-such-member\":1}"));

    private final JsonNode schemas;

    public Mutants(JsonNode description) {
        this.schemas = description.at("/components/schemas");
    }

    /**
     * A body with one thing wrong.
     *
     * @param what the change, for the report
     * @param pointer where it was made
     * @param mistyped whether the schema forbids it, so that it must not be taken
     */
    record Mutant(String what, String body, String pointer, boolean mistyped) {}

    /** A body that fits the schema, every member present. */
    public String fitting(JsonNode schema) {
        return JSON.writeValueAsString(example(schema, 0));
    }

    List<Mutant> of(JsonNode schema) {
        var mutants = new ArrayList<Mutant>();
        var whole = example(schema, 0);
        for (var text : List.of("", "null", "[]", "7", "\"x\"", "true", "{", "{\"a\":}", "\u0000", "{}{}", "[{}]")) {
            mutants.add(new Mutant("the whole is " + text, text, "", !ABSENT.contains(text)));
        }
        var fits = JSON.writeValueAsString(whole);
        mutants.add(new Mutant("an unknown member", with(fits, "\"no-such-member\":1"), "/no-such-member", true));
        mutants.add(new Mutant("a member twice", with(fits, "\"twice\":1,\"twice\":2"), "", true));
        mutants.add(new Mutant("1 MB of arrays", "[".repeat(1_000_000), "", true));
        mutants.add(new Mutant("1 MB of objects", "{\"a\":".repeat(200_000), "", true));
        mutants.add(
                new Mutant("deep in a member", with(fits, "\"no-such-member\":" + "[".repeat(1_000_000)), "", true));
        if (whole instanceof ObjectNode root) {
            members(root, root, schema, "", mutants, 0);
        }
        return mutants;
    }

    private static String with(String object, String member) {
        return object.length() > 2 ? object.substring(0, object.length() - 1) + "," + member + "}" : "{" + member + "}";
    }

    private void members(
            ObjectNode root, ObjectNode at, JsonNode schema, String pointer, List<Mutant> mutants, int depth) {
        var resolved = resolved(schema);
        for (var member : resolved.path("properties").properties()) {
            var name = member.getKey();
            var place = pointer + "/" + name;
            var kind = resolved(member.getValue());
            var type = typeOf(kind);
            var kept = at.get(name);
            at.remove(name);
            mutants.add(new Mutant("without " + place, JSON.writeValueAsString(root), place, false));
            at.set(name, kept);
            if (type == null) {
                continue;
            }
            mutants.add(changed(root, at, name, place, "null", false));
            // What carries any object (answers, ontologies) is read by its own reader, which this schema does not show.
            var open = type.equals("object") && kind.path("properties").isEmpty();
            WRONG.get(type).forEach(value -> mutants.add(changed(root, at, name, place, value, !open)));
            ODD.get(type).forEach(value -> mutants.add(changed(root, at, name, place, value, false)));
            if (kept instanceof ObjectNode inner && depth < DEPTH) {
                members(root, inner, kind, place, mutants, depth + 1);
            } else if (type.equals("array")
                    // Below its depth the example has no members.
                    && kept != null
                    && kept.size() == 1
                    && kept.get(0) instanceof ObjectNode inner
                    && depth < DEPTH) {
                members(root, inner, kind.path("items"), place + "/0", mutants, depth + 1);
            }
        }
    }

    private static Mutant changed(
            ObjectNode root, ObjectNode at, String name, String place, String value, boolean mistyped) {
        var kept = at.get(name);
        var mark = "«here»";
        at.put(name, mark);
        var body = JSON.writeValueAsString(root).replace("\"" + mark + "\"", value);
        at.set(name, kept);
        var shown = value.length() > 30 ? value.substring(0, 30) + "…" : value;
        return new Mutant(place + " is " + shown, body, place, mistyped);
    }

    private JsonNode resolved(JsonNode schema) {
        var ref = schema.path("$ref").asString("");
        if (!ref.isEmpty()) {
            return resolved(schemas.path(ref.substring(REF.length())));
        }
        for (var part : schema.path("anyOf")) {
            if (!part.path("type").asString("").equals("null")) {
                return resolved(part);
            }
        }
        return schema;
    }

    private static @Nullable String typeOf(JsonNode schema) {
        var type = schema.path("type");
        if (type.isArray()) {
            return type.valueStream()
                    .map(JsonNode::asString)
                    .filter(one -> !one.equals("null"))
                    .findFirst()
                    .orElse(null);
        }
        return type.isString() ? type.asString() : null;
    }

    private JsonNode example(JsonNode given, int depth) {
        var schema = resolved(given);
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        return switch (String.valueOf(typeOf(schema))) {
            case "string" ->
                JSON.getNodeFactory().stringNode(text(schema.path("format").asString("")));
            case "integer" -> JSON.getNodeFactory().numberNode(1);
            case "number" -> JSON.getNodeFactory().numberNode(0.5);
            case "boolean" -> JSON.getNodeFactory().booleanNode(false);
            case "array" -> {
                var array = JSON.createArrayNode();
                if (depth < DEPTH) {
                    array.add(example(schema.path("items"), depth + 1));
                }
                yield array;
            }
            default -> {
                var object = JSON.createObjectNode();
                if (depth < DEPTH) {
                    schema.path("properties")
                            .properties()
                            .forEach(member -> object.set(member.getKey(), example(member.getValue(), depth + 1)));
                }
                yield object;
            }
        };
    }

    private static String text(String format) {
        return switch (format) {
            case "uuid" -> "01890a5d-ac96-774b-bcce-b302099a8057";
            case "date-time" -> "2030-01-01T00:00:00Z";
            case "date" -> "2030-01-01";
            default -> "some text";
        };
    }
}
