package io.etalon.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of limits says what the constants say. */
class LimitsPaperTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| (.+) \\| (\\S+) \\| `([\\w.$]+)#(\\w+)(?:\\.(\\w+))?` \\|$");

    @Test
    void everyLimitOnThePageIsTheOneThatTheCodeHolds() throws Exception {
        var paper = new TreeMap<String, String>();
        var code = new TreeMap<String, String>();
        for (var line : page()) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                var name = row.group(3) + "#" + row.group(4) + (row.group(5) == null ? "" : "." + row.group(5));
                paper.put(name, row.group(2));
                code.put(name, held(row.group(3), row.group(4), row.group(5)));
            } else {
                assertThat(line).as("a row that names no constant").doesNotContain("#");
            }
        }
        assertThat(paper).isEqualTo(code).hasSizeGreaterThan(50);
    }

    private static Iterable<String> page() throws IOException {
        return Files.readAllLines(Path.of("../docs/security/limits.md"), UTF_8).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| What"))
                .toList();
    }

    private static String held(String type, String field, String component) throws ReflectiveOperationException {
        var constant = Class.forName("io.etalon." + type).getDeclaredField(field);
        constant.setAccessible(true);
        var value = constant.get(null);
        if (component != null) {
            var read = value.getClass().getDeclaredMethod(component);
            read.setAccessible(true);
            value = read.invoke(value);
        }
        return value.toString();
    }
}
