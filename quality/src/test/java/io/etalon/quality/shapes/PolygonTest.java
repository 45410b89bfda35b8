package io.etalon.quality.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.shapes.masks.Mask;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolygonTest {
    private static final long SEED = 1974;

    @Test
    void knowsAreasOfConcaveHollowPartedAndCrossingRings() {
        assertThat(Polygon.of(0, 0, 4, 0, 4, 4, 2, 1, 0, 4).area()).isCloseTo(10, within(1e-12));
        var square = Polygon.of(0, 0, 10, 0, 10, 10, 0, 10).rings().getFirst();
        var hole = Polygon.of(2, 2, 4, 2, 4, 4, 2, 4).rings().getFirst();
        var part = Polygon.of(20, 0, 21, 0, 21, 1, 20, 1).rings().getFirst();
        assertThat(new Polygon(List.of(square, hole, part)).area()).isCloseTo(100 - 4 + 1, within(1e-12));
        // A bow tie has both loops; its signed area would be 0.
        assertThat(Polygon.of(0, 0, 2, 2, 2, 0, 0, 2).area()).isCloseTo(2, within(1e-12));
        // The middle of a five-pointed star drawn in one stroke is wound twice and does not belong.
        var star = new double[10];
        for (var i = 0; i < 5; i++) {
            star[2 * i] = Math.sin(4 * Math.PI * i / 5);
            star[2 * i + 1] = -Math.cos(4 * Math.PI * i / 5);
        }
        assertThat(Polygon.of(star).contains(0, 0)).isFalse();
        var inner = (3 - Math.sqrt(5)) / 2;
        var spikes = 5 * inner * Math.sin(Math.PI / 5) - 2.5 * inner * inner * Math.sin(2 * Math.PI / 5);
        assertThat(Polygon.of(star).area()).isCloseTo(spikes, within(1e-12));
    }

    @Test
    void sharesExactlyWhatItOverlaps() {
        var comb = Polygon.of(0, 0, 5, 0, 5, 4, 4, 4, 4, 1, 3, 1, 3, 4, 2, 4, 2, 1, 1, 1, 1, 4, 0, 4);
        var bar = Polygon.of(-1, 2, 6, 2, 6, 3, -1, 3);
        assertThat(comb.intersection(bar)).isCloseTo(3, within(1e-12));
        assertThat(comb.iou(bar)).isCloseTo(3.0 / (comb.area() + 7 - 3), within(1e-12));
        var hollow = new Polygon(List.of(
                Polygon.of(0, 0, 9, 0, 9, 9, 0, 9).rings().getFirst(),
                Polygon.of(3, 3, 6, 3, 6, 6, 3, 6).rings().getFirst()));
        assertThat(hollow.iou(Polygon.of(3, 3, 6, 3, 6, 6, 3, 6))).isZero();
        assertThat(hollow.intersection(Polygon.of(0, 0, 9, 0, 9, 9, 0, 9))).isCloseTo(72, within(1e-12));
        // Sharing an edge is sharing no area; the same region written from another corner is the same region.
        assertThat(Polygon.of(0, 0, 1, 0, 1, 1, 0, 1).iou(Polygon.of(1, 0, 2, 0, 2, 1, 1, 1)))
                .isZero();
        assertThat(Polygon.of(0, 0, 1, 0, 1, 1, 0, 1).iou(Polygon.of(1, 1, 0, 1, 0, 0, 1, 0)))
                .isCloseTo(1, within(1e-12));
    }

    /** The JDK's own constructive geometry knows nothing of slabs. */
    @Test
    void agreesWithTheJdksAreasOnRandomPolygonsThatCrossThemselves() {
        var random = new Random(SEED);
        for (var round = 0; round < 300; round++) {
            var one = random(random, 3 + random.nextInt(9), round % 2 == 0);
            var other = random(random, 3 + random.nextInt(9), round % 2 == 0);
            var shared = area(one);
            shared.intersect(area(other));
            var expected = measure(shared);
            assertThat(one.area()).as("seed %d, round %d", SEED, round).isCloseTo(measure(area(one)), within(1e-3));
            assertThat(one.intersection(other))
                    .as("seed %d, round %d", SEED, round)
                    .isCloseTo(expected, within(1e-3));
        }
    }

    @Test
    void isSymmetricAndUnmovedByTranslation() {
        var random = new Random(SEED);
        for (var round = 0; round < 200; round++) {
            var one = random(random, 8, false);
            var other = random(random, 8, false);
            var iou = one.iou(other);
            assertThat(other.iou(one)).isEqualTo(iou);
            assertThat(moved(one).iou(moved(other))).as("seed %d", SEED).isCloseTo(iou, within(1e-9));
            assertThat(one.iou(one)).isEqualTo(1);
        }
    }

    /** COCO's areas are those of rasterised outlines. */
    @Test
    void hasTheAreasAndBoxesThatCocoGives() {
        var objects = CocoTruth.outlined();
        assertThat(objects).hasSize(62);
        for (var object : objects) {
            var bounds = object.polygon().bounds();
            assertThat(object.polygon().area()).isCloseTo(object.area(), within(1 + .05 * object.area()));
            assertThat(bounds.iou(object.box())).as(object.toString()).isGreaterThan(.97);
            assertThat((double) Mask.of(640, 640, object.polygon()).area())
                    .isCloseTo(object.polygon().area(), within(5 + .05 * object.area()));
        }
    }

    @Test
    void refusesWhatEnclosesNothing() {
        assertThatThrownBy(() -> Polygon.of(0, 0, 1, 1)).hasMessageContaining("three points");
        assertThatThrownBy(() -> Polygon.of(0, 0, 1, 1, 0, 0)).hasMessageContaining("three points");
        assertThatThrownBy(() -> Polygon.of(0, 0, 1, 1, 3, 3)).hasMessageContaining("no area");
        assertThatThrownBy(() -> Polygon.of(0, 0, .3, .1, .9, .3)).hasMessageContaining("no area");
        assertThatThrownBy(() -> Polygon.of(0, 0, 1, 0, 1, 0, 0, 0)).hasMessageContaining("no area");
        assertThatThrownBy(() -> Polygon.of(0, 0, 1, 0, 1)).hasMessageContaining("pairs");
        assertThatThrownBy(() -> Polygon.of(0, 0, 1, 0, Double.NaN, 1)).hasMessageContaining("finite");
        assertThatThrownBy(() -> new Polygon(List.of())).hasMessageContaining("needs a ring");
    }

    /** On a coarse grid corners fall on edges and edges on edges. */
    private static Polygon random(Random random, int points, boolean coarse) {
        while (true) {
            var at = new double[2 * points];
            for (var i = 0; i < at.length; i++) {
                at[i] = coarse ? random.nextInt(6) : 6 * random.nextDouble();
            }
            try {
                return Polygon.of(at);
            } catch (IllegalArgumentException noArea) {
                continue;
            }
        }
    }

    private static Polygon moved(Polygon polygon) {
        return new Polygon(polygon.rings().stream()
                .map(ring -> ring.stream()
                        .map(point -> new Point(point.x() + 1e4, point.y() - 777))
                        .toList())
                .toList());
    }

    private static Area area(Polygon polygon) {
        var path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        for (var ring : polygon.rings()) {
            path.moveTo(ring.getFirst().x(), ring.getFirst().y());
            ring.forEach(point -> path.lineTo(point.x(), point.y()));
            path.closePath();
        }
        return new Area(path);
    }

    /** An area's outlines do not cross and run round holes the other way, so that the shoelace formula holds. */
    private static double measure(Area area) {
        var twice = 0.0;
        var ring = new ArrayList<double[]>();
        for (var at = area.getPathIterator(null); !at.isDone(); at.next()) {
            var to = new double[6];
            var kind = at.currentSegment(to);
            if (kind == PathIterator.SEG_CLOSE) {
                for (var i = 0; i < ring.size(); i++) {
                    var from = ring.get(i);
                    var next = ring.get((i + 1) % ring.size());
                    twice += from[0] * next[1] - next[0] * from[1];
                }
                ring.clear();
            } else {
                ring.add(to);
            }
        }
        return Math.abs(twice) / 2;
    }
}
