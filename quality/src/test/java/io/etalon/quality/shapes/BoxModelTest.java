package io.etalon.quality.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.shapes.BoxModel.Candidate;
import io.etalon.quality.shapes.Painters.Painter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Real objects, simulated annotators: what was planted must be found. */
class BoxModelTest {
    private static final long SEED = 2017;
    private static final List<Painter> CROWD = List.of(
            new Painter("careful", .03, .1, .015, .02, .02, .02),
            new Painter("usual", .10, .3, .03, .04, .04, .05),
            new Painter("blind", .40, .1, .03, .04, .04, .05),
            new Painter("inventive", .10, 1.5, .04, .05, .06, .1),
            new Painter("shaky", .10, .3, .08, .10, .12, .4));

    /** The ten photographs' boxes, each photograph shown so many times. */
    private static List<List<Labelled<Rect>>> photographs(int times) {
        var once = CocoTruth.images().values().stream()
                .map(image -> image.stream()
                        .map(object -> new Labelled<>(object.category(), object.box()))
                        .toList())
                .toList();
        var assets = new ArrayList<List<Labelled<Rect>>>();
        for (var i = 0; i < times; i++) {
            assets.addAll(once);
        }
        return assets;
    }

    /** The same objects as turned boxes: the outline's bounds after turning it by an angle of its own. */
    private static List<List<Labelled<RotatedRect>>> turned(int times) {
        var random = new Random(SEED);
        return photographs(times).stream()
                .map(asset -> asset.stream()
                        .map(object -> new Labelled<>(object.label(), turned(object.shape(), random.nextDouble() * 3)))
                        .toList())
                .toList();
    }

    private static RotatedRect turned(Rect box, double angle) {
        return new RotatedRect(box.centre().x(), box.centre().y(), box.width(), box.height(), angle);
    }

    @Test
    void findsThePlantedRatesOnBoxes() {
        var truth = photographs(20);
        var fit = BoxModel.STANDARD.fit(ShapeKind.RECTS, Painters.draw(truth, CROWD, new Random(SEED)));

        assertThat(fit.converged()).isTrue();
        assertThat(fit.iterations()).isLessThan(100);
        assertThat(fit.objectsPerAsset()).isCloseTo(6.2, within(.15));
        for (var painter : CROWD) {
            var skill = skill(fit, painter.name());
            var deviation = skill.deviation().orElseThrow();
            assertThat(skill.missRate()).as("miss of %s", painter.name()).isCloseTo(painter.miss(), within(.03));
            assertThat(skill.falseAlarms())
                    .as("false alarms of %s", painter.name())
                    .isCloseTo(painter.falseAlarms(), within(.05 + .1 * painter.falseAlarms()));
            // What strays too far overlaps by less than half and is taken for a miss: the tail is cut.
            assertThat(deviation.position() / painter.position())
                    .as(painter.name())
                    .isBetween(.8, 1.2);
            assertThat(deviation.size() / painter.size()).as(painter.name()).isBetween(.8, 1.2);
            assertThat(deviation.angle()).isEmpty();
            assertThat(skill.assets()).isEqualTo(200);
        }
    }

    @Test
    void findsThePlantedRatesOnTurnedBoxes() {
        var truth = turned(15);
        var fit = BoxModel.STANDARD.fit(ShapeKind.ROTATED_RECTS, Painters.draw(truth, CROWD, new Random(SEED)));

        for (var painter : CROWD) {
            var skill = skill(fit, painter.name());
            var deviation = skill.deviation().orElseThrow();
            assertThat(skill.missRate()).as("miss of %s", painter.name()).isCloseTo(painter.miss(), within(.06));
            assertThat(deviation.position() / painter.position())
                    .as(painter.name())
                    .isBetween(.75, 1.25);
            assertThat(deviation.angle().orElseThrow() / painter.angle())
                    .as(painter.name())
                    .isBetween(.7, 1.35);
        }
        beatsTheBest(ShapeKind.ROTATED_RECTS, turned(5), Painters.draw(turned(5), CROWD, new Random(SEED + 1)));
    }

    @Test
    void drawsBetterThanTheBestAnnotatorAndThanEqualWeights() {
        var truth = photographs(8);
        beatsTheBest(ShapeKind.RECTS, truth, Painters.draw(truth, CROWD, new Random(SEED)));
    }

