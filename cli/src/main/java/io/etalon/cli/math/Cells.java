package io.etalon.cli.math;

import io.etalon.formats.tables.BadRow;
import io.etalon.formats.tables.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON in the cells of a table. */
final class Cells {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxStringLength(1 << 25)
                            .build())
                    .build())
            .build();

    private Cells() {}

    /** A list of objects; {@code []} is the answer that there is nothing. */
    static <T> List<T> list(String cell, String expected, Function<JsonNode, T> element) {
        var tree = tree(cell, expected);
        if (!tree.isArray()) {
            throw new BadRow("the label is " + Row.shown(cell) + "; " + expected + " is expected");
        }
        var result = new ArrayList<T>(tree.size());
        tree.forEach(node -> result.add(element.apply(node)));
        return result;
    }

    static JsonNode tree(String cell, String expected) {
        try {
            return MAPPER.readTree(cell);
        } catch (JacksonException e) {
            throw new BadRow("the label is " + Row.shown(cell) + "; " + expected + " is expected");
        }
    }

    static double number(JsonNode object, String member) {
        var value = object.get(member);
        if (value == null || !value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw new BadRow("the member " + member + " is " + shown(value) + "; a number is expected");
        }
        return value.asDouble();
    }

    static int integer(JsonNode object, String member) {
        var value = object.get(member);
        if (value == null || !value.canConvertToInt() || !value.isIntegralNumber()) {
            throw new BadRow("the member " + member + " is " + shown(value) + "; a whole number is expected");
        }
        return value.asInt();
    }

    static String text(JsonNode object, String member) {
        var value = object.get(member);
        if (value == null || !value.isString() || value.asString().isEmpty()) {
            throw new BadRow("the member " + member + " is " + shown(value) + "; a text is expected");
        }
        return value.asString();
    }

    private static String shown(@Nullable JsonNode value) {
        return value == null ? "missing" : Row.shown(value.toString());
    }

    static String written(List<? extends Map<String, ?>> objects) {
        return MAPPER.writeValueAsString(objects);
    }

    static String written(Map<String, ?> object) {
        return MAPPER.writeValueAsString(object);
    }
}
