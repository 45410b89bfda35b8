package io.etalon.formats;

import io.etalon.annotation.AnswerCheck;
import io.etalon.annotation.Fault;
import io.etalon.annotation.Faults;
import io.etalon.annotation.Pointer;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Walks a JSON document in one pass and collects every fault that can be told without ending the walk. Broken syntax and
 * broken limits end it. The parser always stands on the first token of the value to read and is left on its last.
 */
final class JsonReader {
    /** The deepest nesting of arrays and objects. */
    static final int MAX_DEPTH = 64;

    /** The longest text in UTF-16 units: every text that {@link AnswerCheck} takes, with room to name the limit. */
    static final int MAX_STRING = 4 * AnswerCheck.MAX_TEXT;

    private static final int MAX_NAME = 512;
    private static final int MAX_NUMBER = 200;
    private static final long MAX_DOCUMENT = 64L << 20;

    /** NaN and infinities are let through the tokenizer so that the reader can name the place that has one. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .maxDocumentLength(MAX_DOCUMENT)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** Reads the value of one member. */
    @FunctionalInterface
    interface Members {
        void member(String name, Pointer at);
    }

    private final JsonParser parser;
    private final Faults faults = new Faults();

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads a whole document; {@code body} may give null only after it has reported a fault. */
    static <T> Parsed<T> read(byte[] json, Function<JsonReader, @Nullable T> body) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            var reader = new JsonReader(parser);
            var value = reader.document(body);
            return value != null && reader.faults.isEmpty()
                    ? new Parsed.Sound<>(value)
                    : new Parsed.Faulty<>(reader.faults.toList());
        } catch (JacksonException e) {
            return new Parsed.Faulty<>(List.of(new Fault("", "the document is not JSON in UTF-8")));
        }
    }

    private <T> @Nullable T document(Function<JsonReader, @Nullable T> body) {
        try {
            if (parser.nextToken() == null) {
                fault(Pointer.ROOT, "the document is empty; send a JSON object");
                return null;
            }
            var value = body.apply(this);
            if (parser.nextToken() != null) {
                fault(Pointer.ROOT, "something follows the end of the document; send one JSON object");
            }
            return value;
        } catch (JacksonIOException e) {
            fault(here(), "the document is not well-formed UTF-8");
        } catch (StreamConstraintsException e) {
            fault(here(), limit());
        } catch (JacksonException e) {
            var location = parser.currentLocation();
            fault(
                    here(),
                    "the document is not JSON from line " + location.getLineNr() + ", column " + location.getColumnNr()
                            + " on; mend the syntax there");
        }
        return null;
    }

    private String limit() {
        return parser.streamReadContext().getNestingDepth() >= MAX_DEPTH
                ? "the document nests deeper than " + MAX_DEPTH + " levels"
                : "a text, a name, a number or the document is too long; at most " + MAX_STRING
                        + " characters of text, " + MAX_NAME + " of a name, " + MAX_NUMBER + " of a number and "
                        + MAX_DOCUMENT + " bytes in all";
    }

    private Pointer here() {
        return new Pointer(parser.streamReadContext().pathAsPointer().toString());
    }

    void fault(Pointer at, String message) {
        faults.add(at, message);
    }

    boolean sound() {
        return faults.isEmpty();
    }

    /** Reads an object; a member given twice is a fault. False when the value is not an object. */
    boolean object(Pointer at, Members members) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            wrong(at, "an object");
            return false;
        }
        var seen = new HashSet<String>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            var memberAt = at.member(name);
            if (seen.add(name)) {
                members.member(name, memberAt);
            } else {
                fault(memberAt, "the member is given twice; give it once");
                skip();
            }
        }
        return true;
    }

    /** Reads an array; the consumer reads each element. */
    void array(Pointer at, ObjIntConsumer<Pointer> elements) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            wrong(at, "an array");
            return;
        }
        for (var i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            elements.accept(at.index(i), i);
        }
    }

    @Nullable
    String string(Pointer at) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        wrong(at, "a string");
        return null;
    }

    @Nullable
    Boolean bool(Pointer at) {
        var token = parser.currentToken();
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        wrong(at, "true or false");
        return null;
    }

    @Nullable
    Double number(Pointer at) {
        if (!isNumber()) {
            wrong(at, "a number");
            return null;
        }
        var value = parser.isNaN() ? Double.NaN : parser.getDoubleValue();
        if (Double.isFinite(value)) {
            return value;
        }
        fault(at, "the number is not finite; give one that a double holds");
        return null;
    }

    JsonToken token() {
        return parser.currentToken();
    }

    boolean isNumber() {
        return parser.currentToken().isNumeric();
    }

    void unknown(Pointer at, String known) {
        fault(at, "the member is unknown; known here are " + known);
        skip();
    }

    /** Reports a value of another kind and passes over it. */
    void wrong(Pointer at, String expected) {
        fault(at, "the value is " + kind() + "; it must be " + expected);
        skip();
    }

    void skip() {
        parser.skipChildren();
    }

    private String kind() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "no value";
        };
    }
}
