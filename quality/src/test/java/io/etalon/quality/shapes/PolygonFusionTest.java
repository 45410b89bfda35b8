package io.etalon.quality.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolygonFusionTest {
    private static final long SEED = 2007;

    @Test
    void takesTheMeanOfCornersThatCorrespond() {
        var middle = PolygonFusion.STANDARD.middle(
                List.of(Polygon.of(0, 0, 10, 0, 10, 10, 0, 10), Polygon.of(11, 10, 1, 10, 1, 0, 11, 0)));
        assertThat(middle.iou(Polygon.of(.5, 0, 10.5, 0, 10.5, 10, .5, 10))).isCloseTo(1, within(1e-12));
        assertThat(middle.rings().getFirst()).hasSize(4);
    }

    /** One drew a triangle over the corner of a square that two others drew: the square stands. */
    @Test
    void keepsWhatTheMajorityCovers() {
        var square = Polygon.of(0, 0, 10, 0, 10, 10, 0, 10);
        var stepped = Polygon.of(0, 0, 5, 0, 10, 0, 10, 10, 0, 10);
        var off = Polygon.of(0, 0, 20, 0, 0, 20);
        assertThat(PolygonFusion.STANDARD.middle(List.of(square, stepped, off)).iou(square))
                .isGreaterThan(.98);
    }

    @Test
    void liesMidwayBetweenTwo() {
        var small = Polygon.of(10, 10, 90, 10, 90, 90, 10, 90);
        var large = Polygon.of(0, 0, 50, 0, 100, 0, 100, 100, 0, 100);
        var middle = PolygonFusion.STANDARD.middle(List.of(small, large));
        assertThat(middle.iou(Polygon.of(5, 5, 95, 5, 95, 95, 5, 95))).isGreaterThan(.97);
    }

    @Test
    void keepsHolesAndParts() {
        var ring = List.of(
                Polygon.of(0, 0, 30, 0, 30, 30, 0, 30).rings().getFirst(),
                Polygon.of(10, 10, 20, 10, 20, 20, 10, 20).rings().getFirst(),
                Polygon.of(40, 0, 50, 0, 50, 10, 40, 10).rings().getFirst());
        var one = new Polygon(ring);
        var other = new Polygon(List.of(ring.get(2), ring.get(1), ring.get(0)));
        var full = Polygon.of(0, 0, 30, 0, 30, 30, 0, 30);
        var middle = PolygonFusion.STANDARD.middle(List.of(one, other, full));
        assertThat(middle.rings()).hasSize(3);
        assertThat(middle.iou(one)).isGreaterThan(.98);
    }

    /** Outlines of photographed objects that five people drew with other corners each. */
    @Test
    void outlinesBetterThanAnyAnnotator() {
        var random = new Random(SEED);
        var objects = CocoTruth.outlined().stream()
                .filter(object ->
                        object.area() > 2000 && object.polygon().rings().size() == 1)
                .limit(12)
                .toList();
        assertThat(objects).hasSize(12);
        var fused = 0.0;
        var single = new double[5];
        for (var object : objects) {
            var drawn = new ArrayList<Polygon>();
            for (var annotator = 0; annotator < single.length; annotator++) {
                drawn.add(redrawn(object.polygon(), .03, random));
                single[annotator] += drawn.getLast().iou(object.polygon());
            }
            var middle = PolygonFusion.STANDARD.middle(drawn);
            fused += middle.iou(object.polygon());
            assertThat(middle.rings().stream().mapToInt(List::size).sum()).isLessThan(200);
            Collections.shuffle(drawn, random);
            assertThat(PolygonFusion.STANDARD.middle(drawn)).as("seed %d", SEED).isEqualTo(middle);
        }
        for (var each : single) {
            assertThat(fused / 12).as("seed %d", SEED).isGreaterThan(each / 12 + .01);
        }
    }

    @Test
    void hasAnAnswerForEveryone() {
        var alone = Polygon.of(0, 0, 1, 0, 0, 1);
        assertThat(PolygonFusion.STANDARD.middle(List.of(alone))).isEqualTo(alone);
        assertThat(PolygonFusion.STANDARD.middle(List.of(alone, alone))).isEqualTo(alone);
        var apart =
                List.of(alone, Polygon.of(50, 0, 51, 0, 51, 1, 50, 1), Polygon.of(0, 50, 1, 50, 1, 51, .5, 52, 0, 51));
        assertThat(apart).contains(PolygonFusion.STANDARD.middle(apart));
        assertThatThrownBy(() -> PolygonFusion.STANDARD.middle(List.of())).hasMessageContaining("no polygon");
        assertThatThrownBy(() -> new PolygonFusion(1)).hasMessageContaining("8 to 4096");
    }

    /** Moved as a whole, with corners between the corners, each moved a little. */
    private static Polygon redrawn(Polygon polygon, double care, Random random) {
        var size = Math.sqrt(polygon.area());
        var dx = care * size * random.nextGaussian();
        var dy = care * size * random.nextGaussian();
        var ring = new ArrayList<Point>();
        var corners = polygon.rings().getFirst();
        for (var i = 0; i < corners.size(); i++) {
            var share = random.nextDouble();
            var next = corners.get((i + 1) % corners.size());
            ring.add(moved(corners.get(i), dx, dy, care / 2 * size, random));
            if (share < .7) {
                var between = new Point(
                        corners.get(i).x() + share * (next.x() - corners.get(i).x()),
                        corners.get(i).y() + share * (next.y() - corners.get(i).y()));
                ring.add(moved(between, dx, dy, care / 2 * size, random));
            }
        }
        return new Polygon(List.of(ring));
    }

    private static Point moved(Point point, double dx, double dy, double blur, Random random) {
        return new Point(point.x() + dx + blur * random.nextGaussian(), point.y() + dy + blur * random.nextGaussian());
    }
}
