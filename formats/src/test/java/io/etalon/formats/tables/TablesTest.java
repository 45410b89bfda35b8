package io.etalon.formats.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.etalon.formats.FormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {
    private static final List<Column> LABELS = List.of(
            Column.required("task", "patient"),
            Column.required("worker", "observer"),
            Column.required("label", "class", "gold"),
            Column.optional("weight"));
    private static final List<Column> GOLD = List.of(Column.required("task"), Column.required("label", "gold"));

    @TempDir
    private Path folder;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Reading read(TableSource source, List<Column> columns, long skipBad, List<String> rows) {
        try {
            return Tables.read(source, columns, skipBad, (done, total) -> {}, row -> {
                var cells = new ArrayList<String>();
                cells.add(Long.toString(row.line()));
                for (var i = 0; i < columns.size(); i++) {
                    cells.add(String.valueOf(row.cell(i)));
                }
                rows.add(String.join("|", cells));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TableSource source(String text) {
        return new TableSource.Stream(new ByteArrayInputStream(utf8(text)));
    }

    private static List<String> rows(String text) {
        var rows = new ArrayList<String>();
        read(source(text), LABELS, 0, rows);
        return rows;
    }

    @Test
    void readsQuotesLineBreaksAndForeignColumnsOfCsv() {
        assertThat(rows("\ufefftask,seconds,Worker,label\r\n\"a,\"\"b\"\"\",3,w,\"two\r\nlines\"\r\n\r\nc,,w,x"))
                .containsExactly("2|a,\"b\"|w|two\r\nlines|null", "5|c|w|x|null");
        assertThat(rows("patient,observer,occasion,class\n1,1,2,3\n")).containsExactly("2|1|1|3|null");
    }

    @Test
    void readsTextsNumbersTruthValuesAndNestedValuesOfJsonLines() {
        assertThat(rows("\ufeff{\"task\":1,\"worker\":\"w\",\"label\":true,\"weight\":2.50}\n\n"
                        + " {\"gold\":\"old\",\"LABEL\":[{\"x\": 1.0}, \"é\"],\"worker\":\"v\",\"task\":\"t\"} \r\n"))
                .containsExactly("1|1|w|true|2.50", "3|t|v|[{\"x\": 1.0}, \"é\"]|null");
    }

    @Test
    void unpacksGzip() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(utf8("task,label\n7,yes\n"));
        }
        var rows = new ArrayList<String>();
        read(new TableSource.Stream(new ByteArrayInputStream(packed.toByteArray())), GOLD, 0, rows);
        assertThat(rows).containsExactly("2|7|yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "none", "v2"})
    void readsParquetThatAnotherProgramWrote(String how) throws IOException {
        var file = resource("labels-" + how + ".parquet");
        var rows = new ArrayList<String>();
        var progress = new ArrayList<Long>();
        var reading = Tables.read(
                new TableSource.File(file),
                LABELS,
                1,
                (done, total) -> progress.add(done * 1000 + total),
                row -> rows.add(row.line() + "|" + row.text(0) + "|" + row.text(1) + "|" + row.text(2)));
        assertThat(reading).isEqualTo(new Reading(59, 1, List.of("row 8: the label is empty")));
        assertThat(rows)
                .hasSize(59)
                .startsWith("1|0|w0|né, \"no\"", "2|0|w1|yes")
                .endsWith("60|19|w2|yes");
        assertThat(progress).contains(60_060L);
    }

    private Path resource(String name) throws IOException {
        var file = folder.resolve(name);
        try (var in = TablesTest.class.getResourceAsStream(name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    @Test
    void saysWhyAParquetFileCannotBeRead() throws IOException {
        var gzip = new TableSource.File(resource("labels-gzip.parquet"));
        assertThatThrownBy(() -> read(gzip, LABELS, 0, new ArrayList<>()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("GZIP");
        var nested = new TableSource.File(resource("labels-nested.parquet"));
        assertThatThrownBy(() -> read(nested, LABELS, 0, new ArrayList<>()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("the column label is nested");
        var cut = folder.resolve("cut.parquet");
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(resource("labels-none.parquet")), 400));
        assertThatThrownBy(() -> read(new TableSource.File(cut), LABELS, 0, new ArrayList<>()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("the Parquet file cannot be read");
        assertThatThrownBy(() -> read(source("PAR1xxxx"), LABELS, 0, new ArrayList<>()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("name the file");
        assertFault("", "line 1");
    }

    @Test
    void saysOnWhichLineAFaultIs() {
        assertFault("", "line 1");
        assertFault("task,worker\n", "line 1");
        assertFault("task,task,label\n", "line 1");
        assertFault("task,worker,label\na,b,c\n\na,b\n", "line 4");
        assertFault("task,worker,label\n\"x\ny\",b,c\na,,c\n", "line 4");
        assertFault("task,worker,label\na,b,\"c\n\n\n", "line 2");
        assertFault("task,worker,label\na,b\"c,d\n", "line 2");
        assertFault("task,worker,label\na,\"b\"c,d\n", "line 2");
        assertFault("[{\"task\":1}]", "line 1");
        assertFault("{\"task\":1,\"worker\":2,\"label\":3}\n{\"task\":1,\"worker\":2}\n", "line 2");
        assertFault("{\"task\":1,\"worker\":2,\"label\":3}\n{\"task\":1,\"task\":2}\n", "line 2");
        assertFault("{\"task\":1,\"worker\":2,\"label\":3}\n\n7\n", "line 3");
        assertFault("{\"task\":1,\"worker\":2,\"label\":3} {}\n", "line 1");
        assertFault("{\"task\":1,\"worker\":2,\"label\":NaN}\n", "line 1");
    }

    private static void assertFault(String table, String where) {
        assertThatThrownBy(() -> rows(table))
                .as(table)
                .isInstanceOfSatisfying(
                        FormatException.class, e -> assertThat(e.where()).isEqualTo(where));
    }

    @Test
    void passesOverAsManyBadRowsAsAreTolerated() {
        var csv = "task,worker,label\na,b\nc,w,1\nd,w\"x,2\n\"e\"f,w,3\ng,w,4\n";
        var rows = new ArrayList<String>();
        var reading = read(source(csv), LABELS, 3, rows);
        assertThat(rows).containsExactly("3|c|w|1|null", "6|g|w|4|null");
        assertThat(reading.bad()).isEqualTo(3);
        assertThat(reading.faults())
                .hasSize(3)
                .first()
                .asString()
                .isEqualTo("line 2: the record has 2 fields; the header has 3");
        assertThatThrownBy(() -> read(source(csv), LABELS, 2, new ArrayList<>()))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("line 5: ");

        var json = "{\"task\":1,\"worker\":2,\"label\":3}\n{\"task\"\n{\"task\":4,\"worker\":5,\"label\":6}\n";
        rows.clear();
        assertThat(read(source(json), LABELS, 1, rows).bad()).isOne();
        assertThat(rows).hasSize(2);
    }

    /** What follows an open quote would be lost without a word; no tolerance covers that. */
    @Test
    void neverPassesOverAQuoteThatIsNeverClosed() {
        assertThatThrownBy(() -> read(source("task,worker,label\na,\"b,c\nd,e,f\n"), LABELS, 9, new ArrayList<>()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("never closed");
    }

    @Test
    void refusesBytesThatAreNotUtf8HoweverManyRowsMayBeBad() {
        var bytes = utf8("task,worker,label\na,b,?\n");
        bytes[22] = (byte) 0xe9;
        assertThatThrownBy(() ->
                        read(new TableSource.Stream(new ByteArrayInputStream(bytes)), LABELS, 9, new ArrayList<>()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void numbersMustBeFinite() {
        for (var text : List.of("NaN", "Infinity", "1e999", "two", "0x")) {
            assertThatThrownBy(() -> Tables.read(
                            source("task,label\n1," + text + "\n"), GOLD, 0, (done, total) -> {}, row -> row.number(1)))
                    .as(text)
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("a finite number is expected");
        }
    }

    /** The memory of a reading must not grow with the file: 300 MB pass through, 64 may stay behind. */
    @Test
    void holdsNoRowsOfALargeFile() throws IOException {
        var line = utf8("task-12345,worker-77,a label of some length that is read and let go again\n");
        var header = utf8("task,worker,label\n");
        var lines = 4_000_000L;
        var endless = new InputStream() {
            private long at;

            @Override
            public int read() {
                throw new UnsupportedOperationException("reads blocks only");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                var count = 0;
                var end = header.length + lines * line.length;
                while (count < length && at < end) {
                    buffer[offset + count++] =
                            at < header.length ? header[(int) at] : line[(int) ((at - header.length) % line.length)];
                    at++;
                }
                return count == 0 ? -1 : count;
            }
        };
        var before = used();
        var reading = Tables.read(new TableSource.Stream(endless), LABELS, 0, (done, total) -> {}, row -> row.text(2));
        assertThat(reading.rows()).isEqualTo(lines);
        assertThat(used() - before).isLessThan(64L << 20);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.jsonl", "out.parquet", "out.csv.gz", "out.jsonl.gz"})
    void whatIsWrittenIsReadBack(String name) throws IOException {
        var file = folder.resolve(name);
        try (var writer = TableWriter.open(
                file, List.of(Field.text("task"), Field.text("worker"), Field.text("label"), Field.number("weight")))) {
            writer.row("é, \"q\"", "two\nlines", "x", 0.1);
            writer.row("b", "w", "{\"a\":[1,2]}", null);
        }
        var cells = new ArrayList<String>();
        Tables.read(
                new TableSource.File(file),
                LABELS,
                0,
                (done, total) -> {},
                row -> cells.add(row.text(0) + "|" + row.text(1) + "|" + row.text(2) + "|" + row.number(3, -1)));
        assertThat(cells).containsExactly("é, \"q\"|two\nlines|x|0.1", "b|w|{\"a\":[1,2]}|-1.0");
    }

    @Test
    void writesNoFormulaForASpreadsheet() throws IOException {
        var file = folder.resolve("formulas.csv");
        try (var writer = TableWriter.open(file, List.of(Field.text("value")))) {
            for (var text :
                    List.of("=1+2", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "-5", "+1.5e3", "a=b", "")) {
                writer.row(text);
            }
        }
        assertThat(Files.readString(file))
                .isEqualTo("value\n'=1+2\n'+cmd|' /C calc'!A0\n'-2+3\n'@SUM(A1)\n'\tx\n-5\n+1.5e3\na=b\n\n");
    }

    @Test
    void refusesAnEndingItDoesNotKnow() {
        assertThat(TableWriter.understands(Path.of("a.CSV"))).isTrue();
        assertThat(TableWriter.understands(Path.of("a.xlsx"))).isFalse();
        assertThatThrownBy(() -> TableWriter.open(folder.resolve("a.xlsx"), List.of(Field.text("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".parquet");
    }

    @Test
    void readsEveryPublishedTable() throws Exception {
        var shared = shared();
        assumeThat(shared)
                .as("the shared folder of published labels is not beside the project")
                .isNotNull();
        try (var files = Files.walk(shared)) {
            var tables = files.filter(p -> p.endsWith("labels.csv") || p.endsWith("gold.csv"))
                    .toList();
            assertThat(tables).hasSizeGreaterThan(40);
            for (var table : tables) {
                var columns = table.endsWith("gold.csv") ? GOLD : LABELS;
                var reading = Tables.read(new TableSource.File(table), columns, 0, (done, total) -> {}, row -> {});
                long lines;
                try (var all = Files.lines(table)) {
                    lines = all.filter(line -> !line.isEmpty()).count();
                }
                assertThat(reading.rows()).as(table.toString()).isEqualTo(lines - 1);
            }
        }
    }

    private static Path shared() {
        for (var above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            if (Files.isDirectory(above.resolve("shared/data/truth"))) {
                return above.resolve("shared/data/truth");
            }
        }
        return null;
    }
}
