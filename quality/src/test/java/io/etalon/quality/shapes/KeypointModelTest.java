package io.etalon.quality.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.shapes.Keypoints.Keypoint;
import io.etalon.quality.shapes.Keypoints.Visibility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeypointModelTest {
    private static final long SEED = 17;
    private static final Oks CORNERS = new Oks(List.of(.03, .05, .08, .1));

    /** One sigma away counts exp(-1 / 8), since COCO's constant is twice the sigma. */
    @Test
    void measuresSimilarityAsCocosEvaluationDoes() {
        var truth = of(400, seen(0, 0), seen(10, 0), seen(20, 0), Keypoint.ABSENT);
        assertThat(CORNERS.similarity(truth, truth)).isEqualTo(1);
        var drawn = of(900, seen(.03 * 20, 0), seen(10, 0), seen(20, 0), seen(5, 5));
        assertThat(CORNERS.similarity(truth, drawn)).isCloseTo((Math.exp(-1 / 8.0) + 2) / 3, within(1e-12));
        var missed = of(900, Keypoint.ABSENT, seen(10, 0), new Keypoint(20, 0, Visibility.OCCLUDED), Keypoint.ABSENT);
        assertThat(CORNERS.similarity(truth, missed)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(CORNERS.between(drawn, missed))
                .isEqualTo(CORNERS.between(missed, drawn))
                .isCloseTo(.5, within(1e-12));
        var nothing = of(1, Keypoint.ABSENT, Keypoint.ABSENT, Keypoint.ABSENT, Keypoint.ABSENT);
        assertThat(CORNERS.similarity(nothing, nothing)).isEqualTo(1);
        assertThat(CORNERS.similarity(nothing, truth)).isZero();
        assertThat(Oks.COCO_PERSON.sigmas()).hasSize(17);
    }

    /** The outermost points of photographed objects, drawn by annotators whose deviations are known. */
    @Test
    void findsThePlantedDeviationsAndDrawsBetterThanTheBest() {
        var random = new Random(SEED);
        double[] deviations = {.5, 1, 1.5, 3};
        var truths = new ArrayList<Keypoints>();
        var drawn = new ArrayList<Map<String, Keypoints>>();
        for (var time = 0; time < 4; time++) {
            for (var object : CocoTruth.outlined()) {
                var truth = extremes(object.polygon());
                var byAnnotator = new LinkedHashMap<String, Keypoints>();
                for (var j = 0; j < deviations.length; j++) {
                    byAnnotator.put("annotator-" + j, blurred(truth, deviations[j], random));
                }
                truths.add(truth);
                drawn.add(byAnnotator);
            }
        }
        var fit = new KeypointModel(CORNERS).fit(drawn);
        for (var j = 0; j < deviations.length; j++) {
            assertThat(fit.deviations().get("annotator-" + j) / deviations[j])
                    .as("seed %d", SEED)
                    .isBetween(.9, 1.1);
        }
        var fused = 0.0;
        var best = 0.0;
        for (var i = 0; i < truths.size(); i++) {
            fused += CORNERS.similarity(truths.get(i), fit.objects().get(i)) / truths.size();
            best += CORNERS.similarity(truths.get(i), drawn.get(i).get("annotator-0")) / truths.size();
        }
        assertThat(fused).isGreaterThan(best);
        var renamed = drawn.stream()
                .map(object -> Map.of(
                        "10", object.get("annotator-0"),
                        "9", object.get("annotator-1"),
                        "b", object.get("annotator-2"),
                        "a", object.get("annotator-3")))
                .toList();
        assertThat(new KeypointModel(CORNERS).fit(renamed).objects()).isEqualTo(fit.objects());
    }

    @Test
    void votesOnVisibility() {
        var hidden = new Keypoint(1, 1, Visibility.OCCLUDED);
        var fit = new KeypointModel(CORNERS)
                .fit(List.of(Map.of(
                        "a", of(4, seen(1, 1), hidden, seen(1, 1), seen(9, 9)),
                        "b", of(4, seen(1, 1), hidden, Keypoint.ABSENT, Keypoint.ABSENT),
                        "c", of(4, hidden, seen(1, 1), hidden, Keypoint.ABSENT))));
        assertThat(fit.objects().getFirst().points())
                .extracting(Keypoint::visibility)
                .containsExactly(Visibility.VISIBLE, Visibility.OCCLUDED, Visibility.VISIBLE, Visibility.ABSENT);
    }

    @Test
    void saysNothingOfOneWhoWorkedAloneAndRefusesOtherSkeletons() {
        var alone = of(4, seen(1, 1), seen(2, 1), seen(3, 1), Keypoint.ABSENT);
        var fit = new KeypointModel(CORNERS).fit(List.of(Map.of("ada", alone)));
        assertThat(fit.deviations()).isEmpty();
        assertThat(CORNERS.similarity(alone, fit.objects().getFirst())).isCloseTo(1, within(1e-9));
        assertThatThrownBy(() -> Oks.COCO_PERSON.similarity(alone, alone)).hasMessageContaining("17 points");
        assertThatThrownBy(() -> new KeypointModel(CORNERS).fit(List.of(Map.of())))
                .hasMessageContaining("object 0");
        assertThatThrownBy(() -> seen(Double.NaN, 0)).hasMessageContaining("finite");
        assertThatThrownBy(() -> of(0, seen(0, 0))).hasMessageContaining("positive area");
        assertThatThrownBy(() -> Oks.uniform(3, 0)).hasMessageContaining("positive sigma");
    }

    private static Keypoints of(double area, Keypoint... points) {
        return new Keypoints(List.of(points), area);
    }

    private static Keypoint seen(double x, double y) {
        return new Keypoint(x, y, Visibility.VISIBLE);
    }

    private static Keypoints extremes(Polygon polygon) {
        var points = polygon.rings().getFirst();
        var byX = points.stream().sorted().toList();
        var byY = points.stream()
                .sorted((one, other) -> Double.compare(one.y(), other.y()))
                .toList();
        return of(
                polygon.area(),
                seen(byX.getFirst().x(), byX.getFirst().y()),
                seen(byX.getLast().x(), byX.getLast().y()),
                seen(byY.getFirst().x(), byY.getFirst().y()),
                seen(byY.getLast().x(), byY.getLast().y()));
    }

    private static Keypoints blurred(Keypoints truth, double deviation, Random random) {
        var points = new ArrayList<Keypoint>();
        for (var i = 0; i < truth.points().size(); i++) {
            var sigma = deviation * CORNERS.sigmas().get(i) * Math.sqrt(truth.area());
            var point = truth.points().get(i);
            points.add(
                    random.nextDouble() < .1
                            ? Keypoint.ABSENT
                            : seen(
                                    point.x() + sigma * random.nextGaussian(),
                                    point.y() + sigma * random.nextGaussian()));
        }
        return new Keypoints(points, truth.area());
    }
}
