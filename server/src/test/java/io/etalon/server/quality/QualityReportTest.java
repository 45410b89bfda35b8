package io.etalon.server.quality;

import static io.etalon.server.quality.TestWork.boxes;
import static io.etalon.server.quality.TestWork.choice;
import static io.etalon.server.quality.TestWork.coins;
import static io.etalon.server.quality.TestWork.fit;
import static io.etalon.server.quality.TestWork.fitness;
import static io.etalon.server.quality.TestWork.question;
import static io.etalon.server.quality.TestWork.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Box;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.QuestionType;
import io.etalon.quality.Estimate;
import io.etalon.quality.PublishedTables;
import io.etalon.quality.choice.TruthMethod;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the quality page says, against figures printed in the literature and cases that a person can check by eye. */
class QualityReportTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final double PRINTED = 0.005 + 1e-9;

    private static TestWork clinical(long seed) {
        var work = new TestWork(fitness(), seed);
        var table = PublishedTables.dawidSkene1979();
        for (var task = 0; task < table.tasks().size(); task++) {
            for (var i = table.start(task); i < table.end(task); i++) {
                work.answer(
                        "patient-" + table.tasks().get(task) + ".txt",
                        "observer-" + table.workers().get(table.workerAt(i)),
                        fit(table.classes().get(table.classAt(i))));
            }
        }
        return work;
    }

    @Test
    void givesThePrintedFiguresOfDawidAndSkene() {
        var work = clinical(1);
        var report = QualityReport.of(work.evidence(), NOW);

        var fitness = report.choices().getFirst();
        assertThat(fitness.judgements()).isEqualTo(315);
        assertThat(fitness.tasks()).isEqualTo(45);
        assertThat(fitness.annotators()).isEqualTo(5);
        assertThat(fitness.dawidSkene().orElseThrow().marginals())
                .containsExactly(new double[] {0.40, 0.42, 0.11, 0.07}, within(PRINTED));
        var first = fitness.skills().stream()
                .filter(skill -> skill.annotator().equals(work.person("observer-1")))
                .findFirst()
                .orElseThrow();
        assertThat(first.judgements()).isEqualTo(135);
        double[][] printed = {{0.89, 0.11, 0, 0}, {0.07, 0.88, 0.05, 0}, {0, 0.34, 0.66, 0}, {0, 0, 0.56, 0.44}};
        for (var row = 0; row < printed.length; row++) {
            assertThat(first.confusion()[row]).containsExactly(printed[row], within(PRINTED));
        }
        assertThat(fitness.confidence()).hasSize(10);
        assertThat(Arrays.stream(fitness.confidence()).sum()).isEqualTo(45);
    }

    @Test
    void isTheSameWhateverTheIdsAndTheOrder() {
        var one = QualityReport.of(clinical(2).evidence(), NOW).choices().getFirst();
        var other = QualityReport.of(clinical(3).evidence(), NOW).choices().getFirst();

        close(other.raw(), one.raw());
        close(other.fleiss(), one.fleiss());
        close(other.krippendorff(), one.krippendorff());
        assertThat(other.dawidSkene().orElseThrow().marginals())
                .containsExactly(one.dawidSkene().orElseThrow().marginals());
        assertThat(other.majority()).containsExactly(one.majority());
    }

    /** Agreement sums over people in the order of their ids, which may show in the last bit and nowhere else. */
    private static void close(Optional<Estimate> found, Optional<Estimate> expected) {
        var bit = within(1e-12);
        assertThat(found.orElseThrow().value()).isCloseTo(expected.orElseThrow().value(), bit);
        assertThat(found.orElseThrow().interval().low())
                .isCloseTo(expected.orElseThrow().interval().low(), bit);
        assertThat(found.orElseThrow().interval().high())
                .isCloseTo(expected.orElseThrow().interval().high(), bit);
    }

    @Test
    void judgesSkillByOwnAnswersAndConsensusByTheReviewersFix() {
        var work = new TestWork(fitness(), 4);
        for (var i = 0; i < 12; i++) {
            work.answer(i + ".txt", "ada", fit("1")).answer(i + ".txt", "ben", fit("1"));
        }
        work.answer("x.txt", "ada", fit("1")).fixed("x.txt", "ben", fit("2"), fit("1"), "rev");

        var report = QualityReport.of(work.evidence(), NOW).choices().getFirst();

        assertThat(report.majority()[0]).isEqualTo(1);
        assertThat(report.raw().orElseThrow().value()).isEqualTo(1);
        var ben = report.skills().stream()
                .filter(skill -> skill.annotator().equals(work.person("ben")))
                .findFirst()
                .orElseThrow();
        assertThat(ben.accuracy()).isCloseTo(12.0 / 13, within(1e-6));
        assertThat(ben.confusion()[0][1]).isCloseTo(1.0 / 13, within(1e-6));
    }

    @Test
    void countsMissesAndFalseAlarmsAgainstTheFusedBoxes() {
        var left = new Box(10, 10, 20, 20);
        var right = new Box(100, 10, 20, 20);
        var stray = new Box(300, 300, 20, 20);
        var work = new TestWork(coins(), 5)
                .answer("a.png", "ada", boxes(left, right))
                .answer("a.png", "ben", boxes(left))
                .answer("a.png", "cleo", boxes(left, right, stray))
                .answer("b.png", "ada", boxes())
                .answer("b.png", "ben", boxes())
                .answer("b.png", "cleo", boxes());

        var boxes = QualityReport.of(work.evidence(), NOW).boxes().orElseThrow();

        assertThat(boxes.fused()).isEqualTo(2);
        assertThat(boxes.assets()).isEqualTo(2);
        var skills = boxes.skills();
        assertThat(skills)
                .filteredOn(s -> s.annotator().equals(work.person("ben").toString()))
                .singleElement()
                .satisfies(s -> {
                    assertThat(s.misses()).isEqualTo(1);
                    assertThat(s.falseAlarms()).isZero();
                });
        assertThat(skills)
                .filteredOn(s -> s.annotator().equals(work.person("cleo").toString()))
                .singleElement()
                .satisfies(s -> {
                    assertThat(s.misses()).isZero();
                    assertThat(s.falseAlarms()).isEqualTo(1);
                    assertThat(s.meanOverlap()).hasValue(1);
                });
    }

    @Test
    void saysHowFarEachPersonsBoxesStray() {
        var work = new TestWork(coins(), 11);
        var random = new Random(11);
        for (var i = 0; i < 60; i++) {
            for (var person : List.of("ada", "ben", "shaky")) {
                var stray = person.equals("shaky") ? 6 : 2;
                work.answer(
                        i + ".png",
                        person,
                        boxes(new Box(
                                100 + stray * random.nextGaussian(), 100 + stray * random.nextGaussian(), 100, 100)));
            }
        }

        var boxes = QualityReport.of(work.evidence(), NOW).boxes().orElseThrow();

        assertThat(boxes.deviations().get(work.person("ada").toString()).position())
                .isCloseTo(.02, within(.006));
        assertThat(boxes.deviations().get(work.person("shaky").toString()).position())
                .isCloseTo(.06, within(.01));
        assertThat(boxes.deviations().get(work.person("shaky").toString()).size())
                .isLessThan(.001);
    }

    @Test
    void knowsNoDeviationOfOneWhoWorksAlone() {
        var work = new TestWork(coins(), 12).answer("a.png", "ada", boxes(new Box(10, 10, 20, 20)));

        assertThat(QualityReport.of(work.evidence(), NOW).boxes().orElseThrow().deviations())
                .isEmpty();
    }

    @Test
    void aFixedBoxChangesTheConsensusAndNotThePersonsRecord() {
        var good = new Box(10, 10, 20, 20);
        var work = new TestWork(coins(), 6).fixed("a.png", "ada", boxes(), boxes(good), "rev");

        var boxes = QualityReport.of(work.evidence(), NOW).boxes().orElseThrow();

        assertThat(boxes.fused()).isEqualTo(1);
        assertThat(boxes.skills())
                .singleElement()
                .satisfies(s -> assertThat(s.misses()).isEqualTo(1));
    }

    @Test
    void aTieHasNoValueAndNoPreference() {
        var work = new TestWork(fitness(), 7).answer("a.txt", "ada", fit("1")).answer("a.txt", "ben", fit("2"));

        var entry =
                ConsensusBook.of(work.evidence(), TruthMethod.MAJORITY).items().getFirst();

        var settled = entry.answers().get("fitness");
        assertThat(settled.value()).isEmpty();
        assertThat(settled.confidence()).hasValue(0.5);
        assertThat(entry.says(false)).isFalse();
    }

    @Test
    void settlesEveryTypeOfQuestion() {
        var ontology = new Ontology(
                List.of(),
                List.of(
                        question("tags", QuestionType.MULTI_CHOICE, "a", "b"),
                        question("ok", QuestionType.BOOLEAN),
                        question("age", QuestionType.NUMBER),
                        question("note", QuestionType.TEXT)));
        var work = new TestWork(ontology, 8);
        for (var person : List.of("ada", "ben", "cleo")) {
            var odd = person.equals("cleo");
            work.answer(
                    "a.txt",
                    person,
                    new Answer(
                            Map.of(
                                    "tags",
                                    new AnswerValue.Choices(new TreeSet<>(odd ? List.of("a", "b") : List.of("a"))),
                                    "ok",
                                    new AnswerValue.Flag(!odd),
                                    "age",
                                    new AnswerValue.Number(odd ? 99 : 7),
                                    "note",
                                    new AnswerValue.Text(odd ? "no" : " yes ")),
                            List.of()));
        }

        var answers = ConsensusBook.of(work.evidence(), TruthMethod.MAJORITY)
                .items()
                .getFirst()
                .answers();

        assertThat(answers.get("tags").value()).hasValue(new AnswerValue.Choices(new TreeSet<>(List.of("a"))));
        assertThat(answers.get("ok").value()).hasValue(new AnswerValue.Flag(true));
        assertThat(answers.get("age").value()).hasValue(new AnswerValue.Number(7));
        assertThat(answers.get("note").value()).hasValue(new AnswerValue.Text("yes"));
        var report = QualityReport.of(work.evidence(), NOW);
        assertThat(report.choices()).hasSize(3);
        assertThat(report.excluded())
                .extracting(QualityReport.Excluded::question)
                .containsExactly("age", "note");
        assertThat(report.excluded()).allSatisfy(e -> assertThat(e.reason()).isNotBlank());
    }

    @Test
    void leavesAsideWhatTheOntologyNoLongerAsks() {
        var work = new TestWork(new Ontology(List.of(), List.of(choice("fitness", "1", "2"))), 9)
                .answer("a.txt", "ada", fit("3"))
                .answer("a.txt", "ben", fit("2"))
                .answer("b.txt", "ada", says("gone", new AnswerValue.Flag(true)));

        var book = ConsensusBook.of(work.evidence(), TruthMethod.DAWID_SKENE);

        assertThat(book.items().stream().filter(e -> e.says(false)))
                .singleElement()
                .satisfies(e -> assertThat(e.answers().get("fitness").value()).hasValue(new AnswerValue.Choice("2")));
        assertThat(ConsensusBook.answersLeftAside(work.evidence())).isEqualTo(2);
    }

    @Test
    void aProjectWithoutAnswersHasAnEmptyReport() {
        var report = QualityReport.of(new TestWork(coins(choice("fitness", "1", "2")), 10).evidence(), NOW);

        assertThat(report.choices()).singleElement().satisfies(c -> {
            assertThat(c.judgements()).isZero();
            assertThat(c.dawidSkene()).isEmpty();
            assertThat(c.raw()).isEmpty();
        });
        assertThat(report.boxes().orElseThrow().fused()).isZero();
    }
}
