package io.etalon.quality.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Interval;
import io.etalon.quality.Labels;
import io.etalon.quality.PublishedTables;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ConsensusTest {
    private final Labels labels = Labels.builder()
            .add("t1", "ann", "cat")
            .add("t1", "bob", "cat")
            .add("t1", "eve", "dog")
            .add("t2", "ann", "cat")
            .add("t2", "bob", "dog")
            .add("t3", "ann", "ant")
            .add("t3", "bob", "cat")
            .add("t3", "eve", "dog")
            .build();

    @Test
    void reportsTiesInsteadOfBreakingThem() {
        var votes = MajorityVote.of(labels);

        assertThat(votes.best("t1")).isEqualTo(new Verdict.Winner("cat"));
        assertThat(votes.best("t2")).isEqualTo(new Verdict.Tie(List.of("cat", "dog")));
        assertThat(votes.best("t3")).isEqualTo(new Verdict.Tie(List.of("ant", "cat", "dog")));
        assertThat(votes.posterior(0)).containsExactly(0, 2.0 / 3, 1.0 / 3);
        assertThat(votes.confidence(1)).isEqualTo(.5);
        assertThatThrownBy(() -> votes.best("t9")).hasMessage("no judgement on task \"t9\"");
    }

    @Test
    void countsATieOfThreeAsAThird() {
        var gold = Map.of("t1", "cat", "t2", "ant", "t3", "dog", "t4", "dog");

        var accuracy = Accuracy.of(MajorityVote.of(labels), gold);
        assertThat(accuracy.correct()).isCloseTo(4.0 / 3, within(1e-12));
        assertThat(accuracy.tasks()).isEqualTo(3);
        assertThat(accuracy.unjudged()).isEqualTo(1);
        assertThat(accuracy.value()).isCloseTo(4.0 / 9, within(1e-12));
        assertThat(accuracy.interval().contains(accuracy.value())).isTrue();
        assertThatThrownBy(() -> Accuracy.of(MajorityVote.of(labels), Map.of("t4", "dog")))
                .hasMessageContaining("none of the 1 gold tasks");
    }

    /** E. B. Wilson's interval for 81 of 263, as Newcombe (Statistics in Medicine 17, 1998) tabulates it. */
    @Test
    void printsNewcombesWilsonIntervals() {
        assertThat(Interval.wilson(81, 263).low()).isCloseTo(.2553, within(5e-5));
        assertThat(Interval.wilson(81, 263).high()).isCloseTo(.3662, within(5e-5));
        assertThat(Interval.wilson(0, 20).low()).isZero();
        assertThat(Interval.wilson(0, 20).high()).isCloseTo(.1611, within(5e-5));
        assertThat(Interval.wilson(29, 29).high()).isEqualTo(1);
        assertThatThrownBy(() -> Interval.wilson(3, 2)).hasMessageContaining("3.0 successes");
    }

    @Test
    void measuresSkillAgainstTheConsensus() {
        var skills = AnnotatorSkill.of(MajorityVote.of(labels));

        assertThat(skills).extracting(AnnotatorSkill::worker).containsExactly("ann", "bob", "eve");
        assertThat(skills.getFirst().agreed()).isCloseTo(2.0 / 3 + .5 + 1.0 / 3, within(1e-12));
        assertThat(skills.getFirst().agreement()).isCloseTo(.5, within(1e-12));
        assertThat(skills.getFirst().modelAccuracy()).isEmpty();
        assertThat(skills.getLast().judgements()).isEqualTo(2);
    }

    /** Observer 1's accuracy from the marginals and the diagonal that the paper prints. */
    @Test
    void measuresSkillFromTheConfusionMatrix() {
        var fit = DawidSkene.plain().fit(PublishedTables.dawidSkene1979());
        var skills = AnnotatorSkill.of(fit);

        assertThat(skills).extracting(AnnotatorSkill::judgements).containsExactly(135, 45, 45, 45, 45);
        assertThat(skills).extracting(AnnotatorSkill::tasks).containsOnly(45);
        assertThat(skills.getFirst().modelAccuracy().getAsDouble())
                .isCloseTo(.40 * .89 + .42 * .88 + .11 * .66 + .07 * .44, within(.01));
        assertThat(skills.stream().map(AnnotatorSkill::modelAccuracy).map(OptionalDouble::getAsDouble))
                .allMatch(accuracy -> accuracy > .7 && accuracy < .95);
    }
}
