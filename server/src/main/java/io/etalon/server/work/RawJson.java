package io.etalon.server.work;

import java.io.StringWriter;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A member of a request that a parser of its own reads later: JSON text without blanks, equal for equal values in the
 * same order. Checked like the rest of the body (duplicates, nesting, length) while it is copied.
 */
@JsonDeserialize(using = RawJson.Reader.class)
record RawJson(String text) {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_LENGTH = 512;

    @Override
    public String toString() {
        return text;
    }

    /** Copies the tokens as they come, without a tree. */
    static final class Reader extends ValueDeserializer<RawJson> {
        @Override
        public RawJson deserialize(JsonParser parser, DeserializationContext context) {
            var copy = new StringWriter(USUAL_LENGTH);
            try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), copy)) {
                json.copyCurrentStructure(parser);
            }
            return new RawJson(copy.toString());
        }
    }
}
