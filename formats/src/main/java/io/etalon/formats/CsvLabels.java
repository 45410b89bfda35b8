package io.etalon.formats;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Crowd labels as comma-separated values with a header: {@code task,worker,label}, the founding
 * {@code patient,observer,occasion,class}, or gold without a worker, {@code task,label}. Other columns are passed over.
 * Streams: memory does not grow with the file.
 */
public final class CsvLabels {
    /** Header names that are understood, lower case, in the order of preference. */
    private static final List<String> TASKS = List.of("task", "patient", "item", "question", "asset");

    private static final List<String> WORKERS = List.of("worker", "observer", "annotator", "rater", "user");
    private static final List<String> LABELS = List.of("label", "class", "answer", "gold", "truth");

    /**
     * One label.
     *
     * @param line where its record begins in the file, from 1
     * @param worker who gave it; empty when the file has no such column
     */
    public record Row(long line, String task, String worker, String label) {}

    private CsvLabels() {}

    /**
     * Reads labels; a byte order mark is passed over.
     *
     * @param utf8 the file; stays open
     * @return how many rows the sink was given
     * @throws FormatException with the line when the file is not such a table
     */
    public static long read(InputStream utf8, Consumer<Row> sink) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var csv = new CsvReader(new InputStreamReader(utf8, decoder));
        var header = csv.next();
        if (header == null) {
            throw FormatException.atLine(1, "the file is empty; begin with the header task,worker,label");
        }
        var columns = columns(header);
        var task = column(columns, TASKS, "task");
        var worker = columns.keySet().stream().anyMatch(WORKERS::contains) ? column(columns, WORKERS, "worker") : -1;
        var label = column(columns, LABELS, "label");
        var rows = 0L;
        for (var fields = csv.next(); fields != null; fields = csv.next()) {
            if (fields.size() != header.size()) {
                throw FormatException.atLine(
                        csv.recordLine(),
                        "the record has " + fields.size() + " fields; the header has " + header.size());
            }
            sink.accept(new Row(
                    csv.recordLine(),
                    filled(fields, task, "task", csv),
                    worker < 0 ? "" : filled(fields, worker, "worker", csv),
                    filled(fields, label, "label", csv)));
            rows++;
        }
        return rows;
    }

    private static Map<String, Integer> columns(List<String> header) {
        var columns = new HashMap<String, Integer>();
        for (var i = 0; i < header.size(); i++) {
            var name = header.get(i);
            if (i == 0 && name.startsWith("\ufeff")) {
                name = name.substring(1);
            }
            if (columns.put(name.strip().toLowerCase(Locale.ROOT), i) != null) {
                throw FormatException.atLine(1, "the header names the column \"" + name + "\" twice");
            }
        }
        return columns;
    }

    private static int column(Map<String, Integer> columns, List<String> names, String what) {
        for (var name : names) {
            var index = columns.get(name);
            if (index != null) {
                return index;
            }
        }
        throw FormatException.atLine(
                1, "the header has no column for the " + what + "; name one of " + String.join(", ", names));
    }

    private static String filled(List<String> fields, int index, String what, CsvReader csv) {
        var text = fields.get(index);
        if (text.isEmpty()) {
            throw FormatException.atLine(csv.recordLine(), "the " + what + " is empty");
        }
        return text;
    }
}
