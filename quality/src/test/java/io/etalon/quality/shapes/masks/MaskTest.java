package io.etalon.quality.shapes.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.shapes.CocoTruth;
import io.etalon.quality.shapes.Polygon;
import io.etalon.quality.shapes.Rect;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskTest {
    private static final long SEED = 640;

    /** Columns from the left, each from the top; the first count is of pixels outside. */
    @Test
    void countsInCocosOrder() {
        // . # #
        // . . #
        var pixels = new BitSet();
        pixels.set(2);
        pixels.set(4, 6);
        var mask = Mask.of(3, 2, pixels);
        assertThat(mask.counts()).containsExactly(2, 1, 1, 2);
        assertThat(mask.area()).isEqualTo(3);
        pixels.set(0);
        assertThat(Mask.of(3, 2, pixels).counts()).containsExactly(0, 1, 1, 1, 1, 2);
        assertThat(Mask.of(3, 2, new BitSet()).counts()).containsExactly(6);
        pixels.set(0, 6);
        assertThat(Mask.of(3, 2, pixels).counts()).containsExactly(0, 6);
        // The upper right half of a square, by pixel centres.
        assertThat(Mask.of(3, 3, Polygon.of(0, 0, 3, 0, 3, 3)).counts()).containsExactly(0, 1, 2, 2, 1, 3);
    }

    @Test
    void keepsTheShortestCounts() {
        assertThat(Mask.ofCounts(3, 2, 1, 0, 1, 1, 1, 1, 0, 1)).isEqualTo(Mask.ofCounts(3, 2, 2, 1, 1, 2));
        assertThat(Mask.ofCounts(3, 2, 6, 0).counts()).containsExactly(6);
    }

    /**
     * What COCO's own tools wrote: the counts come back, and the box is theirs (from the first
     * to the last pixel, which it leaves out). The stated area is of the object's outline
     * before it was encoded, and never below that of the pixels.
     */
    @Test
    void readsWhatCocoWrote() {
        var encoded = CocoTruth.encoded();
        assertThat(encoded).hasSize(10);
        for (var given : encoded) {
            var mask = Mask.ofCounts(given.width(), given.height(), given.counts());
            assertThat(mask.counts()).isEqualTo(given.counts());
            assertThat(mask.area()).isLessThanOrEqualTo(given.area()).isGreaterThan((long) (.85 * given.area()));
            var pixels = mask.pixels();
            assertThat(Mask.of(mask.width(), mask.height(), pixels)).isEqualTo(mask);
            var columns = pixels.stream().map(i -> i / mask.height()).summaryStatistics();
            var rows = pixels.stream().map(i -> i % mask.height()).summaryStatistics();
            assertThat(new Rect(
                            columns.getMin(),
                            rows.getMin(),
                            columns.getMax() - columns.getMin(),
                            rows.getMax() - rows.getMin()))
                    .isEqualTo(given.box());
        }
    }

    @Test
    void sharesWhatItsPixelsShare() {
        var random = new Random(SEED);
        for (var round = 0; round < 300; round++) {
            var one = random(random, 7, 5);
            var other = random(random, 7, 5);
            var shared = one.pixels();
            shared.and(other.pixels());
            var union = one.pixels();
            union.or(other.pixels());
            assertThat(one.intersection(other)).as("seed %d", SEED).isEqualTo(shared.cardinality());
            assertThat(other.iou(one)).isEqualTo(one.iou(other));
            if (!union.isEmpty()) {
                assertThat(one.iou(other))
                        .isCloseTo((double) shared.cardinality() / union.cardinality(), within(1e-15));
                assertThat(one.dice(other)).isCloseTo(2 * one.iou(other) / (1 + one.iou(other)), within(1e-12));
            }
            assertThat(one.area()).isEqualTo(one.pixels().cardinality());
            assertThat(Mask.of(7, 5, one.pixels())).isEqualTo(one);
        }
    }

    @Test
    void twoEmptyMasksAgree() {
        var empty = Mask.ofCounts(2, 2, 4);
        assertThat(empty.iou(empty)).isEqualTo(1);
        assertThat(empty.dice(empty)).isEqualTo(1);
        assertThat(empty.iou(Mask.ofCounts(2, 2, 0, 4))).isZero();
    }

    @Test
    void refusesCountsThatAreNoImage() {
        assertThatThrownBy(() -> Mask.ofCounts(2, 2, 3)).hasMessageContaining("add up to 3");
        assertThatThrownBy(() -> Mask.ofCounts(2, 2, 5, -1)).hasMessageContaining("negative");
        assertThatThrownBy(() -> Mask.ofCounts(0, 2)).hasMessageContaining("2^31 - 1");
        assertThatThrownBy(() -> Mask.ofCounts(2, 2, Integer.MAX_VALUE, Integer.MAX_VALUE, 6))
                .hasMessageContaining("add up to");
        assertThatThrownBy(() -> Mask.ofCounts(2, 3, 6).iou(Mask.ofCounts(3, 2, 6)))
                .hasMessageContaining("different sizes");
    }

    static Mask random(Random random, int width, int height) {
        var share = random.nextDouble();
        var pixels = new BitSet();
        for (var i = 0; i < width * height; i++) {
            pixels.set(i, random.nextDouble() < share);
        }
        return Mask.of(width, height, pixels);
    }
}
