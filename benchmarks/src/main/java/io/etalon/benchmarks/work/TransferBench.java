package io.etalon.benchmarks.work;

import io.etalon.benchmarks.Benchmark;
import io.etalon.benchmarks.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Imports and exports, whole (parsed, hashed, sealed, told to the log, planned), beside COPY in the same database and run.
 * The server runs in a process of its own with a heap of {@value #HEAP_MEGABYTES} MB, whatever the number of rows.
 */
public final class TransferBench implements Benchmark {
    static final int HEAP_MEGABYTES = 512;

    @Override
    public String name() {
        return "transfer";
    }

    @Override
    public List<Goal> run(Options options) {
        try {
            var figures = Files.createTempFile("etalon-transfer-", ".figures");
            try {
                return measured(figures, options.quick());
            } finally {
                Files.delete(figures);
            }
        } catch (IOException e) {
            throw new IllegalStateException("imports and exports could not be measured", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    private static List<Goal> measured(Path figures, boolean quick) throws IOException, InterruptedException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                TransferStage.class.getName(),
                figures.toString(),
                quick ? "quick" : "whole");
        // Standard output belongs to the goals.
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            var code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(
                        "the server with " + HEAP_MEGABYTES + " MB of heap ended with code " + code);
            }
        } finally {
            process.destroy();
        }
        return Files.readAllLines(figures).stream().map(TransferBench::goal).toList();
    }

    /** As {@link #goal} reads it. */
    static String line(Goal goal) {
        return String.join(
                "\t",
                goal.name(),
                goal.unit(),
                String.valueOf(goal.measured()),
                String.valueOf(goal.yardstick()),
                String.valueOf(goal.ratio()),
                String.valueOf(goal.goal()));
    }

    private static Goal goal(String line) {
        var parts = line.split("\t", -1);
        return new Goal(
                parts[0],
                parts[1],
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4]),
                Double.parseDouble(parts[5]));
    }
}
