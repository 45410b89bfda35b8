package io.etalon.quality.shapes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The outlines of the cells of a raster: closed walks along cell sides with the region on the right hand, one for each
 * part and for each hole. Cells that touch at a corner only are parted.
 */
final class Outline {
    private static final int[] STEP_X = {1, 0, -1, 0};
    private static final int[] STEP_Y = {0, 1, 0, -1};

    private final BitSet cells;
    private final int columns;
    private final int rows;

    Outline(BitSet cells, int columns, int rows) {
        this.cells = cells;
        this.columns = columns;
        this.rows = rows;
    }

    /** Rings of points, simplified to within a tolerance in cells; those that vanish by it are left out. */
    List<List<Point>> rings(double tolerance) {
        var walked = new BitSet();
        var rings = new ArrayList<List<Point>>();
        for (var y = 0; y < rows; y++) {
            for (var x = 0; x < columns; x++) {
                // Every ring has an upper side, walked to the right with its cell below.
                if (at(x, y) && !at(x, y - 1) && !walked.get(y * columns + x)) {
                    var ring = simplified(walk(x, y, walked), tolerance);
                    if (ring.size() > 2) {
                        rings.add(ring);
                    }
                }
            }
        }
        return rings;
    }

    private boolean at(int x, int y) {
        return x >= 0 && y >= 0 && x < columns && y < rows && cells.get(y * columns + x);
    }

    /** The middles of the cell sides on the way: nearer to a slanting edge than the corners of its steps. */
    private List<Point> walk(int startX, int startY, BitSet walked) {
        var middles = new ArrayList<Point>();
        var x = startX;
        var y = startY;
        var direction = 0;
        do {
            if (direction == 0) {
                walked.set(y * columns + x);
            }
            middles.add(new Point(x + STEP_X[direction] / 2.0, y + STEP_Y[direction] / 2.0));
            x += STEP_X[direction];
            y += STEP_Y[direction];
            direction = turned(x, y, direction);
        } while (x != startX || y != startY || direction != 0);
        return middles;
    }

    /** Where to go from a corner of the raster: right if the region ends there, so that touching cells stay apart. */
    private int turned(int x, int y, int direction) {
        var right = (direction + 1) % 4;
        var left = (direction + 3) % 4;
        if (!ahead(x, y, direction, right)) {
            return right;
        }
        return ahead(x, y, direction, left) ? left : direction;
    }

    /** The cell ahead of a corner on one hand. */
    private boolean ahead(int x, int y, int direction, int hand) {
        var dx = STEP_X[direction] + STEP_X[hand];
        var dy = STEP_Y[direction] + STEP_Y[hand];
        return at(dx > 0 ? x : x - 1, dy > 0 ? y : y - 1);
    }

    /** Douglas and Peucker on both halves of the ring, parted at its first corner and the one farthest from it. */
    private static List<Point> simplified(List<Point> ring, double tolerance) {
        var first = ring.getFirst();
        var far = 0;
        for (var i = 1; i < ring.size(); i++) {
            if (first.squaredDistance(ring.get(i)) > first.squaredDistance(ring.get(far))) {
                far = i;
            }
        }
        var closed = new ArrayList<>(ring);
        closed.add(first);
        var kept = new boolean[closed.size()];
        kept[0] = true;
        kept[far] = true;
        keep(closed, 0, far, tolerance, kept);
        keep(closed, far, ring.size(), tolerance, kept);
        var result = new ArrayList<Point>();
        for (var i = 0; i < ring.size(); i++) {
            if (kept[i]) {
                result.add(ring.get(i));
            }
        }
        return result;
    }

    private static void keep(List<Point> points, int start, int end, double tolerance, boolean[] kept) {
        var pending = new ArrayList<int[]>(List.of(new int[] {start, end}));
        while (!pending.isEmpty()) {
            var span = pending.removeLast();
            var farthest = -1;
            var most = tolerance;
            for (var i = span[0] + 1; i < span[1]; i++) {
                var distance = Polyline.distance(points.get(i), points.get(span[0]), points.get(span[1]));
                if (distance > most) {
                    most = distance;
                    farthest = i;
                }
            }
            if (farthest >= 0) {
                kept[farthest] = true;
                pending.addAll(Arrays.asList(new int[] {span[0], farthest}, new int[] {farthest, span[1]}));
            }
        }
    }
}
