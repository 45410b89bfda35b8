package io.etalon.formats.tables;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object a line. A member's value may be a text, a number or a truth value, which is taken as its text, or an
 * array or object (a list of boxes, say), which is taken as its JSON; null is an empty cell. Empty lines are passed over.
 */
final class JsonlTable {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(1 << 25)
                    .maxNameLength(1 << 12)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private record Place(int column, int rank) {}

    private final Map<String, Place> places = new HashMap<>();
    private final RowTally tally;
    private final int columns;
    private final int[] ranks;

    private JsonlTable(List<Column> columns, RowTally tally) {
        this.tally = tally;
        this.columns = columns.size();
        this.ranks = new int[this.columns];
        for (var i = 0; i < this.columns; i++) {
            var names = columns.get(i).names();
            for (var rank = 0; rank < names.size(); rank++) {
                places.putIfAbsent(names.get(rank).toLowerCase(Locale.ROOT), new Place(i, rank));
            }
        }
    }

    static void read(InputStream in, List<Column> columns, RowTally tally) throws IOException {
        var table = new JsonlTable(columns, tally);
        var lines = new LineReader(in);
        while (lines.next()) {
            if (!blank(lines)) {
                table.line(lines);
            }
        }
    }

    private static boolean blank(LineReader lines) {
        for (var i = 0; i < lines.length(); i++) {
            if (lines.bytes()[i] > ' ' || lines.bytes()[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private void line(LineReader lines) {
        tally.row().begin(lines.number());
        for (var i = 0; i < columns; i++) {
            tally.row().set(i, null);
        }
        Arrays.fill(ranks, Integer.MAX_VALUE);
        var from = lines.number() == 1 && markAtStart(lines) ? 3 : 0;
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), lines.bytes(), from, lines.length() - from)) {
            var fault = object(parser, lines.bytes());
            if (fault != null) {
                tally.bad("line " + lines.number(), fault);
                return;
            }
        } catch (JacksonException e) {
            tally.bad(
                    "line " + lines.number(),
                    "the line is not one JSON object in UTF-8: "
                            + e.getOriginalMessage().replaceAll("\\s+", " "));
            return;
        }
        tally.deliver();
    }

    private static boolean markAtStart(LineReader lines) {
        var bytes = lines.bytes();
        return lines.length() >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }

    /** Fills the row; gives what is wrong, or null. */
    private @Nullable String object(JsonParser parser, byte[] line) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return "the line is not a JSON object; write one object a line";
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var place = places.get(Header.normalised(parser.currentName()));
            parser.nextToken();
            if (place == null || ranks[place.column()] <= place.rank()) {
                parser.skipChildren();
            } else {
                ranks[place.column()] = place.rank();
                tally.row().set(place.column(), value(parser, line));
            }
        }
        return parser.nextToken() == null ? null : "something follows the object; write one object a line";
    }

    private static @Nullable String value(JsonParser parser, byte[] line) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case START_OBJECT, START_ARRAY -> {
                var from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                var to = (int) parser.currentLocation().getByteOffset();
                yield new String(line, from, to - from, StandardCharsets.UTF_8);
            }
            case VALUE_STRING,
                    VALUE_NUMBER_INT,
                    VALUE_NUMBER_FLOAT,
                    VALUE_TRUE,
                    VALUE_FALSE,
                    VALUE_EMBEDDED_OBJECT,
                    PROPERTY_NAME,
                    END_ARRAY,
                    END_OBJECT,
                    NOT_AVAILABLE -> parser.getString();
        };
    }
}