    private static <S extends BoxShape<S>> void beatsTheBest(
            ShapeKind<S> kind, List<List<Labelled<S>>> truth, List<Map<String, List<Labelled<S>>>> drawn) {
        var fit = BoxModel.STANDARD.fit(kind, drawn);
        var fusion = ShapeFusion.of(kind);
        var judged = new ArrayList<ShapeSkill.Judged<S>>();
        for (var i = 0; i < truth.size(); i++) {
            var all = new LinkedHashMap<>(drawn.get(i));
            all.put(
                    "model",
                    fit.assets().get(i).stream()
                            .filter(Candidate::exists)
                            .map(candidate -> new Labelled<>(candidate.label(), candidate.box()))
                            .toList());
            all.put(
                    "medians",
                    fusion.fuse(drawn.get(i)).kept().stream()
                            .map(fused -> new Labelled<>(fused.label(), fused.shape()))
                            .toList());
            judged.add(new ShapeSkill.Judged<>(truth.get(i), all));
        }
        var skills = new LinkedHashMap<String, ShapeSkill>();
        ShapeSkill.against(kind, judged).forEach(skill -> skills.put(skill.annotator(), skill));
        var model = skills.remove("model");
        for (var other : skills.values()) {
            assertThat(f1(model)).as("F1 against %s", other.annotator()).isGreaterThan(f1(other));
            assertThat(model.meanOverlap().orElseThrow())
                    .as("IoU against %s", other.annotator())
                    .isGreaterThan(other.meanOverlap().orElseThrow());
        }
        assertThat(f1(model)).isGreaterThan(.97);
    }

    private static double f1(ShapeSkill skill) {
        return 2.0 * skill.hits() / (2 * skill.hits() + skill.misses() + skill.falseAlarms());
    }

    /** Confidence .9 should be right nine times in ten; the simulated world is the model's own, so nearly exactly. */
    @Test
    void isAsConfidentAsItIsRight() {
        var truth = photographs(40);
        var crowd = List.of(
                new Painter("a", .3, 1.5, .03, .03, 0, 0),
                new Painter("b", .4, 1, .03, .03, 0, 0),
                new Painter("c", .5, .5, .03, .03, 0, 0));
        var fit = BoxModel.STANDARD.fit(ShapeKind.RECTS, Painters.draw(truth, crowd, new Random(SEED)));
        var sure = 0.0;
        var alone = 0;
        var right = 0;
        for (var i = 0; i < truth.size(); i++) {
            for (var candidate : fit.assets().get(i)) {
                if (candidate.members().size() == 1) {
                    alone++;
                    sure += candidate.confidence();
                    right += truth.get(i).stream()
                                    .anyMatch(object -> object.shape().iou(candidate.box()) > .5)
                            ? 1
                            : 0;
                }
            }
        }
        assertThat(fit.converged()).isTrue();
        assertThat(alone).isGreaterThan(500);
        assertThat(sure / alone).isCloseTo((double) right / alone, within(.06));
        // Nobody drew 6 % of the objects; the model knows of them all the same.
        assertThat(fit.unseen() / (400 * 6.2)).isCloseTo(.06, within(.02));
    }

    /**
     * A reflection on every photograph that each annotator takes for an object three times in ten. Were false alarms
     * independent, two alike would be sure to be an object.
     */
    @Test
    void doubtsWhatTwoShareWhereTheCrowdSeldomMisses() {
        var random = new Random(SEED);
        var truth = photographs(10);
        var decoy = new Labelled<>("17", new Rect(5000, 5000, 80, 60));
        var drawn = new ArrayList<Map<String, List<Labelled<Rect>>>>();
        for (var asset : Painters.draw(truth, CROWD, random)) {
            var fooled = new LinkedHashMap<String, List<Labelled<Rect>>>();
            asset.forEach((annotator, boxes) -> {
                var all = new ArrayList<>(boxes);
                if (random.nextDouble() < .3) {
                    all.add(decoy);
                }
                fooled.put(annotator, all);
            });
            drawn.add(fooled);
        }
        var fit = BoxModel.STANDARD.fit(ShapeKind.RECTS, drawn);
        var shared = fit.assets().stream()
                .flatMap(List::stream)
                .filter(candidate -> candidate.box().iou(decoy.shape()) > .5
                        && candidate.members().size() == 2)
                .toList();
        assertThat(shared).hasSizeGreaterThan(15);
        assertThat(shared.stream().mapToDouble(Candidate::confidence).average().orElseThrow())
                .isLessThan(.65);
        for (var painter : CROWD) {
            assertThat(skill(fit, painter.name()).missRate()).isCloseTo(painter.miss(), within(.05));
        }
    }

