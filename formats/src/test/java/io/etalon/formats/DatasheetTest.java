package io.etalon.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.formats.DatasheetFacts.Accuracy;
import io.etalon.formats.DatasheetFacts.Agreement;
import io.etalon.formats.DatasheetFacts.Interval;
import io.etalon.formats.DatasheetFacts.People;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasheetTest {
    private static DatasheetFacts facts(String title) {
        return new DatasheetFacts(
                title,
                3,
                "2026-01-02",
                "Sort coins; <b>fast</b>.",
                1200,
                4321,
                Map.of("coin", 4000L, "medal", 321L),
                2,
                5,
                new People(12, 2, List.of("In-house", "Vendor | A"), 3.25),
                "Dawid and Skene (1979)",
                List.of(new Agreement("fitness", "Krippendorff's alpha", 0.8123, new Interval(0.79, 0.83, 0.95))),
                new Accuracy(0.9312, new Interval(0.91, 0.95, 0.95), 200),
                "CC-BY-4.0",
                List.of("Only European coins"));
    }

    @Test
    void writesTheGoldenSheet() throws Exception {
        assertThat(Datasheet.write(facts("Coins of 2025"))).isEqualTo(Examples.golden("datasheet.md"));
    }

    @Test
    void letsNoTextSmuggleInMarkup() {
        var sheet =
                Datasheet.write(facts("x\n\n![i](http://evil.example)\u2028<script>a|b</script> [l](javascript:1)"));
        assertThat(sheet.lines().findFirst().orElseThrow())
                .isEqualTo(
                        "# Datasheet: x  \\!\\[i\\]\\(http\\:\\/\\/evil\\.example\\) \\<script\\>a\\|b\\<\\/script\\>"
                                + " \\[l\\]\\(javascript\\:1\\)");
        assertThat(sheet).doesNotContainPattern("(?<!\\\\)<").contains("Vendor \\| A");
    }

    @Test
    void saysPlainlyWhatWasNotMeasured() {
        var none = facts("t");
        var bare = new DatasheetFacts(
                "t",
                1,
                "2026-01-02",
                "p",
                1,
                0,
                Map.of(),
                1,
                1,
                none.people(),
                "majority",
                List.of(),
                null,
                "MIT",
                List.of());
        assertThat(Datasheet.write(bare))
                .contains("Accuracy was not measured", "Agreement was not measured", "None are recorded");
    }
}
