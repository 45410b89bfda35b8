package io.etalon.server.transfer;

import io.etalon.formats.tables.Field;
import io.etalon.formats.tables.TableWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers as a table: a row for each question that was answered and each shape that was drawn. A value that is no text and
 * no number is JSON, as in the other form; each says what its author was shown before. Not thread-safe.
 */
final class AnswerCsv implements AnswerWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<Field> FIELDS = List.of(
            Field.number("submission"),
            Field.number("task"),
            Field.text("asset"),
            Field.text("name"),
            Field.text("annotator"),
            Field.number("round"),
            Field.text("state"),
            Field.text("label"),
            Field.text("value"),
            Field.text("preLabelModel"),
            Field.text("preLabelVersion"),
            Field.number("preLabelConfidence"),
            Field.text("preLabelUnchanged"));

    private final TableWriter table;

    AnswerCsv(OutputStream out) throws IOException {
        table = TableWriter.csv(new OutputStreamWriter(out, StandardCharsets.UTF_8), FIELDS);
    }

    @Override
    public void write(AnswerRows.Row row, Names names, byte[] answer) throws IOException {
        var json = JSON.readTree(answer);
        for (var one : json.path("answers").properties()) {
            row(row, names, one.getKey(), text(one.getValue()));
        }
        for (var shape : json.path("shapes")) {
            row(row, names, shape.path("label").asString(""), shape.toString());
        }
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }

    private void row(AnswerRows.Row row, Names names, String label, String value) throws IOException {
        var shown = row.preLabel();
        table.row(
                row.submission(),
                row.task(),
                row.asset(),
                row.name(),
                names.annotator(),
                row.round(),
                AnswerWriter.state(row),
                label,
                value,
                shown == null ? null : shown.model(),
                shown == null ? null : shown.version(),
                shown == null ? null : shown.confidence(),
                shown == null ? null : String.valueOf(shown.unchanged()));
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
