package io.etalon.quality.shapes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * One polygon for several of one object.
 *
 * <p>Where all have one ring with the same number of points, and the points correspond (laid on each other in the best of
 * all rotations and directions they are nearer than a tenth of the object's size, root mean square), the result has their
 * mean points. Else it is the region that more than half of the polygons cover, on a raster: its outline with
 * steps straightened (D. Douglas and T. Peucker, 1973), at most one and a half cells off. A cell that exactly half cover is
 * decided by the mean of the signed distances from the polygons' edges (shape-based averaging: T. Rohlfing and C. Maurer,
 * 2007), so that two polygons give what lies midway and not what they share.
 *
 * @param cells of the raster along the longer side of all polygons' bounds, 8 to 4096
 */
public record PolygonFusion(int cells) {
    /** 256 cells: fused areas within about half a percent of the exact ones. */
    public static final PolygonFusion STANDARD = new PolygonFusion(256);

    private static final double CORRESPONDING = 0.1;
    /** Middles of cell sides are within half a cell of a straight edge, so within a cell of a line through two of them. */
    private static final double STRAIGHT = 1;

    public PolygonFusion {
        if (cells < 8 || cells > 4096) {
            throw new IllegalArgumentException("a raster has from 8 to 4096 cells a side, got " + cells);
        }
    }

    /**
     * The middle of polygons of one object; the one itself when there is no other. Polygons that have no place in common
     * for the majority, and so no middle, give the one among them that overlaps best with the others. The order has no
     * influence.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Polygon middle(List<Polygon> polygons) {
        if (polygons.isEmpty()) {
            throw new IllegalArgumentException("there is no polygon to fuse");
        }
        var sorted = polygons.stream().sorted().toList();
        if (sorted.getFirst().equals(sorted.getLast())) {
            return sorted.getFirst();
        }
        var reference = Medoid.of(sorted, Polygon::iou);
        var aligned = new ArrayList<List<Point>>();
        for (var polygon : sorted) {
            var points = corresponding(polygon, reference);
            if (points.isEmpty()) {
                return majority(sorted, reference);
            }
            aligned.add(points);
        }
        return mean(aligned);
    }

    private static Polygon mean(List<List<Point>> aligned) {
        var ring = new ArrayList<Point>();
        for (var i = 0; i < aligned.getFirst().size(); i++) {
            var at = i;
            var x = Sums.sorted(
                    aligned.stream().mapToDouble(points -> points.get(at).x()).toArray());
            var y = Sums.sorted(
                    aligned.stream().mapToDouble(points -> points.get(at).y()).toArray());
            ring.add(new Point(x / aligned.size(), y / aligned.size()));
        }
        return new Polygon(List.of(ring));
    }

    /** The polygon's points in the reference's order; none when they do not correspond. */
    private static List<Point> corresponding(Polygon polygon, Polygon reference) {
        var points = polygon.rings().getFirst();
        var target = reference.rings().getFirst();
        var size = target.size();
        if (polygon.rings().size() + reference.rings().size() > 2 || points.size() != size) {
            return List.of();
        }
        var least = Double.POSITIVE_INFINITY;
        var best = points;
        for (var direction : List.of(points, points.reversed())) {
            for (var shift = 0; shift < size; shift++) {
                var sum = 0.0;
                for (var i = 0; i < size && sum < least; i++) {
                    sum += direction.get((i + shift) % size).squaredDistance(target.get(i));
                }
                if (sum < least) {
                    least = sum;
                    best = new ArrayList<>(direction.subList(shift, size));
                    best.addAll(direction.subList(0, shift));
                }
            }
        }
        return least <= CORRESPONDING * CORRESPONDING * reference.area() * size ? best : List.of();
    }

    private Polygon majority(List<Polygon> polygons, Polygon fallback) {
        var left = bound(polygons.stream().mapToDouble(p -> p.bounds().x()).toArray(), 0);
        var top = bound(polygons.stream().mapToDouble(p -> p.bounds().y()).toArray(), 0);
        var right = bound(polygons.stream().mapToDouble(p -> p.bounds().right()).toArray(), polygons.size() - 1);
        var bottom =
                bound(polygons.stream().mapToDouble(p -> p.bounds().bottom()).toArray(), polygons.size() - 1);
        var cell = Math.max(right - left, bottom - top) / cells;
        var columns = (int) Math.max(1, Math.ceil((right - left) / cell));
        var rows = (int) Math.max(1, Math.ceil((bottom - top) / cell));
        var grid = new BitSet();
        for (var row = 0; row < rows; row++) {
            var votes = new int[columns + 1];
            var y = top + (row + 0.5) * cell;
            for (var polygon : polygons) {
                var at = polygon.crossings(y);
                for (var i = 0; i + 1 < at.length; i += 2) {
                    votes[column((at[i] - left) / cell, columns)]++;
                    votes[column((at[i + 1] - left) / cell, columns)]--;
                }
            }
            Arrays.parallelPrefix(votes, Integer::sum);
            for (var column = 0; column < columns; column++) {
                var twice = 2 * votes[column];
                if (twice > polygons.size()
                        || twice == polygons.size()
                                && midway(polygons, new Point(left + (column + 0.5) * cell, y)) > 0) {
                    grid.set(row * columns + column);
                }
            }
        }
        var rings = new ArrayList<List<Point>>();
        for (var ring : new Outline(grid, columns, rows).rings(STRAIGHT)) {
            rings.add(ring.stream()
                    .map(corner -> new Point(left + corner.x() * cell, top + corner.y() * cell))
                    .toList());
        }
        return rings.isEmpty() ? fallback : new Polygon(rings);
    }

    private static double bound(double[] values, int rank) {
        Arrays.sort(values);
        return values[rank];
    }

    /** The first column whose centre is at or behind a place. */
    private static int column(double place, int columns) {
        return (int) Math.clamp(Math.ceil(place - 0.5), 0, columns);
    }

    private static double midway(List<Polygon> polygons, Point place) {
        return Sums.sorted(polygons.stream()
                .mapToDouble(polygon -> polygon.signedDistance(place))
                .toArray());
    }
}
