package io.etalon.server.transfer;

import io.etalon.formats.tables.Field;
import io.etalon.formats.tables.TableWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;

/** Answers as Parquet, a row each; the answer itself is a column of JSON, as in the lines of the plain form. */
final class AnswerParquet implements AnswerWriter {
    private static final List<Field> FIELDS = List.of(
            Field.whole("submission").distinct(),
            Field.whole("task").distinct(),
            Field.text("asset").distinct(),
            Field.text("name").distinct(),
            Field.text("sha256").distinct(),
            Field.text("annotator"),
            Field.whole("round"),
            Field.whole("revision"),
            Field.whole("ontologyVersion"),
            Field.text("state"),
            Field.whole("activeSeconds"),
            Field.text("submittedAt").distinct(),
            Field.text("reviewer"),
            Field.text("retired"),
            Field.text("preLabelModel"),
            Field.text("preLabelVersion"),
            Field.number("preLabelConfidence"),
            Field.text("preLabelUnchanged"),
            Field.text("answer").distinct());

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
                answer);
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
