package io.etalon.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The threat model promises nothing that no test holds. */
class ThreatModelTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)#(\\w+)`");
    private static final Pattern INVARIANT = Pattern.compile("(?m)^\\d+\\. (?!\\*\\*).*$");

    @Test
    void everyInvariantNamesATestThatExists() throws IOException {
        var text = Files.readString(ROOT.resolve("docs/threat-model.md"));
        var invariants =
                INVARIANT.matcher(text).results().map(found -> found.group()).toList();
        assertThat(invariants).hasSizeGreaterThan(30);
        assertThat(invariants).allMatch(line -> NAMED.matcher(line).find(), "names a test");
        assertThat(missing(text)).isEmpty();
    }

    @Test
    void noticesATestThatIsGone() throws IOException {
        assertThat(
                        missing(
                                "`ThreatModelTest#noticesATestThatIsGone` `ThreatModelTest#gone` `NoSuchTest#x` `ThreatModelTest#missing`"))
                .containsExactly("ThreatModelTest#gone", "NoSuchTest#x", "ThreatModelTest#missing");
    }

    static List<String> missing(String text) throws IOException {
        var missing = new ArrayList<String>();
        for (var named : NAMED.matcher(text).results().toList()) {
            var source = source(named.group(1));
            var test =
                    Pattern.compile("@(Test|ParameterizedTest|RepeatedTest)\\b[^;]*\\bvoid " + named.group(2) + "\\(");
            if (!test.matcher(source).find()) {
                missing.add(named.group(1) + "#" + named.group(2));
            }
        }
        return missing;
    }

    private static String source(String type) throws IOException {
        try (var modules = Files.list(ROOT)) {
            for (var module : modules.toList()) {
                var tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    try (var files = Files.walk(tests)) {
                        var found = files.filter(file -> file.endsWith(type + ".java"))
                                .findFirst();
                        if (found.isPresent()) {
                            return Files.readString(found.get());
                        }
                    }
                }
            }
        }
        return "";
    }
}
