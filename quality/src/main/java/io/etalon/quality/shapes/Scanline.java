package io.etalon.quality.shapes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Areas of polygons and of what they share, by horizontal slabs: between two neighbouring heights at which an edge begins,
 * ends or crosses another, the edges keep their order, and the regions between them are trapezoids. There is no case
 * that needs care (shared edges, corners on edges, crossings): an error in the place of a crossing moves the area by as
 * little. O(edges^2) in the worst case.
 */
final class Scanline {
    private final double[] x0;
    private final double[] y0;
    private final double[] x1;
    private final double[] y1;
    private final int[] owner;
    private final int polygons;

    private Scanline(double[][] edges, int polygons) {
        Arrays.sort(edges, (a, b) -> Double.compare(a[1], b[1]));
        this.x0 = column(edges, 0);
        this.y0 = column(edges, 1);
        this.x1 = column(edges, 2);
        this.y1 = column(edges, 3);
        this.owner = Arrays.stream(edges).mapToInt(edge -> (int) edge[4]).toArray();
        this.polygons = polygons;
    }

    private static double[] column(double[][] edges, int column) {
        return Arrays.stream(edges).mapToDouble(edge -> edge[column]).toArray();
    }

    /**
     * Area covered by at least so many of the polygons, each given as rings; a place is in a polygon when a ray from it
     * crosses its rings an odd number of times.
     */
    static double area(List<List<List<Point>>> polygons, int atLeast) {
        var origin = polygons.getFirst().getFirst().getFirst();
        var edges = new ArrayList<double[]>();
        for (var owner = 0; owner < polygons.size(); owner++) {
            for (var ring : polygons.get(owner)) {
                for (var i = 0; i < ring.size(); i++) {
                    var from = ring.get(i);
                    var to = ring.get((i + 1) % ring.size());
                    if (from.y() != to.y()) {
                        var up = from.y() < to.y();
                        var low = up ? from : to;
                        var high = up ? to : from;
                        edges.add(new double[] {
                            low.x() - origin.x(),
                            low.y() - origin.y(),
                            high.x() - origin.x(),
                            high.y() - origin.y(),
                            owner
                        });
                    }
                }
            }
        }
        return new Scanline(edges.toArray(double[][]::new), polygons.size()).area(atLeast);
    }

    private double area(int atLeast) {
        var heights = heights();
        var active = new int[owner.length];
        var at = new double[owner.length];
        var inside = new boolean[polygons];
        var size = 0;
        var next = 0;
        var area = 0.0;
        for (var i = 0; i + 1 < heights.length; i++) {
            var low = heights[i];
            var high = heights[i + 1];
            while (next < owner.length && y0[next] <= low) {
                active[size++] = next++;
            }
            var kept = 0;
            for (var j = 0; j < size; j++) {
                if (y1[active[j]] > low) {
                    active[kept++] = active[j];
                }
            }
            size = kept;
            sortByX(active, at, size, low + (high - low) / 2);
            area += (high - low) * covered(active, at, size, inside, atLeast);
        }
        return area;
    }

    /** Length of the line at the middle of a slab that lies in at least so many polygons. */
    private double covered(int[] active, double[] at, int size, boolean[] inside, int atLeast) {
        Arrays.fill(inside, false);
        var depth = 0;
        var length = 0.0;
        for (var j = 0; j < size; j++) {
            if (depth >= atLeast) {
                length += at[j] - at[j - 1];
            }
            var polygon = owner[active[j]];
            inside[polygon] = !inside[polygon];
            depth += inside[polygon] ? 1 : -1;
        }
        return length;
    }

    /** Insertion sort: from slab to slab the order hardly changes. */
    private void sortByX(int[] active, double[] at, int size, double y) {
        for (var j = 0; j < size; j++) {
            var edge = active[j];
            var x = xAt(edge, y);
            var to = j;
            while (to > 0 && at[to - 1] > x) {
                at[to] = at[to - 1];
                active[to] = active[to - 1];
                to--;
            }
            at[to] = x;
            active[to] = edge;
        }
    }

    private double xAt(int edge, double y) {
        return x0[edge] + (x1[edge] - x0[edge]) * ((y - y0[edge]) / (y1[edge] - y0[edge]));
    }

    /** All heights at which the order of edges may change, ascending, each once. */
    private double[] heights() {
        var heights = Arrays.copyOf(y0, 2 * owner.length);
        System.arraycopy(y1, 0, heights, owner.length, owner.length);
        var size = heights.length;
        for (var e = 0; e < owner.length; e++) {
            for (var f = e + 1; f < owner.length && y0[f] < y1[e]; f++) {
                var low = y0[f];
                var high = Math.min(y1[e], y1[f]);
                var before = xAt(e, low) - xAt(f, low);
                var after = xAt(e, high) - xAt(f, high);
                if (before * after < 0) {
                    if (size == heights.length) {
                        heights = Arrays.copyOf(heights, size + (size >> 1) + 1);
                    }
                    heights[size++] = low + (high - low) * (before / (before - after));
                }
            }
        }
        return Arrays.stream(heights, 0, size).sorted().distinct().toArray();
    }
}