    @Test
    void settlesLabelsByWhoIsReliable() {
        var truth = photographs(8);
        var fit = BoxModel.STANDARD.fit(ShapeKind.RECTS, Painters.draw(truth, CROWD, new Random(SEED)));
        var right = 0;
        var objects = 0;
        for (var i = 0; i < truth.size(); i++) {
            for (var candidate : fit.assets().get(i)) {
                for (var object : truth.get(i)) {
                    if (candidate.exists() && object.shape().iou(candidate.box()) > .7) {
                        objects++;
                        right += object.label().equals(candidate.label()) ? 1 : 0;
                    }
                }
            }
        }
        assertThat((double) right / objects).isGreaterThan(.98);
    }

    @Test
    void dependsOnContentAloneNotOnTheNamesAndTheOrderOfAnnotators() {
        var drawn = Painters.draw(photographs(2), CROWD, new Random(SEED));
        var random = new Random(SEED);
        var names = new ArrayList<>(List.of("v", "w", "x", "y", "z"));
        var fit = BoxModel.STANDARD.fit(ShapeKind.RECTS, drawn);
        for (var round = 0; round < 3; round++) {
            Collections.shuffle(names, random);
            var renamed = new ArrayList<Map<String, List<Labelled<Rect>>>>();
            for (var asset : drawn) {
                var shuffled = new LinkedHashMap<String, List<Labelled<Rect>>>();
                var order = new ArrayList<>(CROWD);
                Collections.shuffle(order, random);
                for (var painter : order) {
                    var boxes = new ArrayList<>(asset.get(painter.name()));
                    Collections.shuffle(boxes, random);
                    shuffled.put(names.get(CROWD.indexOf(painter)), boxes);
                }
                renamed.add(shuffled);
            }
            var again = BoxModel.STANDARD.fit(ShapeKind.RECTS, renamed);
            for (var i = 0; i < drawn.size(); i++) {
                assertThat(again.assets().get(i).stream()
                                .map(c -> List.of(
                                        c.label(),
                                        c.box(),
                                        c.confidence(),
                                        c.members().size()))
                                .toList())
                        .as("seed %d", SEED)
                        .isEqualTo(fit.assets().get(i).stream()
                                .map(c -> List.of(
                                        c.label(),
                                        c.box(),
                                        c.confidence(),
                                        c.members().size()))
                                .toList());
            }
            for (var painter : CROWD) {
                var one = skill(fit, painter.name());
                var other = skill(again, names.get(CROWD.indexOf(painter)));
                assertThat(other.missRate()).isEqualTo(one.missRate());
                assertThat(other.deviation()).isEqualTo(one.deviation());
            }
        }
    }

    @Test
    void saysWhatItCannotKnow() {
        var alone = BoxModel.STANDARD.fit(
                ShapeKind.RECTS,
                List.of(
                        Map.of("ada", List.of(new Labelled<>("car", new Rect(0, 0, 10, 10)))),
                        Map.of("ada", List.of())));
        assertThat(alone.skills()).singleElement().satisfies(skill -> {
            assertThat(skill.deviation()).isEmpty();
            assertThat(skill.missRate()).isBetween(.01, .5);
        });
        assertThat(alone.assets().getFirst().getFirst().box()).isEqualTo(new Rect(0, 0, 10, 10));

        var nothing = BoxModel.STANDARD.fit(ShapeKind.RECTS, List.<Map<String, List<Labelled<Rect>>>>of());
        assertThat(nothing.assets()).isEmpty();
        assertThat(nothing.skills()).isEmpty();
        var empty = BoxModel.STANDARD.fit(
                ShapeKind.RECTS, List.of(Map.of("ada", List.<Labelled<Rect>>of(), "ben", List.<Labelled<Rect>>of())));
        assertThat(empty.unseen()).isLessThan(1e-6);
        assertThat(empty.skills()).hasSize(2).allMatch(skill -> Double.isFinite(skill.missRate()));
        assertThatThrownBy(() -> new BoxModel(Double.NaN)).hasMessageContaining("(0, 1]");
    }

    private static BoxModel.Skill skill(BoxModel.Fit<?> fit, String name) {
        return fit.skills().stream()
                .filter(skill -> skill.annotator().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
