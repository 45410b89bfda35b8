package io.etalon.server.transfer;

import io.etalon.annotation.AnswerValue;
import io.etalon.formats.tables.Field;
import io.etalon.formats.tables.TableWriter;
import io.etalon.server.quality.ConsensusBook;
import io.etalon.server.quality.FusedShape;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes what the answers amount to, task after task. Not thread-safe. */
sealed interface ConsensusWriter extends AutoCloseable {
    void write(ConsensusBook.Entry entry) throws IOException;

    @Override
    void close() throws IOException;

    /** @param out closed by the writer */
    static ConsensusWriter of(ExportRequest.Format format, String method, OutputStream out) throws IOException {
        return switch (format) {
            case JSONL -> new Lines(out, method);
            case CSV ->
                new Table(TableWriter.csv(new OutputStreamWriter(out, StandardCharsets.UTF_8), Table.FIELDS), method);
            case PARQUET -> new Table(TableWriter.parquet(out, Table.FIELDS), method);
        };
    }

    /** The value as it stands in an answer's JSON. */
    private static Object plain(AnswerValue value) {
        return switch (value) {
            case AnswerValue.Choice(var id) -> id;
            case AnswerValue.Choices(var ids) -> List.copyOf(ids);
            case AnswerValue.Text(var text) -> text;
            case AnswerValue.Number(var number) -> number;
            case AnswerValue.Flag(var flag) -> flag;
        };
    }

    private static Map<String, @Nullable Object> plain(FusedShape shape) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("id", shape.id());
        map.put("label", shape.label());
        map.put("type", "box");
        map.put("x", shape.box().x());
        map.put("y", shape.box().y());
        map.put("width", shape.box().width());
        map.put("height", shape.box().height());
        var attributes = new TreeMap<String, Object>();
        shape.attributes().forEach((id, value) -> attributes.put(id, plain(value)));
        map.put("attributes", attributes);
        return map;
    }

    /** An object a task. */
    final class Lines implements ConsensusWriter {
        private static final JsonMapper JSON = JsonMapper.builder().build();

        private final OutputStream out;
        private final String method;

        private Lines(OutputStream out, String method) {
            this.out = out;
            this.method = method;
        }

        @Override
        public void write(ConsensusBook.Entry entry) throws IOException {
            var line = new LinkedHashMap<String, @Nullable Object>();
            var about = entry.about();
            line.put("task", about.task().id());
            line.put("asset", about.asset().id());
            line.put("name", about.asset().name());
            line.put("sha256", about.asset().sha256());
            line.put("finished", about.task().finished());
            line.put("given", about.task().answers().size());
            line.put("method", method);
            var answers = new TreeMap<String, Object>();
            entry.answers().forEach((question, settled) -> answers.put(question, plain(settled)));
            line.put("answers", answers);
            line.put("shapes", entry.shapes().stream().map(Lines::found).toList());
            out.write(JSON.writeValueAsBytes(line));
            out.write('\n');
        }

        private static Map<String, @Nullable Object> plain(ConsensusBook.Settled settled) {
            var map = new LinkedHashMap<String, @Nullable Object>();
            map.put("value", settled.value().map(ConsensusWriter::plain).orElse(null));
            map.put("confidence", settled.confidence().orElse(null));
            map.put("posterior", settled.posterior());
            return map;
        }

        private static Map<String, @Nullable Object> found(FusedShape shape) {
            var map = ConsensusWriter.plain(shape);
            map.put("support", shape.support());
            map.put("of", shape.of());
            map.put("iou", shape.iou());
            return map;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** A row for each question that was answered and each object that was found. */
    final class Table implements ConsensusWriter {
        private static final JsonMapper JSON = JsonMapper.builder().build();
        private static final List<Field> FIELDS = List.of(
                Field.whole("task"),
                Field.text("asset"),
                Field.text("name"),
                Field.text("sha256"),
                Field.text("finished"),
                Field.whole("given"),
                Field.text("method"),
                Field.text("label"),
                Field.text("value"),
                Field.number("confidence"));

        private final TableWriter table;
        private final String method;

        private Table(TableWriter table, String method) {
            this.table = table;
            this.method = method;
        }

        @Override
        public void write(ConsensusBook.Entry entry) throws IOException {
            for (var answer : entry.answers().entrySet()) {
                var settled = answer.getValue();
                row(
                        entry,
                        answer.getKey(),
                        settled.value().map(Table::text).orElse(null),
                        settled.confidence().orElse(null));
            }
            for (var shape : entry.shapes()) {
                var value = JSON.writeValueAsString(plain(shape));
                row(entry, shape.label(), value, (double) shape.support() / shape.of());
            }
        }

        private static String text(AnswerValue value) {
            return plain(value) instanceof String text ? text : JSON.writeValueAsString(plain(value));
        }

        private void row(ConsensusBook.Entry entry, String label, @Nullable String value, @Nullable Double confidence)
                throws IOException {
            var about = entry.about();
            table.row(
                    about.task().id(),
                    about.asset().id(),
                    about.asset().name(),
                    about.asset().sha256(),
                    about.task().finished(),
                    about.task().answers().size(),
                    method,
                    label,
                    value,
                    confidence);
        }

        @Override
        public void close() throws IOException {
            table.close();
        }
    }
}
