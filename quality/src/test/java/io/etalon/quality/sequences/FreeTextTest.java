package io.etalon.quality.sequences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.CrowdData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeTextTest {
    /** Translations by a crowd (Li and Fukumoto, 2019); mean word error rate of a task. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"wsa_J1, .742, .630, .607", "wsa_T1, .609, .512, .504"})
    void reachesTheReference(String set, double single, double medoid, double rover) throws IOException {
        var gold = texts(set, "gold.csv", 1);
        var answers = texts(set, "labels.csv", 2);
        assertThat(answers).hasSameSizeAs(gold);
        var sum = 0.0;
        for (var task : gold.entrySet()) {
            var truth = Words.of(task.getValue().getFirst());
            for (var answer : answers.get(task.getKey())) {
                sum += Words.of(answer).errorRate(truth).orElseThrow()
                        / answers.get(task.getKey()).size();
            }
        }
        assertThat(sum / gold.size()).isCloseTo(single, within(.001));
        // Which of equally central answers is taken moves the figure by a point; less error is no fault.
        assertThat(error(gold, answers, FreeText::medoid)).isBetween(medoid - .012, medoid + .01);
        assertThat(error(gold, answers, FreeText::rover)).isCloseTo(rover, within(.01));
    }

    @Test
    void votesWordByWordAndWritesAsMostDo() {
        var fused = FreeText.rover(List.of("The cat sat, down.", "the Cat sat down", "a cat sat on down", "The cat"));
        assertThat(fused.text()).isEqualTo("The cat sat down");
        assertThat(fused.agreement()).isBetween(.7, 1.0);
        assertThat(FreeText.medoid(List.of("x y z", "a b", "a b c", "a b c d")).text())
                .isEqualTo("a b c");
        assertThat(FreeText.rover(List.of("alone")).text()).isEqualTo("alone");
        assertThat(FreeText.rover(List.of("", "!")).text()).isEmpty();
        assertThatThrownBy(() -> FreeText.medoid(List.of())).hasMessageContaining("no answer");
    }

    @Test
    void doesNotLookAtTheOrderOfAnswers() {
        for (var seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var answers = new ArrayList<String>();
            for (var i = 0; i < 2 + seed % 5; i++) {
                var words = new StringBuilder();
                for (var j = random.nextInt(6); j > 0; j--) {
                    words.append("abc".charAt(random.nextInt(3))).append(' ');
                }
                answers.add(words.toString());
            }
            var rover = FreeText.rover(answers);
            var medoid = FreeText.medoid(answers);
            Collections.shuffle(answers, random);
            assertThat(FreeText.rover(answers)).as("seed %s", seed).isEqualTo(rover);
            assertThat(FreeText.medoid(answers)).as("seed %s", seed).isEqualTo(medoid);
        }
    }

    @Test
    void countsWordsAsThePaperOfLevenshteinDoes() {
        assertThat(Words.of("It\u2019s a well-made test!").distance(Words.of("it's the well made, 'test' now")))
                .isEqualTo(2);
        assertThat(Words.of("").distance(Words.of("three small words"))).isEqualTo(3);
        assertThat(Words.of("something").errorRate(Words.of("..."))).isEmpty();
    }

    private static double error(
            Map<String, List<String>> gold,
            Map<String, List<String>> answers,
            Function<List<String>, FreeText.Fused> method) {
        var sum = 0.0;
        for (var task : gold.entrySet()) {
            var fused = method.apply(answers.getOrDefault(task.getKey(), List.of()));
            sum += Words.of(fused.text())
                    .errorRate(Words.of(task.getValue().getFirst()))
                    .orElseThrow();
        }
        return sum / gold.size();
    }

    private static Map<String, List<String>> texts(String set, String file, int column) throws IOException {
        var texts = new TreeMap<String, List<String>>();
        try (var lines = Files.lines(CrowdData.folder().resolve(set).resolve(file))) {
            lines.skip(1)
                    .map(FreeTextTest::cells)
                    .forEach(row -> texts.computeIfAbsent(row.getFirst(), id -> new ArrayList<>())
                            .add(row.get(column)));
        }
        return texts;
    }

    /** Cells of a line of CSV with quotes. */
    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
