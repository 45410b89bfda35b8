package io.etalon.server.identity.scim;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Members of SCIM's JSON, whose names have no case (RFC 7643, section 2.1). */
final class Json {
    private Json() {}

    /** The member with this name; null when it is not there, or is null. */
    static @Nullable JsonNode member(JsonNode object, String name) {
        var exact = object.get(name);
        if (exact == null) {
            for (var member : object.properties()) {
                if (member.getKey().equalsIgnoreCase(name)) {
                    exact = member.getValue();
                }
            }
        }
        return exact == null || exact.isNull() ? null : exact;
    }

    /**
     * A text without control characters.
     *
     * @throws ScimFault invalidValue, when it is none, or longer than 1,000 characters
     */
    static @Nullable String text(JsonNode object, String name) {
        var value = member(object, name);
        if (value == null) {
            return null;
        }
        if (!value.isString()
                || value.asString().length() > 1_000
                || value.asString().codePoints().anyMatch(Character::isISOControl)) {
            throw ScimFault.invalidValue(
                    "“" + name + "” must be a text of at most 1,000 characters without control characters.");
        }
        return value.asString();
    }

    /** A truth, also as the text that some directories send. */
    static boolean truth(JsonNode object, String name, boolean otherwise) {
        var value = member(object, name);
        if (value == null) {
            return otherwise;
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        return switch (value.asString("").toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ScimFault.invalidValue("“" + name + "” must be true or false.");
        };
    }
}
