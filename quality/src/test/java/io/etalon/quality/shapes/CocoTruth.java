package io.etalon.quality.shapes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Objects that COCO's annotators outlined in ten photographs (62 polygons, and masks), beside the project. */
public final class CocoTruth {
    private static final Pattern OUTLINED = Pattern.compile("\"segmentation\": \\[(\\[.*?])], \"area\": ([0-9.]+), "
            + "\"iscrowd\": 0, \"image_id\": (\\d+), \"bbox\": \\[(.*?)], \"category_id\": (\\d+)");
    private static final Pattern ENCODED = Pattern.compile(
            "\"segmentation\": \\{\"counts\": \\[([^\\]]*)], \"size\": \\[(\\d+), (\\d+)]}, \"area\": ([0-9.]+), "
                    + "\"iscrowd\": \\d, \"image_id\": \\d+, \"bbox\": \\[(.*?)]");

    private CocoTruth() {}

    /** One outlined object with COCO's own area and box. */
    public record Outlined(String image, String category, Polygon polygon, double area, Rect box) {}

    /** One encoded mask with COCO's own area and box. */
    public record Encoded(int[] counts, int height, int width, long area, Rect box) {}

    public static List<Outlined> outlined() {
        return matches("instances.json", OUTLINED).stream()
                .map(found -> new Outlined(
                        found.group(3),
                        found.group(5),
                        new Polygon(Arrays.stream(found.group(1).split("], \\[", -1))
                                .map(CocoTruth::numbers)
                                .map(CocoTruth::ring)
                                .toList()),
                        Double.parseDouble(found.group(2)),
                        box(found.group(4))))
                .toList();
    }

    /** The objects by image. */
    static Map<String, List<Outlined>> images() {
        var images = new TreeMap<String, List<Outlined>>();
        outlined()
                .forEach(object -> images.computeIfAbsent(object.image(), key -> new ArrayList<>())
                        .add(object));
        return images;
    }

    public static List<Encoded> encoded() {
        return matches("rle.json", ENCODED).stream()
                .map(found -> new Encoded(
                        Arrays.stream(numbers(found.group(1)))
                                .mapToInt(number -> (int) number)
                                .toArray(),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3)),
                        (long) Double.parseDouble(found.group(4)),
                        box(found.group(5))))
                .toList();
    }

    private static List<MatchResult> matches(String file, Pattern pattern) {
        try {
            var text = Files.readString(folder().resolve("coco/labelbox-coco").resolve(file));
            return pattern.matcher(text).results().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] numbers(String list) {
        return Arrays.stream(list.replaceAll("[\\[\\] ]", "").split(",", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static List<Point> ring(double[] numbers) {
        var ring = new ArrayList<Point>();
        for (var i = 0; i < numbers.length; i += 2) {
            ring.add(new Point(numbers[i], numbers[i + 1]));
        }
        return ring;
    }

    private static Rect box(String list) {
        var numbers = numbers(list);
        return new Rect(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /** Finds the folder by walking up from the working directory; without it the test is reported as not run. */
    static Path folder() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var candidate = at.resolve("shared/data/formats");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        Assumptions.abort("annotations of photographs: no folder shared/data/formats in or above "
                + Path.of("").toAbsolutePath());
        throw new IllegalStateException();
    }
}
