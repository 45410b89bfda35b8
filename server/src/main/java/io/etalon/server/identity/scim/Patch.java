package io.etalon.server.identity.scim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * SCIM's PATCH (RFC 7644, section 3.5.2) on a resource as JSON: {@code add}, {@code replace} and {@code remove} at an
 * attribute, a sub-attribute, or the elements of a list that a filter of {@code eq} names; without a path the value's members
 * are merged. Names are found in any case and written as the schema writes them.
 */
final class Patch {
    private static final int MOST = 1_000;
    private static final Pattern PATH = Pattern.compile(
            "(?<attribute>[A-Za-z$][\\w$-]*)(\\[(?<filter>[^\\]]{1,1000})\\])?(\\.(?<sub>[A-Za-z$][\\w$-]*))?");
    private static final Pattern EQUALS = Pattern.compile("\\s*(?<name>[A-Za-z$][\\w$-]*)\\s+[eE][qQ]\\s+"
            + "(\"(?<text>(?:[^\"\\\\]|\\\\.)*)\"|(?<bare>true|false|[Tt]rue|[Ff]alse))\\s*");

    private final ObjectNode resource;
    private final Schemas.Kind kind;

    private record Place(
            String attribute,
            @Nullable String filter,
            @Nullable String sub) {}

    private Patch(ObjectNode resource, Schemas.Kind kind) {
        this.resource = resource;
        this.kind = kind;
    }

    /**
     * Changes a resource in place.
     *
     * @throws ScimFault invalidSyntax, invalidPath, noTarget or mutability
     */
    static void apply(JsonNode request, ObjectNode resource, Schemas.Kind kind) {
        var operations = Json.member(request, "Operations");
        if (operations == null || !operations.isArray() || operations.isEmpty() || operations.size() > MOST) {
            throw ScimFault.invalidSyntax("“Operations” must hold 1 to " + MOST + " operations.");
        }
        var patch = new Patch(resource, kind);
        for (var operation : operations) {
            if (!operation.isObject()) {
                throw ScimFault.invalidSyntax("An operation is an object.");
            }
            patch.apply(operation);
        }
    }

    private void apply(JsonNode operation) {
        var verb = String.valueOf(Json.text(operation, "op")).toLowerCase(Locale.ROOT);
        if (!List.of("add", "replace", "remove").contains(verb)) {
            throw ScimFault.invalidSyntax("“op” must be add, replace or remove.");
        }
        var path = Json.text(operation, "path");
        var value = Json.member(operation, "value");
        if (path == null || path.isEmpty()) {
            if (verb.equals("remove")) {
                throw ScimFault.noTarget("Removing needs a path.");
            }
            merge(verb, value);
            return;
        }
        change(verb, place(path), value);
    }

    private void merge(String verb, @Nullable JsonNode value) {
        if (value == null || !value.isObject()) {
            throw ScimFault.invalidValue("Without a path the value is an object.");
        }
        for (var member : value.properties()) {
            if (member.getKey().toLowerCase(Locale.ROOT).startsWith("urn:")
                    && member.getValue().isObject()) {
                merge(verb, member.getValue());
            } else if (kind.isIgnored(member.getKey())) {
                continue;
            } else {
                change(verb, place(member.getKey()), member.getValue());
            }
        }
    }

    private Place place(String path) {
        var bare = path.toLowerCase(Locale.ROOT).startsWith("urn:")
                ? path.substring(path.lastIndexOf(':', bracket(path)) + 1)
                : path;
        var matcher = PATH.matcher(bare);
        if (!matcher.matches()) {
            throw ScimFault.invalidPath("The path cannot be read.");
        }
        var attribute = kind.attribute(matcher.group("attribute"));
        if (attribute == null) {
            throw ScimFault.invalidPath("There is no such attribute.");
        }
        if (kind.isReadOnly(attribute)) {
            throw ScimFault.mutability("The attribute “" + attribute + "” is the server's.");
        }
        return new Place(attribute, matcher.group("filter"), sub(attribute, matcher.group("sub")));
    }

    private @Nullable String sub(String attribute, @Nullable String name) {
        if (name == null) {
            return null;
        }
        var sub = kind.sub(attribute, name);
        if (sub == null) {
            throw ScimFault.invalidPath("There is no such sub-attribute.");
        }
        return sub;
    }

    private static int bracket(String path) {
        var bracket = path.indexOf('[');
        return bracket < 0 ? path.length() : bracket;
    }

