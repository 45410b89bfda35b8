package io.etalon.quality.shapes.masks;

import io.etalon.quality.shapes.Polygon;
import io.etalon.quality.shapes.ShapeKind;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which pixels of an image belong to a thing, run-length encoded as COCO does: column by column from the left, each from
 * the top; the counts are of pixels outside and inside in turns and begin with those outside (0 when the first pixel is
 * inside). Kept in the shortest form, so that equal masks have equal counts. A mask may be empty.
 *
 * <p>Immutable. The natural order is one by content, without further meaning. Operations on two masks cost O(runs) and
 * refuse masks of different sizes.
 */
public final class Mask implements Comparable<Mask> {
    /** Masks of one size to be matched and compared; the middle is the majority, of two masks what they share. */
    public static final ShapeKind<Mask> KIND = new ShapeKind<>(Mask::iou, MaskModel::majority, true);

    private final int width;
    private final int height;
    private final int[] counts;
    private final long area;

    private Mask(int width, int height, int[] counts) {
        this.width = width;
        this.height = height;
        this.counts = counts;
        var inside = 0L;
        for (var i = 1; i < counts.length; i += 2) {
            inside += counts[i];
        }
        this.area = inside;
    }

    /**
     * A mask from COCO's uncompressed counts; runs of no pixels are taken as they come.
     *
     * @throws IllegalArgumentException when a count is negative or the counts do not add up to the pixels of the image
     */
    public static Mask ofCounts(int width, int height, int... counts) {
        var runs = new Runs(width, height);
        for (var i = 0; i < counts.length; i++) {
            if (counts[i] < 0) {
                throw new IllegalArgumentException("count " + i + " of a mask is negative: " + counts[i]);
            }
            runs.add(i % 2 == 1, counts[i]);
        }
        return runs.mask();
    }

    /** A mask from its pixels in COCO's order: pixel (x, y) is bit {@code x * height + y}. */
    public static Mask of(int width, int height, BitSet pixels) {
        var runs = new Runs(width, height);
        var at = 0;
        while (at < runs.pixels) {
            var start = pixels.nextSetBit(at);
            if (start < 0) {
                break;
            }
            var end = pixels.nextClearBit(start);
            runs.add(false, start - at);
            runs.add(true, end - start);
            at = end;
        }
        runs.add(false, runs.pixels - at);
        return runs.mask();
    }

    /** The pixels whose centres belong to a polygon; what lies outside of the image is cut off. */
    public static Mask of(int width, int height, Polygon polygon) {
        var pixels = new BitSet();
        for (var y = 0; y < height; y++) {
            var crossings = polygon.crossings(y + 0.5);
            for (var i = 0; i + 1 < crossings.length; i += 2) {
                var from = (int) Math.clamp(Math.ceil(crossings[i] - 0.5), 0, width);
                var to = (int) Math.clamp(Math.ceil(crossings[i + 1] - 0.5), 0, width);
                for (var x = from; x < to; x++) {
                    pixels.set(x * height + y);
                }
            }
        }
        return of(width, height, pixels);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The counts in COCO's order; a copy. */
    public int[] counts() {
        return counts.clone();
    }

    /** Number of pixels inside. */
    public long area() {
        return area;
    }

    /** The pixels in COCO's order: pixel (x, y) is bit {@code x * height + y}. */
    public BitSet pixels() {
        var pixels = new BitSet(width * height);
        var at = 0;
        for (var i = 0; i < counts.length; i++) {
            if (i % 2 == 1) {
                pixels.set(at, at + counts[i]);
            }
            at += counts[i];
        }
        return pixels;
    }

    /** Number of pixels inside both. */
    public long intersection(Mask other) {
        requireSize(other);
        var shared = 0L;
        var i = 0;
        var j = 0;
        var endOfMine = counts[0];
        var endOfIts = other.counts[0];
        var at = 0;
        while (i < counts.length && j < other.counts.length) {
            var end = Math.min(endOfMine, endOfIts);
            if (i % 2 == 1 && j % 2 == 1) {
                shared += end - at;
            }
            at = end;
            if (endOfMine == end && ++i < counts.length) {
                endOfMine += counts[i];
            }
            if (endOfIts == end && ++j < other.counts.length) {
                endOfIts += other.counts[j];
            }
        }
        return shared;
    }

    void requireSize(Mask other) {
        if (width != other.width || height != other.height) {
            throw new IllegalArgumentException("masks of different sizes: " + width + " x " + height + " and "
                    + other.width + " x " + other.height);
        }
    }

    /** Intersection over union; two empty masks agree (1). */
    public double iou(Mask other) {
        var shared = intersection(other);
        var union = area + other.area - shared;
        return union == 0 ? 1 : (double) shared / union;
    }

    /** Twice the shared pixels over the pixels of both (L. R. Dice, 1945); two empty masks agree (1). */
    public double dice(Mask other) {
        var both = area + other.area;
        return both == 0 ? 1 : 2.0 * intersection(other) / both;
    }

    @Override
    public int compareTo(Mask other) {
        var byWidth = Integer.compare(width, other.width);
        var byHeight = byWidth != 0 ? byWidth : Integer.compare(height, other.height);
        return byHeight != 0 ? byHeight : Arrays.compare(counts, other.counts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask mask && compareTo(mask) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * width + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "Mask of " + area + " of " + width + " x " + height + " pixels";
    }

    /** Collects runs, joining neighbours of one kind. */
    static final class Runs {
        private final int width;
        private final int height;
        private final int pixels;
        private int[] counts = new int[16];
        private int size = 1;
        private long sum;

        Runs(int width, int height) {
            if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "a mask has from 1 to 2^31 - 1 pixels, got " + width + " x " + height);
            }
            this.width = width;
            this.height = height;
            this.pixels = width * height;
        }

        void add(boolean inside, int count) {
            if (count == 0) {
                return;
            }
            if (inside != (size % 2 == 0)) {
                counts = size == counts.length ? Arrays.copyOf(counts, 2 * size) : counts;
                counts[size++] = 0;
            }
            counts[size - 1] += count;
            sum += count;
        }

        Mask mask() {
            if (sum != pixels) {
                throw new IllegalArgumentException("counts add up to " + sum + " pixels, the image of " + width + " x "
                        + height + " has " + pixels);
            }
            return new Mask(width, height, Arrays.copyOf(counts, size));
        }
    }
}
