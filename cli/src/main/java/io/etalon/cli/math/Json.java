package io.etalon.cli.math;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object on standard output, its members in the order in which they were put. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Json() {}

    static String object(Map<String, ? extends @Nullable Object> members) {
        requireFinite(members);
        return MAPPER.writeValueAsString(members);
    }

    /** A figure that does not exist is null, never NaN. */
    private static void requireFinite(@Nullable Object value) {
        switch (value) {
            case null -> {}
            case Double number
            when !Double.isFinite(number) ->
                throw new IllegalStateException("a result is " + number + ", which JSON does not have");
            case Map<?, ?> members -> members.values().forEach(Json::requireFinite);
            case List<?> elements -> elements.forEach(Json::requireFinite);
            case Object other -> {}
        }
    }
}
