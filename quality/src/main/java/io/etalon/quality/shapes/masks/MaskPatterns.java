package io.etalon.quality.shapes.masks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * The masks of one asset laid over each other: runs of pixels that the same annotators marked. Pixels of one pattern are
 * alike to every method that looks at pixels one by one, so that a method's cost is that of the patterns.
 */
final class MaskPatterns {
    /** A pattern has a bit for every mask. */
    private static final int MOST_MASKS = 64;

    private final Mask first;
    private final int masks;
    private int[] patternOfRun = new int[64];
    private int[] lengthOfRun = new int[64];
    private int runs;
    private long[] patterns = new long[16];
    private long[] pixels = new long[16];
    private int size;

    MaskPatterns(List<Mask> all) {
        if (all.isEmpty() || all.size() > MOST_MASKS) {
            throw new IllegalArgumentException("from 1 to " + MOST_MASKS + " masks, got " + all.size());
        }
        this.first = all.getFirst();
        this.masks = all.size();
        all.forEach(first::requireSize);
        overlay(all.stream().map(Mask::counts).toArray(int[][]::new));
    }

    private void overlay(int[][] counts) {
        var known = new HashMap<Long, Integer>();
        var run = new int[masks];
        var end = new int[masks];
        for (var i = 0; i < masks; i++) {
            end[i] = counts[i][0];
        }
        var total = first.width() * first.height();
        var at = 0;
        while (at < total) {
            var next = total;
            var pattern = 0L;
            for (var i = 0; i < masks; i++) {
                while (end[i] == at) {
                    end[i] += counts[i][++run[i]];
                }
                next = Math.min(next, end[i]);
                pattern |= (long) (run[i] % 2) << i;
            }
            add(known, pattern, next - at);
            at = next;
        }
    }

    private void add(HashMap<Long, Integer> known, long pattern, int length) {
        var index = known.computeIfAbsent(pattern, key -> size);
        if (index == size) {
            patterns = size == patterns.length ? Arrays.copyOf(patterns, 2 * size) : patterns;
            pixels = size == pixels.length ? Arrays.copyOf(pixels, 2 * size) : pixels;
            patterns[size++] = pattern;
        }
        pixels[index] += length;
        if (runs == lengthOfRun.length) {
            patternOfRun = Arrays.copyOf(patternOfRun, 2 * runs);
            lengthOfRun = Arrays.copyOf(lengthOfRun, 2 * runs);
        }
        patternOfRun[runs] = index;
        lengthOfRun[runs++] = length;
    }

    /** Number of different patterns, numbered in the order of their first pixel. */
    int size() {
        return size;
    }

    int masks() {
        return masks;
    }

    /** Number of pixels with a pattern. */
    long pixels(int pattern) {
        return pixels[pattern];
    }

    /** Whether a mask holds the pixels of a pattern. */
    boolean marked(int pattern, int mask) {
        return (patterns[pattern] >>> mask & 1) == 1;
    }

    /** How many masks hold the pixels of a pattern. */
    int votes(int pattern) {
        return Long.bitCount(patterns[pattern]);
    }

    /** The pixels of the chosen patterns. */
    Mask mask(boolean[] chosen) {
        var result = new Mask.Runs(first.width(), first.height());
        for (var i = 0; i < runs; i++) {
            result.add(chosen[patternOfRun[i]], lengthOfRun[i]);
        }
        return result.mask();
    }
}
