package io.etalon.ranking.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.ranking.EvaluationData;
import io.etalon.ranking.Orderings;
import io.etalon.ranking.model.PlackettLuce.OrderingFit;
import io.etalon.ranking.model.PlackettLuce.Refused;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlackettLuceTest {
    private static final Set<String> BEAT_NOBODY =
            Set.of("Andy Hillenburg", "Gary Bradberry", "Jason Hedlesky", "Randy Renfrow");

    @Test
    void reproducesHuntersAnalysisOfNascar2002() {
        var fit = (OrderingFit) PlackettLuce.fit(nascar(BEAT_NOBODY), 0);
        var cameron = strength(fit, "Austin Cameron");
        var published = Map.of(
                "PJ Jones", 4.15,
                "Scott Pruett", 3.62,
                "Mark Martin", 2.08,
                "Dave Marcis", 0.03,
                "Dick Trickle", -0.31,
                "Joe Varde", -0.15);
        published.forEach((driver, log) ->
                assertThat(strength(fit, driver) - cameron).as(driver).isCloseTo(log, within(5.1e-3)));
        assertThat(strength(fit, "PJ Jones") - cameron).isCloseTo(4.1477, within(5e-5));
        var sum = fit.strengths().stream().mapToDouble(Math::exp).sum();
        assertThat(Math.exp(strength(fit, "PJ Jones")) / sum).isCloseTo(0.186405, within(1e-6));
        assertThat(fit.errors()).allMatch(error -> error > 0 && Double.isFinite(error));
    }

    @Test
    void namesTheDriversWhoBeatNobody() {
        assertThat(PlackettLuce.fit(nascar(Set.of()), 0)).isInstanceOfSatisfying(Refused.class, refused -> {
            var groups = refused.reason().islands().groups();
            assertThat(groups.getFirst()).hasSize(83);
            assertThat(groups.subList(1, groups.size()).stream().flatMap(List::stream))
                    .containsExactlyInAnyOrderElementsOf(BEAT_NOBODY);
        });
    }

    @Test
    void reproducesTheCasesOfChoix() {
        assertFit(rankings("012 120 201"), 0, 0, 0, 0);
        assertFit(rankings("012 320 13"), 0, -0.44328117, 0.69506219, -0.67061442, 0.4188334);
        assertFit(choices("0:12 1:02 2:01"), 0, 0, 0, 0);
        assertFit(choices("0:1 1:2 2:01"), 0, 0.16040395, -0.32080789, 0.16040394);
        var penalised = (OrderingFit) PlackettLuce.fit(choices("7:631 6:45 5:041 0:3 3:01"), 1);
        // Item 2 was in no choice: its penalised strength is 0 and it is not among the items here.
        var expected =
                new double[] {-0.12223311, -0.53980682, -0.08808004, -0.40003309, 0.24075031, 0.30131247, 0.60809028};
        for (var i = 0; i < expected.length; i++) {
            assertThat(penalised.strengths().get(i)).isCloseTo(expected[i], within(1e-4));
        }
    }

    private static void assertFit(Orderings orderings, double ridge, double... expected) {
        var fit = (OrderingFit) PlackettLuce.fit(orderings, ridge);
        for (var i = 0; i < expected.length; i++) {
            assertThat(fit.strengths().get(i)).isCloseTo(expected[i], within(1e-4));
        }
    }

    private static Orderings rankings(String words) {
        var builder = Orderings.builder();
        for (var word : words.split(" ")) {
            builder.add(List.of(word.split("")));
        }
        return builder.build();
    }

    private static Orderings choices(String words) {
        var builder = Orderings.builder();
        for (var word : words.split(" ")) {
            var sides = word.split(":");
            builder.add(List.of(sides[0]), List.of(sides[1].split("")));
        }
        return builder.build();
    }

    private static Orderings nascar(Set<String> without) {
        var names = new HashMap<String, String>();
        EvaluationData.lines("nascar2002", "drivers.csv").stream().skip(1).forEach(line -> {
            var comma = line.indexOf(',');
            names.put(line.substring(0, comma), line.substring(comma + 1).replace("\"", ""));
        });
        var builder = Orderings.builder();
        for (var line : EvaluationData.lines("nascar2002", "orderings.csv")) {
            builder.add(Arrays.stream(line.split(","))
                    .map(id -> names.getOrDefault(id, id))
                    .filter(name -> !without.contains(name))
                    .toList());
        }
        return builder.build();
    }

    private static double strength(OrderingFit fit, String item) {
        return fit.strengths().get(fit.items().indexOf(item));
    }
}
