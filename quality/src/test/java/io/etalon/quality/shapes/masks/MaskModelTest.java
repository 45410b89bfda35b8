package io.etalon.quality.shapes.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.shapes.CocoTruth;
import io.etalon.quality.shapes.Point;
import io.etalon.quality.shapes.Polygon;
import io.etalon.quality.shapes.Rect;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskModelTest {
    private static final long SEED = 2004;

    /**
     * Four raters of an ellipse with noise. Sensitivities, specificities and the mask are those of SimpleITK 2.5.7 (ITK 5.4),
     * {@code STAPLEImageFilter} with at most 100,000 iterations, run once on the same pixels; it stops
     * a little earlier, so that the seventh digit may differ.
     */
    @Test
    void findsWhatItkFindsByStaple() {
        var masks = new LinkedHashMap<String, Mask>();
        var noise = 7L;
        for (var rater = 0; rater < 4; rater++) {
            var pixels = new BitSet();
            for (var at = 0; at < 24 * 16; at++) {
                noise = noise * 6364136223846793005L + 1442695040888963407L;
                var draw = (double) (noise >>> 40) / (1 << 24);
                var x = at / 16 - 11.5;
                var y = at % 16 - 7.5;
                double[] sensitivity = {.95, .9, .8, .6};
                double[] specificity = {.97, .9, .85, .7};
                var inside = x * x / 49 + y * y / 25 <= 1;
                pixels.set(at, inside ? draw < sensitivity[rater] : draw >= specificity[rater]);
            }
            masks.put("rater-" + rater, Mask.of(24, 16, pixels));
        }
        assertThat(masks.get("rater-0").counts()).startsWith(8, 1, 35, 1, 41, 4, 11, 6);

        var fit = MaskModel.staple().fit(List.of(masks));

        double[] sensitivity = {0.983904741706154, 0.8725285144933735, 0.8437030935472445, 0.6401536271193076};
        double[] specificity = {0.9901934605977323, 0.9031098100773662, 0.8447185701253469, 0.7034339387050708};
        for (var rater = 0; rater < 4; rater++) {
            var skill = fit.skills().get("rater-" + rater);
            assertThat(skill.sensitivity()).isCloseTo(sensitivity[rater], within(1e-6));
            assertThat(skill.specificity()).isCloseTo(specificity[rater], within(1e-6));
        }
        assertThat(fit.masks())
                .containsExactly(Mask.ofCounts(
                        24, 16, 86, 4, 11, 6, 9, 8, 8, 2, 1, 2, 1, 2, 7, 10, 6, 10, 6, 6, 1, 3, 6, 10, 6, 5, 2, 3, 6,
                        10, 7, 8, 8, 8, 9, 6, 11, 1, 1, 2, 86));
        assertThat(fit.converged()).isTrue();
    }

    /** Outlines of real objects, blurred by nine simulated annotators of unequal care: the order of the published bars. */
    @Test
    void weighsAnnotatorsBetterThanTheMajorityDoes() {
        var objects = CocoTruth.outlined().stream()
                .filter(object -> object.area() > 300)
                .toList();
        assertThat(objects).hasSizeGreaterThan(30);
        var random = new Random(SEED);
        var truths = new ArrayList<Mask>();
        var drawn = new ArrayList<Map<String, Mask>>();
        for (var object : objects) {
            var bounds = object.polygon().bounds();
            var scale = 60 / Math.max(bounds.width(), bounds.height());
            truths.add(painted(object.polygon(), bounds, scale, 0, 0));
            var masks = new LinkedHashMap<String, Mask>();
            for (var annotator = 0; annotator < 9; annotator++) {
                var care = annotator < 3 ? .02 : .22;
                masks.put(
                        "annotator-" + annotator,
                        specked(
                                painted(
                                        object.polygon(),
                                        bounds,
                                        scale * Math.exp(care * random.nextGaussian()),
                                        60 * care * random.nextGaussian(),
                                        60 * care * random.nextGaussian()),
                                care,
                                random));
            }
            drawn.add(masks);
        }
        var majority = meanIou(
                truths,
                drawn.stream().map(masks -> MaskModel.majority(masks.values())).toList());
        var oneCoin = MaskModel.oneCoin().fit(drawn);
        var staple = MaskModel.staple().fit(drawn);
        var best = 0.0;
        for (var annotator : drawn.getFirst().keySet()) {
            best = Math.max(
                    best,
                    meanIou(
                            truths,
                            drawn.stream().map(masks -> masks.get(annotator)).toList()));
        }
        assertThat(meanIou(truths, oneCoin.masks())).as("seed %d", SEED).isGreaterThan(majority + .02);
        assertThat(meanIou(truths, staple.masks())).as("seed %d", SEED).isGreaterThan(majority + .02);
        assertThat(meanIou(truths, oneCoin.masks())).as("seed %d", SEED).isGreaterThan(best);
        assertThat(meanIou(truths, staple.masks())).as("seed %d", SEED).isGreaterThan(best);
        assertThat(oneCoin.skills().get("annotator-0").sensitivity())
                .isGreaterThan(oneCoin.skills().get("annotator-8").sensitivity() + .1);
    }

    /** The noise is the model's own, so that its rates must come back. */
    @Test
    void findsThePlantedRates() {
        var random = new Random(SEED);
        var drawn = new ArrayList<Map<String, Mask>>();
        double[] sensitivity = {.95, .85, .7, .6};
        double[] specificity = {.98, .9, .95, .8};
        for (var object : CocoTruth.outlined().subList(0, 20)) {
            var bounds = object.polygon().bounds();
            var truth = painted(object.polygon(), bounds, 50 / Math.max(bounds.width(), bounds.height()), 0, 0)
                    .pixels();
            var masks = new LinkedHashMap<String, Mask>();
            for (var j = 0; j < 4; j++) {
                var pixels = new BitSet();
                for (var at = 0; at < 80 * 80; at++) {
                    pixels.set(at, random.nextDouble() < (truth.get(at) ? sensitivity[j] : 1 - specificity[j]));
                }
                masks.put("annotator-" + j, Mask.of(80, 80, pixels));
            }
            drawn.add(masks);
        }
        var fit = MaskModel.staple().fit(drawn);
        for (var j = 0; j < 4; j++) {
            assertThat(fit.skills().get("annotator-" + j).sensitivity()).isCloseTo(sensitivity[j], within(.03));
            assertThat(fit.skills().get("annotator-" + j).specificity()).isCloseTo(specificity[j], within(.03));
        }
    }

    @Test
    void takesTheStrictMajorityOfPixels() {
        var left = Mask.ofCounts(3, 1, 0, 2, 1);
        var right = Mask.ofCounts(3, 1, 1, 2);
        assertThat(MaskModel.majority(List.of(left, right)).counts()).containsExactly(1, 1, 1);
        assertThat(MaskModel.majority(List.of(left, right, right))).isEqualTo(right);
        assertThat(MaskModel.majority(List.of(left))).isEqualTo(left);
    }

    @Test
    void dependsOnMasksAloneNotOnTheNamesOfAnnotators() {
        var random = new Random(SEED);
        for (var round = 0; round < 20; round++) {
            var one = MaskTest.random(random, 9, 7);
            var two = MaskTest.random(random, 9, 7);
            var three = MaskTest.random(random, 9, 7);
            for (var model : List.of(MaskModel.oneCoin(), MaskModel.staple())) {
                var fit = model.fit(List.of(Map.of("a", one, "b", two, "c", three)));
                var again = model.fit(List.of(Map.of("10", two, "2", three, "x", one)));
                assertThat(again.masks()).as("seed %d", SEED).isEqualTo(fit.masks());
                assertThat(again.skills().get("x")).isEqualTo(fit.skills().get("a"));
                assertThat(fit.skills().values())
                        .allMatch(skill -> skill.sensitivity() >= 0 && skill.sensitivity() <= 1);
            }
        }
    }

    @Test
    void emptyAndFullMasksHaveAnAnswer() {
        var empty = Mask.ofCounts(2, 2, 4);
        var full = Mask.ofCounts(2, 2, 0, 4);
        for (var model : List.of(MaskModel.oneCoin(), MaskModel.staple())) {
            assertThat(model.fit(List.of(Map.of("a", empty, "b", empty))).masks())
                    .containsExactly(empty);
            assertThat(model.fit(List.of(Map.of("a", full, "b", full))).masks()).containsExactly(full);
            assertThat(model.fit(List.of()).masks()).isEmpty();
        }
        assertThatThrownBy(() -> MaskModel.staple().fit(List.of(Map.of()))).hasMessageContaining("from 1 to 64 masks");
        assertThatThrownBy(() -> MaskModel.majority(List.of(empty, Mask.ofCounts(4, 1, 4))))
                .hasMessageContaining("different sizes");
        assertThatThrownBy(() -> new MaskModel(MaskModel.Rates.STAPLE, Double.NaN, 1))
                .hasMessageContaining("tolerance");
    }

    private static double meanIou(List<Mask> truths, List<Mask> found) {
        var sum = 0.0;
        for (var i = 0; i < truths.size(); i++) {
            sum += truths.get(i).iou(found.get(i));
        }
        return sum / truths.size();
    }

    /** A polygon on a raster of 80 x 80, its bounds in the middle. */
    private static Mask painted(Polygon polygon, Rect bounds, double scale, double dx, double dy) {
        var centre = bounds.centre();
        return Mask.of(
                80,
                80,
                new Polygon(polygon.rings().stream()
                        .map(ring -> ring.stream()
                                .map(point -> new Point(
                                        40 + dx + (point.x() - centre.x()) * scale,
                                        40 + dy + (point.y() - centre.y()) * scale))
                                .toList())
                        .toList()));
    }

    private static Mask specked(Mask mask, double share, Random random) {
        var pixels = mask.pixels();
        for (var at = 0; at < 80 * 80; at++) {
            if (random.nextDouble() < share / 2) {
                pixels.flip(at);
            }
        }
        return Mask.of(80, 80, pixels);
    }
}
