package io.etalon.quality.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.shapes.Keypoints.Keypoint;
import io.etalon.quality.shapes.Keypoints.Visibility;
import io.etalon.quality.shapes.masks.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShapeAgreementTest {
    private static final long SEED = 50;
    private static final Bootstrap BOOTSTRAP = Bootstrap.seeded(SEED);

    @Test
    void givesIouAndDiceOfMasks() {
        var one = Mask.ofCounts(4, 1, 0, 3, 1);
        var other = Mask.ofCounts(4, 1, 1, 3);
        var agreement = ShapeAgreement.of(Mask.KIND, List.of(pair(one, other)), BOOTSTRAP);
        assertThat(agreement.meanOverlap().orElseThrow().value()).isCloseTo(.5, within(1e-12));
        assertThat(agreement.meanDice().orElseThrow().value()).isCloseTo(one.dice(other), within(1e-12));
        assertThat(agreement.f1().orElseThrow().value()).isEqualTo(1);
        assertThat(ShapeAgreement.of(Mask.KIND, List.of(pair(one, other)), .6, BOOTSTRAP)
                        .f1())
                .hasValueSatisfying(f1 -> assertThat(f1.value()).isZero());
        assertThatThrownBy(() -> ShapeAgreement.of(Mask.KIND, List.of(pair(one, other)), 0, BOOTSTRAP))
                .hasMessageContaining("(0, 1]");
    }

    @Test
    void givesObjectKeypointSimilarityWithoutDice() {
        var oks = Oks.uniform(1, .1);
        var one = new Keypoints(List.of(new Keypoint(0, 0, Visibility.VISIBLE)), 100);
        var other = new Keypoints(List.of(new Keypoint(1, 0, Visibility.OCCLUDED)), 100);
        var agreement = ShapeAgreement.of(ShapeKind.keypoints(oks), List.of(pair(one, other)), BOOTSTRAP);
        assertThat(agreement.meanOverlap().orElseThrow().value()).isCloseTo(Math.exp(-1 / 8.0), within(1e-12));
        assertThat(agreement.meanDice()).isEmpty();
    }

    @Test
    void givesTheSharedLengthOfLines() {
        var line = new Polyline(List.of(new Point(0, 0), new Point(100, 0)));
        var half = new Polyline(List.of(new Point(50, 1), new Point(0, 1)));
        var agreement = ShapeAgreement.of(ShapeKind.polylines(2), List.of(pair(line, half)), BOOTSTRAP);
        // All of the half runs along the line, and half of the line (and the tolerance) along the half.
        assertThat(agreement.meanOverlap().orElseThrow().value()).isCloseTo(2 * .515 / 1.515, within(.01));
    }

    /** Objects differ in how hard they are, so the interval is over assets; it must hold the value of many more. */
    @Test
    void coversTheAgreementOfMoreAssets() {
        var random = new Random(SEED);
        var all = new ArrayList<Map<String, List<Labelled<Rect>>>>();
        for (var i = 0; i < 4000; i++) {
            var hard = random.nextDouble();
            all.add(Map.of("a", boxes(hard, random), "b", boxes(hard, random), "c", boxes(hard, random)));
        }
        var truth = ShapeAgreement.of(ShapeKind.RECTS, all, new Bootstrap(1, .95, 1));
        var covered = 0;
        var overlapCovered = 0;
        for (var sample = 0; sample < 100; sample++) {
            var agreement = ShapeAgreement.of(
                    ShapeKind.RECTS, all.subList(40 * sample, 40 * sample + 40), new Bootstrap(200, .95, sample));
            covered += agreement
                            .f1()
                            .orElseThrow()
                            .interval()
                            .contains(truth.f1().orElseThrow().value())
                    ? 1
                    : 0;
            overlapCovered += agreement
                            .meanOverlap()
                            .orElseThrow()
                            .interval()
                            .contains(truth.meanOverlap().orElseThrow().value())
                    ? 1
                    : 0;
        }
        assertThat(covered).as("seed %d", SEED).isBetween(86, 99);
        assertThat(overlapCovered).as("seed %d", SEED).isBetween(86, 99);
    }

    private static List<Labelled<Rect>> boxes(double hard, Random random) {
        var boxes = new ArrayList<Labelled<Rect>>();
        for (var object = 0; object < 3; object++) {
            if (random.nextDouble() > hard / 2) {
                boxes.add(new Labelled<>("car", new Rect(100 * object + 10 * hard * random.nextGaussian(), 0, 50, 50)));
            }
        }
        return boxes;
    }

    private static <S extends Comparable<S>> Map<String, List<Labelled<S>>> pair(S one, S other) {
        return Map.of("a", List.of(new Labelled<>("it", one)), "b", List.of(new Labelled<>("it", other)));
    }
}
