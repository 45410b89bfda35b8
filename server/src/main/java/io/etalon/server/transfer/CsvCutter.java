package io.etalon.server.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.formats.FormatException;
import io.etalon.formats.tables.CsvReader;
import io.etalon.server.transfer.RawPiece.Line;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Records of a table with a header, each given as the JSON object that a line of JSONL would be. The separator is the one
 * of comma, semicolon and tabulator that the header has most of. A record is numbered by the line on which it begins.
 */
final class CsvCutter implements Cutter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String SEPARATORS = ",;\t";
    private static final int LONGEST_HEADER = 1 << 16;
    private static final String NOT_JSON = "at /" + PreLabelPart.MEMBER + ": is not JSON";
    private static final char REPLACEMENT = '\uFFFD';
    private static final List<String> TEXT = List.of("text", "content", "sentence", "texte", "contenu");

    private final Counting bytes;
    private final CsvReader records;
    private final List<String> header;
    private int pieces;

    /**
     * Reads the header and passes over what was taken in before.
     *
     * @param in at the file's first byte
     * @throws FormatException when there is no header, or no column of texts or assets
     */
    CsvCutter(InputStream in, Position position) throws IOException {
        bytes = new Counting(in);
        // Bytes that are not UTF-8 become replacement characters, by which their record is known and refused.
        var reader = new BufferedReader(new InputStreamReader(bytes, UTF_8), LONGEST_HEADER);
        records = new CsvReader(reader, separator(reader));
        var names = records.next();
        if (names == null) {
            throw new FormatException("line 1", "the file is empty; its first line names the columns");
        }
        header = names.stream().map(CsvCutter::column).toList();
        if (header.stream().distinct().count() < header.size()) {
            throw new FormatException("line 1", "two columns have one name");
        }
        if (!header.contains("text") && !header.contains("asset") && !header.contains("sha256")) {
            throw new FormatException("line 1", "there is no column text, asset or sha256");
        }
        pieces = position.pieces();
        for (var skipped = 0L; skipped < position.lines(); skipped++) {
            record();
        }
    }

    private static String column(String name) {
        var plain = name.strip().toLowerCase(Locale.ROOT);
        if (plain.equals("name") || plain.equals("priority") || plain.equals("asset") || plain.equals("sha256")) {
            return plain;
        }
        if (plain.equals("prelabels")) {
            return PreLabelPart.MEMBER;
        }
        return TEXT.contains(plain) ? "text" : name.strip();
    }

    private static char separator(Reader reader) throws IOException {
        reader.mark(LONGEST_HEADER);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        reader.mark(LONGEST_HEADER);
        var counts = new int[SEPARATORS.length()];
        var c = reader.read();
        for (var i = 1; c >= 0 && c != '\n' && c != '\r' && i < LONGEST_HEADER; i++) {
            var which = SEPARATORS.indexOf(c);
            if (which >= 0) {
                counts[which]++;
            }
            c = reader.read();
        }
        reader.reset();
        var best = 0;
        for (var i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return SEPARATORS.charAt(best);
    }

    /** A record, or why there is none on this line. */
    private record Found(long line, List<String> fields, String fault) {}

    private @Nullable Found record() {
        try {
            var fields = records.next();
            return fields == null ? null : new Found(records.recordLine(), fields, "");
        } catch (FormatException e) {
            var line = records.recordLine();
            records.skipLine();
            return new Found(line, List.of(), "is not CSV: " + e.getMessage());
        }
    }

    @Override
    public @Nullable RawPiece next() throws IOException {
        var found = new ArrayList<Line>(LINES);
        var out = new ByteArrayOutputStream(1 << 20);
        while (found.size() < LINES && out.size() < BYTES) {
            var one = record();
            if (one == null) {
                break;
            }
            var from = out.size();
            var fault = one.fault().isEmpty() ? write(one.fields(), out) : one.fault();
            found.add(new Line(one.line(), from, out.size(), fault));
        }
        return found.isEmpty() ? null : new RawPiece(pieces++, out.toByteArray(), found, bytes.count);
    }

    private String write(List<String> fields, ByteArrayOutputStream out) {
        if (fields.size() != header.size()) {
            return "has " + fields.size() + " fields; the header has " + header.size();
        }
        var broken = brokenPreLabels(fields);
        if (broken != null) {
            return broken;
        }
        var length = fields.stream().mapToInt(String::length).sum();
        if (length > LONGEST_LINE) {
            return TOO_LONG;
        }
        if (fields.stream().anyMatch(field -> field.indexOf(REPLACEMENT) >= 0)) {
            return "is not UTF-8; save the table as UTF-8";
        }
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            for (var i = 0; i < fields.size(); i++) {
                field(json, header.get(i), fields.get(i));
            }
            json.writeEndObject();
        }
        return "";
    }

    /** A cell of pre-labels is JSON, as the member of a line of JSONL is; null when it is, or there is none. */
    private @Nullable String brokenPreLabels(List<String> fields) {
        var column = header.indexOf(PreLabelPart.MEMBER);
        if (column < 0 || fields.get(column).isEmpty()) {
            return null;
        }
        try (var json = LineParser.JSON.createParser(ObjectReadContext.empty(), fields.get(column))) {
            json.nextToken();
            json.skipChildren();
            return json.nextToken() == null ? null : NOT_JSON;
        } catch (JacksonException e) {
            return NOT_JSON;
        }
    }

    private static void field(JsonGenerator json, String name, String value) {
        if (value.isEmpty() && !name.equals("text")) {
            return;
        }
        json.writeName(name);
        if (name.equals(PreLabelPart.MEMBER)) {
            json.writeRawValue(value);
        } else if (name.equals("priority") && value.matches("-?[0-9]{1,9}")) {
            json.writeNumber(Integer.parseInt(value));
        } else {
            json.writeString(value);
        }
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] target, int from, int most) throws IOException {
            var got = super.read(target, from, most);
            count += Math.max(0, got);
            return got;
        }
    }
}
