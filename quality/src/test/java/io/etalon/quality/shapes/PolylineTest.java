package io.etalon.quality.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolylineTest {
    private static final Polyline CORNER = line(0, 0, 6, 0, 6, 2);

    @Test
    void walksInEqualSteps() {
        assertThat(CORNER.length()).isEqualTo(8);
        assertThat(CORNER.resampled(5))
                .containsExactly(new Point(0, 0), new Point(2, 0), new Point(4, 0), new Point(6, 0), new Point(6, 2));
        assertThat(line(0, 0, 0, 0, 4, 0).resampled(3))
                .containsExactly(new Point(0, 0), new Point(2, 0), new Point(4, 0));
    }

    @Test
    void measuresDistanceWhateverTheDirection() {
        var beside = line(0, 3, 6, 3);
        var other = line(6, 0, 0, 0);
        assertThat(beside.distance(other)).isCloseTo(3, within(1e-12));
        assertThat(beside.distance(CORNER)).isEqualTo(CORNER.distance(beside));
        assertThat(CORNER.distance(new Polyline(CORNER.points().reversed()))).isCloseTo(0, within(1e-9));
    }

    /** The third walked the other way. */
    @Test
    void fusesLinesDrawnInAnyDirection() {
        var result = ShapeFusion.of(ShapeKind.polylines(2))
                .fuse(Map.of(
                        "a", List.of(new Labelled<>("lane", line(0, 0, 100, 0))),
                        "b", List.of(new Labelled<>("lane", line(0, 1, 100, 1))),
                        "c", List.of(new Labelled<>("lane", line(100, .5, 50, .5, 0, .5)))));
        assertThat(result.kept()).singleElement().satisfies(fused -> {
            assertThat(fused.support()).isEqualTo(3);
            assertThat(fused.shape().distance(line(0, .5, 100, .5))).isCloseTo(0, within(1e-9));
        });
    }

    @Test
    void refusesLinesWithoutLength() {
        assertThatThrownBy(() -> line(1, 1)).hasMessageContaining("two different points");
        assertThatThrownBy(() -> line(1, 1, 1, 1)).hasMessageContaining("two different points");
        assertThatThrownBy(() -> CORNER.resampled(1)).hasMessageContaining("two points");
        assertThatThrownBy(() -> ShapeKind.polylines(0)).hasMessageContaining("positive");
    }

    private static Polyline line(double... at) {
        var points = new ArrayList<Point>();
        for (var i = 0; i < at.length; i += 2) {
            points.add(new Point(at[i], at[i + 1]));
        }
        return new Polyline(List.copyOf(points));
    }
}
