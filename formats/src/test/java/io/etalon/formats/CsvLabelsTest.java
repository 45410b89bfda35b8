package io.etalon.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.etalon.formats.CsvLabels.Row;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLabelsTest {
    private static List<Row> read(String csv) {
        var rows = new ArrayList<Row>();
        CsvLabels.read(new ByteArrayInputStream(Examples.utf8(csv)), rows::add);
        return rows;
    }

    @Test
    void readsQuotesLineBreaksAndForeignColumns() {
        assertThat(read("\ufefftask,seconds,worker,label\r\n\"a,\"\"b\"\"\",3,w,\"two\r\nlines\"\r\n\r\nc,,w,x"))
                .containsExactly(new Row(2, "a,\"b\"", "w", "two\r\nlines"), new Row(5, "c", "w", "x"));
    }

    @Test
    void readsTheFoundingTableAndGold() {
        assertThat(read("patient,observer,occasion,class\n1,1,2,3\n")).containsExactly(new Row(2, "1", "1", "3"));
        assertThat(read("task,label\n7,yes\n")).containsExactly(new Row(2, "7", "", "yes"));
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
    }

    private static void assertFault(String csv, String where) {
        assertThatThrownBy(() -> read(csv))
                .as(csv)
                .isInstanceOfSatisfying(
                        FormatException.class, e -> assertThat(e.where()).isEqualTo(where));
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        var bytes = Examples.utf8("task,label\na,?\n");
        bytes[13] = (byte) 0xe9;
        assertThatThrownBy(() -> CsvLabels.read(new ByteArrayInputStream(bytes), row -> {}))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void readsEveryPublishedTable() throws Exception {
        var shared = Examples.shared("truth");
        assumeThat(shared)
                .as("the shared folder of published labels is not beside the project")
                .isPresent();
        try (var files = Files.walk(shared.get())) {
            var tables = files.filter(p -> p.endsWith("labels.csv") || p.endsWith("gold.csv"))
                    .toList();
            assertThat(tables).hasSizeGreaterThan(40);
            for (var table : tables) {
                long rows;
                try (var in = Files.newInputStream(table)) {
                    rows = CsvLabels.read(in, row -> {});
                }
                long lines;
                try (var all = Files.lines(table)) {
                    lines = all.filter(line -> !line.isEmpty()).count();
                }
                assertThat(rows).as(table.toString()).isEqualTo(lines - 1);
            }
        }
    }
}
