package io.etalon.server.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.formats.tables.Field;
import io.etalon.formats.tables.TableWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;

/** Answers as Parquet, a row each; the answer itself is a column of JSON, as in the lines of the plain form. */
final class AnswerParquet implements AnswerWriter {
    private static final List<Field> FIELDS = List.of(
            Field.whole("submission"),
            Field.whole("task"),
            Field.text("asset"),
            Field.text("name"),
            Field.text("sha256"),
            Field.text("annotator"),
            Field.whole("round"),
            Field.whole("revision"),
            Field.whole("ontologyVersion"),
            Field.text("state"),
            Field.whole("activeSeconds"),
            Field.text("submittedAt"),
            Field.text("reviewer"),
            Field.text("retired"),
            Field.text("preLabelModel"),
            Field.text("preLabelVersion"),
            Field.number("preLabelConfidence"),
            Field.text("preLabelUnchanged"),
            Field.text("answer"));

    private final TableWriter table;

    AnswerParquet(OutputStream out) throws IOException {
        table = TableWriter.parquet(out, FIELDS);
    }

    @Override
    public void write(AnswerRows.Row row, Names names, byte[] answer) throws IOException {
        var shown = row.preLabel();
        table.row(
                row.submission(),
                row.task(),
                row.asset(),
                row.name(),
                HexFormat.of().formatHex(row.sha256()),
                names.annotator(),
                row.round(),
                row.revision(),
                row.ontologyVersion(),
                AnswerWriter.state(row),
                row.activeSeconds(),
                row.submittedAt(),
                names.reviewer(),
                names.retired().isEmpty() ? null : String.join(" ", names.retired()),
                shown == null ? null : shown.model(),
                shown == null ? null : shown.version(),
                shown == null ? null : shown.confidence(),
                shown == null ? null : String.valueOf(shown.unchanged()),
                new String(answer, UTF_8));
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
