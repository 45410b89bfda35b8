package io.etalon.quality.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Bootstrap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShapeFusionTest {
    private static final long SEED = 20;
    private static final ShapeFusion<Rect> STANDARD = ShapeFusion.of(ShapeKind.RECTS);

    @Test
    void fusesTwoByTheMeanAndThreeByTheMedianOfEdges() {
        var two = STANDARD.fuse(Map.of("a", List.of(car(0, 0, 10, 10)), "b", List.of(car(2, 0, 10, 10))));
        assertThat(two.kept()).singleElement().satisfies(fused -> {
            assertThat(fused.shape()).isEqualTo(new Rect(1, 0, 10, 10));
            assertThat(fused.support()).isEqualTo(2);
            assertThat(fused.annotators()).isEqualTo(2);
            assertThat(fused.meanOverlap()).isCloseTo(9.0 / 11, within(1e-12));
        });

        var three = STANDARD.fuse(Map.of(
                "a", List.of(car(0, 0, 10, 10)), "b", List.of(car(1, 0, 10, 10)), "c", List.of(car(3, 0, 10, 12))));
        assertThat(three.kept()).singleElement().satisfies(fused -> {
            assertThat(fused.shape()).isEqualTo(new Rect(1, 0, 10, 10));
            assertThat(fused.support()).isEqualTo(3);
        });
    }

    @Test
    void keepsOnlyWhatMoreThanHalfOfTheAnnotatorsDrew() {
        var drawn = Map.of(
                "a", List.of(car(0, 0, 10, 10), car(100, 0, 10, 10)),
                "b", List.of(car(0, 0, 10, 10), car(100, 0, 10, 10)),
                "c", List.of(car(0, 0, 10, 10)),
                "d", List.<Labelled<Rect>>of());

        var result = STANDARD.fuse(drawn);
        assertThat(result.kept()).extracting(Fused::support).containsExactly(3);
        assertThat(result.rejected()).extracting(Fused::support).containsExactly(2);
        assertThat(new ShapeFusion<>(ShapeKind.RECTS, .5, .4).fuse(drawn).kept())
                .hasSize(2);
    }

    @Test
    void neverFusesDifferentClassesOrTwoBoxesOfOneAnnotator() {
        var result = STANDARD.fuse(Map.of(
                "a", List.of(car(0, 0, 10, 10), car(1, 0, 10, 10)),
                "b", List.of(car(0, 0, 10, 10), new Labelled<>("dog", new Rect(0, 0, 10, 10)))));

        assertThat(result.kept()).singleElement().satisfies(fused -> {
            assertThat(fused.shape()).isEqualTo(new Rect(0, 0, 10, 10));
            assertThat(fused.members()).containsOnlyKeys("a", "b");
        });
        assertThat(result.rejected()).extracting(Fused::label).containsExactly("car", "dog");
    }

    /** Two crowded objects: greedy choice by the highest IoU alone would leave one box of each annotator over. */
    @Test
    void matchesCrowdedObjectsOneToOne() {
        var result = STANDARD.fuse(Map.of(
                "a", List.of(car(0, 0, 100, 100), car(20, 0, 100, 100)),
                "b", List.of(car(2, 0, 100, 100), car(23, 0, 100, 100)),
                "c", List.of(car(-2, 0, 100, 100), car(18, 0, 100, 100))));

        assertThat(result.kept())
                .extracting(Fused::shape)
                .containsExactly(new Rect(0, 0, 100, 100), new Rect(20, 0, 100, 100));
        assertThat(result.rejected()).isEmpty();
    }

    /** "a" overlaps "b" enough and "b" the others, but "a" overlaps what they drew together too little. */
    @Test
    void doesNotChainBoxesThatAreFarFromTheFusedOne() {
        var result = STANDARD.fuse(Map.of(
                "a", List.of(car(0, 0, 100, 100)),
                "b", List.of(car(30, 0, 100, 100)),
                "c", List.of(car(50, 0, 100, 100)),
                "d", List.of(car(50, 0, 100, 100))));

        assertThat(result.kept()).singleElement().satisfies(fused -> {
            assertThat(fused.shape()).isEqualTo(new Rect(50, 0, 100, 100));
            assertThat(fused.members()).containsOnlyKeys("b", "c", "d");
        });
        assertThat(result.rejected())
                .singleElement()
                .satisfies(fused -> assertThat(fused.members()).containsOnlyKeys("a"));
    }

    @Test
    void separatesARowOfOverlappingObjects() {
        var random = new Random(SEED);
        for (var round = 0; round < 100; round++) {
            var drawn = new LinkedHashMap<String, List<Labelled<Rect>>>();
            for (var annotator = 0; annotator < 5; annotator++) {
                var boxes = new ArrayList<Labelled<Rect>>();
                for (var object = 0; object < 6; object++) {
                    boxes.add(jittered(new Rect(20 * object, 0, 100, 100), random, 6));
                }
                Collections.shuffle(boxes, random);
                drawn.put("annotator-" + annotator, boxes);
            }
            var result = STANDARD.fuse(drawn);

            assertThat(result.rejected()).as("seed %d, round %d", SEED, round).isEmpty();
            assertThat(result.kept()).hasSize(6).allMatch(fused -> fused.support() == 5);
            for (var object = 0; object < 6; object++) {
                var expected = new Rect(20 * object, 0, 100, 100);
                assertThat(result.kept().get(object).shape().iou(expected)).isGreaterThan(.9);
            }
        }
    }

    @Test
    void dependsOnContentAloneNotOnTheOrderOrNamesOfAnnotatorsAndBoxes() {
        var random = new Random(SEED);
        for (var round = 0; round < 300; round++) {
            var drawn = scene(random, 2 + random.nextInt(5), 1 + random.nextInt(8), round % 3 == 0 ? 1 : 12);
            var original = content(STANDARD.fuse(drawn));
            for (var shuffle = 0; shuffle < 4; shuffle++) {
                assertThat(content(STANDARD.fuse(shuffled(drawn, random))))
                        .as("seed %d, round %d", SEED, round)
                        .isEqualTo(original);
            }
        }
    }

    @Test
    void accountsForEveryBoxExactlyOnce() {
        var random = new Random(SEED);
        for (var round = 0; round < 200; round++) {
            var drawn = scene(random, 4, 6, 10);
            var result = STANDARD.fuse(drawn);
            var members = new ArrayList<Fused>(result.kept());
            members.addAll(result.rejected());
            var distinct = drawn.values().stream()
                    .mapToLong(boxes -> boxes.stream().distinct().count())
                    .sum();
            assertThat(members.stream().mapToInt(Fused::support).sum()).isEqualTo((int) distinct);
        }
    }

    @Test
    void findsTheObjectsThatCarefulAnnotatorsDrew() {
        var random = new Random(SEED);
        var truth = List.of(new Rect(50, 50, 80, 60), new Rect(300, 40, 50, 90), new Rect(120, 300, 70, 70));
        var assets = new ArrayList<Map<String, List<Labelled<Rect>>>>();
        for (var asset = 0; asset < 40; asset++) {
            var drawn = new LinkedHashMap<String, List<Labelled<Rect>>>();
            for (var annotator : List.of("careful-1", "careful-2", "careful-3", "blind", "inventive")) {
                var boxes = new ArrayList<Labelled<Rect>>();
                for (var box : truth) {
                    if (!annotator.equals("blind") || random.nextDouble() < .4) {
                        boxes.add(jittered(box, random, 3));
                    }
                }
                if (annotator.equals("inventive")) {
                    boxes.add(car(600 + random.nextInt(100), 600, 40, 40));
                }
                drawn.put(annotator, boxes);
            }
            var kept = STANDARD.fuse(drawn).kept();
            assertThat(kept).hasSize(3);
            for (var box : truth) {
                assertThat(kept).anyMatch(fused -> fused.shape().iou(box) > .9);
            }
            assets.add(drawn);
        }
        var skills = ShapeSkill.of(STANDARD, assets);

        assertThat(skills)
                .extracting(ShapeSkill::annotator)
                .containsExactly("blind", "careful-1", "careful-2", "careful-3", "inventive");
        var blind = skills.getFirst();
        assertThat(blind.hits() + blind.misses()).isEqualTo(120);
        assertThat(blind.recall().getAsDouble()).isBetween(.25, .55);
        assertThat(skills.get(1).misses()).isZero();
        assertThat(skills.get(1).falseAlarms()).isZero();
        assertThat(skills.get(1).meanOverlap().getAsDouble()).isBetween(.85, .99);
        assertThat(skills.getLast().falseAlarms()).isEqualTo(40);
        assertThat(skills.getLast().precision()).hasValue(.75);

        var agreement = ShapeAgreement.of(ShapeKind.RECTS, assets, Bootstrap.seeded(1));
        assertThat(agreement.f1().orElseThrow().value()).isBetween(.7, .95);
        assertThat(agreement
                        .meanOverlap()
                        .orElseThrow()
                        .interval()
                        .contains(agreement.meanOverlap().orElseThrow().value()))
                .isTrue();
    }

    @Test
    void measuresPairwiseAgreement() {
        var assets = List.of(
                Map.of("a", List.of(car(0, 0, 10, 10), car(50, 0, 10, 10)), "b", List.of(car(2, 0, 10, 10))),
                Map.of("a", List.<Labelled<Rect>>of(), "b", List.<Labelled<Rect>>of()),
                Map.of("a", List.of(car(0, 0, 10, 10))));

        var agreement = ShapeAgreement.of(ShapeKind.RECTS, assets, Bootstrap.seeded(1));
        assertThat(agreement.f1().orElseThrow().value()).isCloseTo((2.0 / 3 + 1) / 2, within(1e-12));
        assertThat(agreement.f1().orElseThrow().units()).isEqualTo(2);
        assertThat(agreement.meanOverlap().orElseThrow().value()).isCloseTo(8.0 / 12, within(1e-12));
        assertThat(ShapeAgreement.of(ShapeKind.RECTS, List.of(assets.get(2)), Bootstrap.seeded(1))
                        .f1())
                .isEmpty();
    }

    @Test
    void refusesAThresholdThatMeansNothing() {
        assertThatThrownBy(() -> new ShapeFusion<>(ShapeKind.RECTS, 0, .5)).hasMessageContaining("(0, 1]");
        assertThatThrownBy(() -> new ShapeFusion<>(ShapeKind.RECTS, .5, 1)).hasMessageContaining("[0, 1)");
    }

    private static Labelled<Rect> car(double x, double y, double width, double height) {
        return new Labelled<>("car", new Rect(x, y, width, height));
    }

    private static Labelled<Rect> jittered(Rect box, Random random, double pixels) {
        return car(
                box.x() + pixels * (random.nextDouble() - .5),
                box.y() + pixels * (random.nextDouble() - .5),
                box.width() + pixels * (random.nextDouble() - .5),
                box.height() + pixels * (random.nextDouble() - .5));
    }

    /** Crowded scenes on a coarse grid when jitter is 1, so that equal boxes and equal overlaps abound. */
    private static Map<String, List<Labelled<Rect>>> scene(Random random, int annotators, int objects, int jitter) {
        var drawn = new LinkedHashMap<String, List<Labelled<Rect>>>();
        var corners = random.ints(2L * objects, 0, 60).toArray();
        for (var annotator = 0; annotator < annotators; annotator++) {
            var boxes = new ArrayList<Labelled<Rect>>();
            for (var object = 0; object < objects; object++) {
                if (random.nextDouble() < .8) {
                    boxes.add(new Labelled<>(
                            object % 3 == 0 ? "dog" : "car",
                            new Rect(
                                    corners[2 * object] + random.nextInt(jitter + 1),
                                    corners[2 * object + 1] + random.nextInt(jitter + 1),
                                    30 + random.nextInt(jitter + 1),
                                    30 + random.nextInt(jitter + 1))));
                }
            }
            drawn.put("annotator-" + annotator, boxes);
        }
        return drawn;
    }

    private static Map<String, List<Labelled<Rect>>> shuffled(Map<String, List<Labelled<Rect>>> drawn, Random random) {
        var names = new ArrayList<>(drawn.keySet());
        var lists = new ArrayList<>(drawn.values());
        Collections.shuffle(lists, random);
        var result = new LinkedHashMap<String, List<Labelled<Rect>>>();
        for (var i = 0; i < names.size(); i++) {
            var boxes = new ArrayList<>(lists.get(i));
            Collections.shuffle(boxes, random);
            result.put(names.get(i), boxes);
        }
        return result;
    }

    /** Everything but the names of the annotators. */
    private static List<List<Object>> content(ShapeFusion.Result<Rect> result) {
        var content = new ArrayList<List<Object>>();
        for (var boxes : List.of(result.kept(), result.rejected())) {
            for (var fused : boxes) {
                content.add(List.of(
                        boxes == result.kept(), fused.label(), fused.shape(), fused.support(), fused.meanOverlap()));
            }
        }
        return content;
    }
}
