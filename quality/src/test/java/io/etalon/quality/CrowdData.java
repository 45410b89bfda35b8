package io.etalon.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The crowd data sets that lie beside the project, in {@code shared/data/truth}. */
public final class CrowdData {
    private CrowdData() {}

    /** Finds the folder by walking up from the working directory; without it the test is reported as not run. */
    public static Path folder() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var candidate = at.resolve("shared/data/truth");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        Assumptions.abort("crowd data sets: no folder shared/data/truth in or above "
                + Path.of("").toAbsolutePath());
        throw new IllegalStateException();
    }

    public static Labels labels(String set) {
        var builder = Labels.builder();
        rows(set, "labels.csv").forEach(row -> builder.add(row[0], row[1], row[2]));
        return builder.build();
    }

    /** The judgements without exact repetitions of (task, worker, label), as the reference figures have them. */
    public static Labels distinctLabels(String set) {
        var builder = Labels.builder();
        rows(set, "labels.csv").stream()
                .map(List::of)
                .distinct()
                .forEach(row -> builder.add(row.get(0), row.get(1), row.get(2)));
        return builder.build();
    }

    public static Map<String, String> gold(String set) {
        var gold = new LinkedHashMap<String, String>();
        rows(set, "gold.csv").forEach(row -> gold.put(row[0], row[1]));
        return gold;
    }

    private static List<String[]> rows(String set, String file) {
        try (var lines = Files.lines(folder().resolve(set).resolve(file))) {
            return lines.skip(1).map(line -> line.split(",", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