    private void change(String verb, Place place, @Nullable JsonNode value) {
        if (!verb.equals("remove") && value == null) {
            throw ScimFault.invalidValue("The value is missing.");
        }
        var target = resource.get(place.attribute());
        if (place.filter() != null) {
            inElements(verb, place, value, target);
        } else if (place.sub() != null) {
            inObject(verb, place.attribute(), place.sub(), value, target);
        } else if (verb.equals("remove")) {
            if (value != null && target instanceof ArrayNode list) {
                // Some directories name the members that go in the value.
                removeValues(list, value);
            } else {
                resource.remove(place.attribute());
            }
        } else if (kind.isList(place.attribute())) {
            inList(verb, place.attribute(), value, target);
        } else if (verb.equals("add") && target instanceof ObjectNode object && value instanceof ObjectNode more) {
            object.setAll(more);
        } else if (value != null) {
            resource.set(place.attribute(), value);
        }
    }

    private void inList(String verb, String attribute, @Nullable JsonNode value, @Nullable JsonNode target) {
        var list = verb.equals("add") && target instanceof ArrayNode old ? old : resource.putArray(attribute);
        var all = value instanceof ArrayNode many ? many : null;
        if (all == null && value != null) {
            addOnce(list, value);
        } else if (all != null) {
            all.forEach(one -> addOnce(list, one));
        }
    }

    /** A new primary one takes the mark from the old. */
    private static void addOnce(ArrayNode list, JsonNode value) {
        for (var one : list) {
            if (one.equals(value)) {
                return;
            }
        }
        if (value.path("primary").asBoolean(false)) {
            for (var one : list) {
                if (one instanceof ObjectNode object && object.has("primary")) {
                    object.put("primary", false);
                }
            }
        }
        list.add(value);
    }

    private static void removeValues(ArrayNode list, JsonNode value) {
        var gone = new ArrayList<String>();
        for (var one : value instanceof ArrayNode many ? many : List.of(value)) {
            gone.add(one.isObject() ? String.valueOf(Json.text(one, "value")) : one.asString(""));
        }
        for (var i = list.size() - 1; i >= 0; i--) {
            if (gone.contains(list.get(i).path("value").asString(""))) {
                list.remove(i);
            }
        }
    }

    private void inObject(
            String verb, String attribute, String sub, @Nullable JsonNode value, @Nullable JsonNode target) {
        if (target instanceof ArrayNode list) {
            for (var one : list) {
                set(verb, one, sub, value);
            }
            return;
        }
        if (verb.equals("remove") && target == null) {
            return;
        }
        set(verb, target instanceof ObjectNode object ? object : resource.putObject(attribute), sub, value);
    }

    private static void set(String verb, JsonNode in, String sub, @Nullable JsonNode value) {
        if (in instanceof ObjectNode object) {
            if (verb.equals("remove") || value == null) {
                object.remove(sub);
            } else {
                object.set(sub, value);
            }
        }
    }

    private void inElements(String verb, Place place, @Nullable JsonNode value, @Nullable JsonNode target) {
        if (!kind.isList(place.attribute())) {
            throw ScimFault.invalidPath("The attribute is no list.");
        }
        var wanted = conditions(place);
        var list = target instanceof ArrayNode old ? old : resource.putArray(place.attribute());
        var found = false;
        for (var i = list.size() - 1; i >= 0; i--) {
            if (!(list.get(i) instanceof ObjectNode one) || !fits(one, wanted)) {
                continue;
            }
            found = true;
            if (place.sub() != null) {
                set(verb, one, place.sub(), value);
            } else if (verb.equals("remove")) {
                list.remove(i);
            } else if (value instanceof ObjectNode more) {
                one.setAll(more);
            }
        }
        if (!found && !verb.equals("remove")) {
            // Directories write the first address of a type so: the element is made of the filter and the value.
            var made = list.addObject();
            wanted.forEach(one -> made.put(one.name(), one.value()));
            if (place.sub() != null) {
                set(verb, made, place.sub(), value);
            } else if (value instanceof ObjectNode more) {
                made.setAll(more);
            }
        }
    }

    private record Wanted(String name, String value) {}

    private List<Wanted> conditions(Place place) {
        var all = new ArrayList<Wanted>();
        for (var part : String.valueOf(place.filter()).split("\\s+[aA][nN][dD]\\s+")) {
            var matcher = EQUALS.matcher(part);
            if (!matcher.matches()) {
                throw ScimFault.invalidFilter("A path's filter is “name eq value”, joined by “and”.");
            }
            var name = sub(place.attribute(), matcher.group("name"));
            var text = matcher.group("text");
            all.add(new Wanted(
                    String.valueOf(name),
                    text == null ? matcher.group("bare").toLowerCase(Locale.ROOT) : text.replaceAll("\\\\(.)", "$1")));
        }
        return all;
    }

    private static boolean fits(ObjectNode one, List<Wanted> wanted) {
        return wanted.stream()
                .allMatch(want -> one.path(want.name()).asString("").equalsIgnoreCase(want.value()));
    }
}
