package io.etalon.quality.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RotatedRectTest {
    private static final long SEED = 45;

    /** A square and itself turned by 45 degrees share a regular octagon: IoU is 1 / sqrt(2). */
    @Test
    void sharesAnOctagonWithASquareTurnedByAnEighth() {
        var square = new RotatedRect(3, 4, 2, 2, 0);
        assertThat(square.iou(new RotatedRect(3, 4, 2, 2, Math.PI / 4))).isCloseTo(Math.sqrt(0.5), within(1e-12));
    }

    /** Two long bars of widths a and b crossing at an angle share a parallelogram of area a b / sin(angle). */
    @Test
    void sharesAParallelogramWithACrossingBar() {
        for (var angle : new double[] {.4, 1, Math.PI / 2, 2.5}) {
            var shared = 2 * 3 / Math.sin(angle);
            var iou = new RotatedRect(0, 0, 100, 2, .3).iou(new RotatedRect(1, .5, 100, 3, .3 + angle));
            assertThat(iou).as("angle %s", angle).isCloseTo(shared / (500 - shared), within(1e-12));
        }
    }

    @Test
    void equalsTheAxisParallelRuleAtAngleZeroAndWithSidesSwappedAtAQuarter() {
        var random = new Random(SEED);
        for (var i = 0; i < 1000; i++) {
            var one = new Rect(
                    random.nextDouble(), random.nextDouble(), .1 + random.nextDouble(), .1 + random.nextDouble());
            var other = new Rect(
                    random.nextDouble(), random.nextDouble(), .1 + random.nextDouble(), .1 + random.nextDouble());
            assertThat(turned(one).iou(turned(other))).as("seed %d", SEED).isCloseTo(one.iou(other), within(1e-12));
            var c = other.centre();
            var swapped = new RotatedRect(c.x(), c.y(), other.height(), other.width(), -Math.PI / 2);
            assertThat(turned(one).iou(swapped)).isCloseTo(one.iou(other), within(1e-12));
        }
    }

    /** The polygons' scanline knows nothing of clipping. */
    @Test
    void agreesWithTheScanlineOfPolygons() {
        var random = new Random(SEED);
        for (var i = 0; i < 2000; i++) {
            var one = random(random);
            var other = random(random);
            assertThat(one.iou(other))
                    .as("seed %d, %s and %s", SEED, one, other)
                    .isCloseTo(polygon(one).iou(polygon(other)), within(1e-9));
        }
    }

    @Test
    void isSymmetricAndUnmovedByTranslationAndTurning() {
        var random = new Random(SEED);
        for (var i = 0; i < 1000; i++) {
            var one = random(random);
            var other = random(random);
            var iou = one.iou(other);
            assertThat(other.iou(one)).as("seed %d", SEED).isEqualTo(iou);
            assertThat(iou).isBetween(0.0, 1.0);
            assertThat(moved(one, 1000).iou(moved(other, 1000))).isCloseTo(iou, within(1e-9));
            var turn = random.nextDouble() * 6;
            assertThat(around(one, turn).iou(around(other, turn))).isCloseTo(iou, within(1e-9));
            assertThat(one.iou(one)).isEqualTo(1);
            assertThat(one.iou(moved(one, 1e-13))).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void writesTheSameRegionWithTheAngleNearestToAGivenOne() {
        var box = new RotatedRect(0, 0, 4, 2, 1.5);
        var aligned = box.alignedWith(0);
        assertThat(aligned.width()).isEqualTo(2);
        assertThat(aligned.height()).isEqualTo(4);
        assertThat(aligned.angle()).isCloseTo(1.5 - Math.PI / 2, within(1e-12));
        assertThat(box.alignedWith(1.2)).isEqualTo(box);
        assertThat(new RotatedRect(0, 0, 4, 2, 1.5 + 7 * Math.PI).angle())
                .isCloseTo(1.5 - Math.PI + Math.PI, within(1e-9));
        assertThat(new RotatedRect(0, 0, 4, 2, Math.PI / 2).angle()).isEqualTo(-Math.PI / 2);
    }

    /** Three people, one of whom dragged the box from another corner: the same region with sides swapped. */
    @Test
    void takesTheMiddleOfBoxesWrittenWithSidesSwapped() {
        var middle = RotatedRect.middle(List.of(
                new RotatedRect(10, 10, 8, 4, .1),
                new RotatedRect(11, 10, 4, 8, .1 + Math.PI / 2),
                new RotatedRect(10, 12, 8, 4, .2 - Math.PI)));
        assertThat(middle.iou(new RotatedRect(10, 10, 8, 4, .1))).isCloseTo(1, within(1e-9));
    }

    @Test
    void readsCornersAsDotaWritesThem() throws IOException {
        var line = Files.readAllLines(CocoTruth.folder().resolve("dota-obb/val/labelTxt/val_001.txt"))
                .getLast()
                .split(" ", -1);
        var at = Arrays.stream(line, 0, 8).mapToDouble(Double::parseDouble).toArray();
        var box = RotatedRect.ofCorners(
                new Point(at[0], at[1]), new Point(at[2], at[3]), new Point(at[4], at[5]), new Point(at[6], at[7]));
        assertThat(box.area()).isCloseTo(27, within(1e-12));
        assertThat(box.centre()).isEqualTo(new Point(5.5, 3.5));
        for (var i = 0; i < 4; i++) {
            // They may begin elsewhere and go the other way round.
            var corner = new Point(at[2 * i], at[2 * i + 1]);
            assertThat(box.corners()).anyMatch(own -> own.distance(corner) < 1e-12);
        }
    }

    @Test
    void refusesWhatHasNoArea() {
        assertThatThrownBy(() -> new RotatedRect(0, 0, 0, 1, 0)).hasMessageContaining("positive sides");
        assertThatThrownBy(() -> new RotatedRect(0, 0, 1, Double.NaN, 0)).hasMessageContaining("positive sides");
        assertThatThrownBy(() -> new RotatedRect(0, 0, 1, 1, Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> new Rect(0, 0, -1, 1)).hasMessageContaining("positive sides");
        assertThatThrownBy(() -> new Rect(Double.POSITIVE_INFINITY, 0, 1, 1)).hasMessageContaining("finite");
        assertThatThrownBy(() -> new Rect(0, 0, 1e200, 1e200)).hasMessageContaining("finite area");
    }

    static Polygon polygon(RotatedRect box) {
        return new Polygon(List.of(box.corners()));
    }

    private static RotatedRect turned(Rect box) {
        return new RotatedRect(box.centre().x(), box.centre().y(), box.width(), box.height(), 0);
    }

    private static RotatedRect random(Random random) {
        return new RotatedRect(
                random.nextDouble() * 3,
                random.nextDouble() * 3,
                .2 + 3 * random.nextDouble(),
                .2 + 3 * random.nextDouble(),
                (random.nextDouble() - .5) * 7);
    }

    private static RotatedRect moved(RotatedRect box, double by) {
        return new RotatedRect(box.centreX() + by, box.centreY() - by, box.width(), box.height(), box.angle());
    }

    private static RotatedRect around(RotatedRect box, double turn) {
        var cos = Math.cos(turn);
        var sin = Math.sin(turn);
        return new RotatedRect(
                box.centreX() * cos - box.centreY() * sin,
                box.centreX() * sin + box.centreY() * cos,
                box.width(),
                box.height(),
                box.angle() + turn);
    }
}
