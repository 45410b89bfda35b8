package io.etalon.server.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.QuestionType;
import io.etalon.quality.choice.TruthMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Judgements as numbers, which is how a consensus of millions is made, say what named ones say. */
final class VotesTest {
    private static final long SEED = 4;
    private static final Ontology ONTOLOGY = new Ontology(
            List.of(),
            List.of(
                    TestWork.choice("fitness", "1", "2", "3"),
                    TestWork.question("ok", QuestionType.BOOLEAN),
                    TestWork.question("tags", QuestionType.MULTI_CHOICE, "a", "b")));

    /** Many cases, of which one in seven lacks the first question; people who know different things. */
    private static Evidence evidence() {
        var random = new Random(SEED);
        var work = new TestWork(ONTOLOGY, SEED);
        for (var asset = 0; asset < 3_000; asset++) {
            var truth = random.nextInt(3);
            for (var person = 0; person < 3; person++) {
                var said = random.nextInt(10) < 6 + person ? truth : random.nextInt(3);
                var answers = new HashMap<String, AnswerValue>();
                if (asset % 7 > 0) {
                    answers.put("fitness", new AnswerValue.Choice(String.valueOf(said + 1)));
                }
                answers.put("ok", new AnswerValue.Flag(said == 0));
                answers.put(
                        "tags", new AnswerValue.Choices(new TreeSet<>(said == 1 ? List.of("a", "b") : List.of("b"))));
                var name = "p" + (asset + person * 5) % 11;
                work.answer("asset-" + asset, name, new Answer(Map.copyOf(answers), List.of()));
            }
        }
        return work.evidence();
    }

    @ParameterizedTest
    @EnumSource(
            value = TruthMethod.class,
            names = {"MAJORITY", "DAWID_SKENE", "HIERARCHICAL", "BAYESIAN_AVERAGE"})
    void numbersSayWhatNamesSayToTheLastBit(TruthMethod method) {
        var evidence = evidence();
        var votes = new Votes(ONTOLOGY);
        evidence.cases().reversed().forEach(votes::add);
        var fits = votes.fit(method);
        var seen = 0;
        for (var item : ChoiceItem.of(ONTOLOGY)) {
            var named = method.fit(item.labels(evidence, GivenAnswer::effective).anonymous());
            var question = ONTOLOGY.questions().stream()
                    .filter(one -> one.id().equals(item.question()))
                    .findFirst()
                    .orElseThrow();
            for (var about : evidence.cases()) {
                var found = fits.on(question, about).stream()
                        .filter(one -> one.item().equals(item))
                        .findFirst()
                        .orElseThrow()
                        .posterior();
                var task = named.labels().taskIndex(about.name());
                assertThat(found.isPresent()).isEqualTo(task.isPresent());
                for (var label = 0; found.isPresent() && label < item.classes().size(); label++) {
                    assertThat(found.get().byClass().get(item.classes().get(label)))
                            .isEqualTo(named.posterior(task.orElseThrow(), label));
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThan(20_000);
    }
}
