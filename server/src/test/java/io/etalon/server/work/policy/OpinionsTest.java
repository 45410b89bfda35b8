package io.etalon.server.work.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OpinionsTest {
    private static final QueuePolicy.Adaptive RULE = new QueuePolicy.Adaptive(2, 4, 0.6, 0.95, 0.8);

    private static Opinions.Question question(int options, String... answers) {
        return new Opinions.Question(options, List.of(answers));
    }

    @Test
    void knowsThePosteriorOfTheBestOption() {
        assertThat(question(2, "a").confidence(0.8)).isCloseTo(0.8, within(1e-12));
        assertThat(question(2, "a", "b").confidence(0.8)).isCloseTo(0.5, within(1e-12));
        // 0.8^2 : 0.1^2 : 0.1^2, by hand.
        assertThat(question(3, "a", "a").confidence(0.8)).isCloseTo(0.64 / 0.66, within(1e-12));
        // 0.8 * 0.1 : 0.1 * 0.8 : 0.1 * 0.1
        assertThat(question(3, "a", "b").confidence(0.8)).isCloseTo(0.08 / 0.17, within(1e-12));
        // Who is wrong more often than by chance speaks for the other one.
        assertThat(question(2, "a").confidence(0.3)).isCloseTo(0.7, within(1e-12));
    }

    @Test
    void stopsEarlyOnlyWhereItIsCertainAndHasTheMinimum() {
        assertThat(new Opinions(List.of(question(3, "a"))).needed(RULE, 1, 3)).isEqualTo(3);
        assertThat(new Opinions(List.of(question(3, "a", "a"))).needed(RULE, 2, 3))
                .isEqualTo(2);
        assertThat(new Opinions(List.of(question(3, "a", "b"))).needed(RULE, 2, 3))
                .isEqualTo(3);
    }

    @Test
    void asksOneMoreUpToTheMaximumAndTheLeastCertainQuestionDecides() {
        var torn = question(3, "a", "b");
        var agreed = question(3, "a", "a");
        assertThat(new Opinions(List.of(agreed, torn)).needed(RULE, 2, 2)).isEqualTo(3);
        assertThat(new Opinions(List.of(agreed)).needed(RULE, 2, 2)).isEqualTo(2);
        assertThat(new Opinions(List.of(question(3, "a", "b", "c", "a"))).needed(RULE, 4, 4))
                .isEqualTo(4);
        assertThat(new Opinions(List.of()).needed(RULE, 2, 2)).isEqualTo(2);
    }

    @Test
    void looksAtAgreementAloneWhenNoConfidenceIsAsked() {
        var rule = new QueuePolicy.Adaptive(1, 5, 0.75, null, null);
        assertThat(new Opinions(List.of(question(2, "a", "a", "b"))).needed(rule, 3, 3))
                .isEqualTo(4);
        assertThat(new Opinions(List.of(question(2, "a", "a", "a", "b"))).needed(rule, 4, 4))
                .isEqualTo(4);
        assertThat(new Opinions(List.of(question(2, "a"))).needed(rule, 1, 3)).isEqualTo(3);
    }
}
