package io.etalon.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of other makers, installed from their registries below {@code target} when a test first wants them and run beside
 * the server. Where a registry is out of reach the test says so by name and is skipped.
 */
final class Peer implements AutoCloseable {
    private static final Path HOME = Path.of("target/peers").toAbsolutePath();

    private final Process process;
    private final BufferedReader out;

    private Peer(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The folder of installed npm packages, each as {@code name@version}. */
    static Path node(String... packages) {
        var folder = HOME.resolve("node");
        install(folder, List.of(packages), () -> {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("package.json"), "{\"private\":true}");
            var command = new ArrayList<>(List.of(
                    "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "--loglevel=error"));
            command.addAll(List.of(packages));
            run(folder, command);
        });
        return folder;
    }

    /** The Python of a virtual environment with packages, each as {@code name==version}. */
    static Path python(String... packages) {
        var folder = HOME.resolve("python");
        var python = folder.resolve("bin").resolve("python");
        install(folder, List.of(packages), () -> {
            run(HOME, List.of("python3", "-m", "venv", folder.toString()));
            var command = new ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "--quiet"));
            command.addAll(List.of(packages));
            run(HOME, command);
        });
        return python;
    }

    @FunctionalInterface
    private interface Installation {
        void run() throws IOException, InterruptedException;
    }

    private static synchronized void install(Path folder, List<String> packages, Installation installation) {
        var mark = HOME.resolve(
                folder.getFileName() + "-" + String.join("-", packages).replace('/', '_') + ".ready");
        try (var lock = lock()) {
            if (!Files.exists(mark)) {
                installation.run();
                Files.createFile(mark);
            }
        } catch (IOException e) {
            System.err.println("SKIPPED: the peers " + packages + " cannot be had: " + e.getMessage());
            Assumptions.abort("the peers " + packages + " cannot be had: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Tests run in two processes, of which one installs at a time. */
    private static FileChannel lock() throws IOException {
        Files.createDirectories(HOME);
        var channel =
                FileChannel.open(HOME.resolve("install.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void run(Path in, List<String> command) throws IOException, InterruptedException {
        var log = HOME.resolve("install.log");
        var process = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(command.getFirst() + " did not succeed, see " + log);
        }
    }

    /** Starts a program that ends with its standard input. */
    static Peer start(List<String> command) throws IOException {
        return new Peer(new ProcessBuilder(command)
                .redirectError(
                        HOME.resolve("peer-" + System.nanoTime() + ".log").toFile())
                .start());
    }

    /** The next line that it prints. */
    String line() throws IOException {
        var line = out.readLine();
        assertThat(line).as("a line of the peer").isNotNull();
        return line;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
    }
}
