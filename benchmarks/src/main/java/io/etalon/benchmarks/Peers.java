package io.etalon.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Python packages to be measured against, in a virtual environment under {@code benchmarks/target}: installed from their
 * registry when first wanted, never a dependency.
 */
public final class Peers {
    private final Path python;

    private Peers(Path python) {
        this.python = python;
    }

    /** Folder for what benchmarks leave behind; the launcher sets {@code etalon.bench.folder}. */
    public static Path folder() {
        return Path.of(System.getProperty("etalon.bench.folder", "benchmarks/target"))
                .toAbsolutePath();
    }

    /** An environment with the packages, such as {@code crowd-kit==1.4.1}; empty, and said, when it cannot be had. */
    public static Optional<Peers> with(List<String> packages) {
        var home = folder().resolve("peers");
        var python = home.resolve("bin").resolve("python");
        var ready = home.resolve(String.join(" ", packages) + ".installed");
        try {
            if (!Files.exists(ready)) {
                System.err.println("Installing " + String.join(", ", packages) + " into " + home + " …");
                call(List.of("python3", "-m", "venv", home.toString()));
                var install = new ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "--quiet"));
                install.addAll(packages);
                call(install);
                Files.createFile(ready);
            }
            return Optional.of(new Peers(python));
        } catch (IOException failure) {
            System.err.println("Peers cannot be had; goals against them do not hold: " + failure.getMessage());
            return Optional.empty();
        }
    }

    /** Runs a script on one core and returns the lines it prints; empty, and said, when it fails. */
    public Optional<List<String>> run(Path script, String... arguments) {
        var command = new ArrayList<>(List.of(python.toString(), script.toString()));
        command.addAll(List.of(arguments));
        try {
            return Optional.of(call(command));
        } catch (IOException failure) {
            System.err.println("A peer failed; its goal does not hold: " + failure.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Runs a program, its standard error shown, and returns the lines of its standard output.
     *
     * @throws IOException when it cannot be started or ends with another code than 0
     */
    public static List<String> call(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // Numerical libraries would take every core: figures are per core.
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        var process = builder.start();
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            var lines = reader.lines().toList();
            var code = process.waitFor();
            if (code != 0) {
                throw new IOException(String.join(" ", command) + " ended with code " + code);
            }
            return lines;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
