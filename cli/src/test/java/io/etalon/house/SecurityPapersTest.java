package io.etalon.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The papers below {@code docs/security} name tests that exist, and leave no line without a test or a reason. */
class SecurityPapersTest {
    private static final Path PAPERS = Path.of("../docs/security");
    private static final Pattern ITEM = Pattern.compile("(?m)^\\| \\d+\\.\\d+\\.\\d+ \\|.*$");
    private static final Pattern ANSWERED = Pattern.compile("^\\| [\\d.]+ \\| [12] \\| [^|]{4,} \\| [^|]{4,} \\|$");

    @Test
    void everyTestThatAPaperNamesExists() throws IOException {
        for (var paper : new String[] {"attacks.md", "asvs.md"}) {
            var text = Files.readString(PAPERS.resolve(paper));
            assertThat(text).contains("Test#");
            assertThat(ThreatModelTest.missing(text)).as(paper).isEmpty();
        }
    }

    @Test
    void everyItemOfTheChecklistHasATestOrAReasonAndStandsOnce() throws IOException {
        var items = ITEM.matcher(Files.readString(PAPERS.resolve("asvs.md")))
                .results()
                .map(found -> found.group())
                .toList();
        assertThat(items).hasSizeGreaterThan(90);
        assertThat(items).allMatch(item -> ANSWERED.matcher(item).matches());
        assertThat(items.stream().map(item -> item.split(" ", 3)[1])).doesNotHaveDuplicates();
    }
}
