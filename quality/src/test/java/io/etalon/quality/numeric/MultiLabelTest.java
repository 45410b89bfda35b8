package io.etalon.quality.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.quality.truth.DawidSkene;
import io.etalon.quality.truth.MajorityVote;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MultiLabelTest {
    @Test
    void decidesEveryOptionForItself() {
        var answers = MultiLabel.builder(List.of("dog", "cat", "bird"))
                .add("1", "a", Set.of("dog", "cat"))
                .add("1", "b", Set.of("dog"))
                .add("2", "a", Set.of())
                .add("2", "a", Set.of("bird"))
                .build();
        assertThat(answers.repeated()).isEqualTo(1);
        var fused = answers.fit(MajorityVote::of);
        assertThat(fused.get("1"))
                .isEqualTo(new MultiLabel.Options(
                        Map.of("bird", 0.0, "cat", .5, "dog", 1.0), List.of("dog"), List.of("cat")));
        assertThat(fused.get("2").chosen()).isEmpty();
        assertThatThrownBy(() -> MultiLabel.builder(List.of("dog")).add("1", "a", Set.of("rat")))
                .hasMessageContaining("[rat] on task \"1\"");
        assertThatThrownBy(() -> MultiLabel.builder(List.of("dog")).build().fit(MajorityVote::of))
                .hasMessageContaining("no answer");
    }

    @Test
    void learnsWhoMissesOptions() {
        var random = new Random(6);
        var options = List.of("w", "x", "y", "z");
        var answers = MultiLabel.builder(List.of());
        var truth = new boolean[300][4];
        for (var task = 0; task < truth.length; task++) {
            for (var option = 0; option < 4; option++) {
                truth[task][option] = random.nextDouble() < .4;
            }
            for (var worker = 0; worker < 5; worker++) {
                var chosen = new HashSet<String>();
                for (var option = 0; option < 4; option++) {
                    var sees = random.nextDouble() < (worker < 3 ? .35 : .95);
                    if (truth[task][option] ? sees : random.nextDouble() < .03) {
                        chosen.add(options.get(option));
                    }
                }
                answers.add("" + task, "" + worker, chosen);
            }
        }
        var built = answers.build();
        var voted = built.fit(MajorityVote::of);
        var learned = built.fit(labels -> DawidSkene.pooled().fit(labels).consensus());
        assertThat(right(learned, truth, options)).isGreaterThan(.95);
        assertThat(right(learned, truth, options)).isGreaterThan(right(voted, truth, options) + .05);
    }

    private static double right(Map<String, MultiLabel.Options> fused, boolean[][] truth, List<String> options) {
        var right = 0;
        for (var task = 0; task < truth.length; task++) {
            var chosen = fused.getOrDefault("" + task, new MultiLabel.Options(Map.of(), List.of(), List.of()))
                    .chosen();
            for (var option = 0; option < 4; option++) {
                right += chosen.contains(options.get(option)) == truth[task][option] ? 1 : 0;
            }
        }
        return right / (4.0 * truth.length);
    }
}
