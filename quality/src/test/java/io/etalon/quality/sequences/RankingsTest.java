package io.etalon.quality.sequences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingsTest {
    /** The capital of Tennessee, 42, 26, 15 and 17 of a hundred: Borda and Kemeny both name Nashville. */
    @Test
    void findsTheCapitalOfTennessee() {
        var votes = Rankings.builder();
        repeat(votes, 42, "Memphis", "Nashville", "Chattanooga", "Knoxville");
        repeat(votes, 26, "Nashville", "Chattanooga", "Knoxville", "Memphis");
        repeat(votes, 15, "Chattanooga", "Knoxville", "Nashville", "Memphis");
        repeat(votes, 17, "Knoxville", "Chattanooga", "Nashville", "Memphis");
        var rankings = votes.build();

        // Borda's counts are 194, 173, 126 and 107 of 300.
        assertThat(rankings.borda().items())
                .extracting(Rankings.Placed::item)
                .containsExactly("Nashville", "Chattanooga", "Memphis", "Knoxville");
        assertThat(rankings.borda().items().getFirst().score()).isCloseTo(194 / 300.0, within(1e-12));
        // Kemeny's score of this order is 393 of 600, the highest.
        assertThat(rankings.kemeny().ids()).containsExactly("Nashville", "Chattanooga", "Knoxville", "Memphis");
        assertThat(rankings.kemeny().disagreement()).isCloseTo(207 / 600.0, within(1e-12));
        assertThat(rankings.kemeny().best()).isTrue();
    }

    @Test
    void comesNearTheBestOrderByMovingSingleItems() {
        var equal = 0;
        for (var seed = 0; seed < 100; seed++) {
            var rankings = noisy(new Random(seed), 9, 7, 4);
            var best = rankings.kemeny().disagreement();
            var found = rankings.kemenyByLocalSearch().disagreement();
            assertThat(found).as("seed %s", seed).isBetween(best - 1e-12, best + .02);
            assertThat(found)
                    .as("seed %s", seed)
                    .isLessThanOrEqualTo(rankings.borda().disagreement() + 1e-12);
            equal += found < best + 1e-12 ? 1 : 0;
        }
        assertThat(equal).isGreaterThan(80);
    }

    @Test
    void recoversAnOrderOfManyItems() {
        var rankings = noisy(new Random(1), 40, 60, 2);
        var order = rankings.kemeny();
        assertThat(order.best()).isFalse();
        for (var place = 0; place < 40; place++) {
            assertThat(Integer.parseInt(order.ids().get(place))).isBetween(place - 2, place + 2);
        }
    }

    @Test
    void takesEqualsAndGapsForWhatTheyAre() {
        var rankings = Rankings.builder()
                .rankGroups(List.of(List.of("b", "a"), List.of("c")))
                .items(List.of("unseen"))
                .build();
        assertThat(rankings.borda().items())
                .containsExactly(
                        new Rankings.Placed("a", .75),
                        new Rankings.Placed("b", .75),
                        new Rankings.Placed("unseen", .5),
                        new Rankings.Placed("c", 0));
        assertThat(rankings.kemeny().disagreement()).isCloseTo(.5 / 3, within(1e-12));
        assertThat(Rankings.builder().build().kemeny().items()).isEmpty();
        assertThatThrownBy(() -> Rankings.builder().rank(List.of("a", "b", "a")))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> Rankings.builder().prefer("a", "a")).hasMessageContaining("with itself");
        assertThatThrownBy(() -> Rankings.builder().compare("a", "b", Double.NaN))
                .hasMessageContaining("NaN");
    }

    private static void repeat(Rankings.Builder votes, int times, String... bestFirst) {
        for (var i = 0; i < times; i++) {
            votes.rank(List.of(bestFirst));
        }
    }

    /** Voters who see items 0, 1, 2 ... through noise, each a random part of them. */
    private static Rankings noisy(Random random, int items, int voters, double noise) {
        var votes = Rankings.builder();
        for (var voter = 0; voter < voters; voter++) {
            var seen = new ArrayList<double[]>();
            for (var item = 0; item < items; item++) {
                if (random.nextDouble() < .8) {
                    seen.add(new double[] {item, item + noise * random.nextGaussian()});
                }
            }
            Collections.sort(seen, (a, b) -> Double.compare(a[1], b[1]));
            votes.rank(seen.stream().map(pair -> "" + (int) pair[0]).toList());
        }
        return votes.build();
    }
}
