package io.etalon.benchmarks.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** The process of the people at their desks, {@link HttpLoad}; its loads run one after the other. */
final class Crowd implements AutoCloseable {
    /** Where the compiler takes less than this part of a burst, what is measured is no longer the compiler. */
    private static final double STEADY = 0.03;

    private static final int WARM_SECONDS = 3;

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader told;

    /** @param sessions a file with a person's session a line, the requester's last */
    Crowd(String url, Path sessions) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HttpLoad.class.getName(),
                        url,
                        sessions.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = new PrintStream(process.getOutputStream(), true, UTF_8);
        told = process.inputReader(UTF_8);
    }

    /**
     * What a load came to.
     *
     * @param p99 milliseconds that 99 of 100 requests took at most
     * @param processor seconds of the processor that the people's own process took
     */
    record Told(double rate, double p99, double processor) {}

    /** @param rate requests a second in all; 0 for as many as can be */
    Told load(String path, int connections, int seconds, double rate) throws IOException {
        return load(path, connections, seconds, rate, Cell.ANSWER);
    }

    /** @param answer what everybody hands in, JSON in one line */
    Told load(String path, int connections, int seconds, double rate, String answer) throws IOException {
        orders.println(path + " " + connections + " " + seconds + " " + rate + " " + answer);
        var line = told.readLine();
        if (line == null) {
            throw new IOException("the load over HTTP failed");
        }
        var figures = line.split(" ");
        return new Told(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]), Double.parseDouble(figures[2]));
    }

    /**
     * Loads the server, which is this process, until its compiler has done its work: in the first half minute the compiler
     * takes as much of the machine as the work, and what was measured then said little of the server.
     */
    void warmUp(String path, int connections, int most) throws IOException {
        warmUp(path, connections, most, Cell.ANSWER);
    }

    /** @param answer what everybody hands in meanwhile */
    void warmUp(String path, int connections, int most, String answer) throws IOException {
        var compiler = ManagementFactory.getCompilationMXBean();
        for (var spent = 0; spent < most; spent += WARM_SECONDS) {
            var before = compiler.getTotalCompilationTime();
            load(path, connections, WARM_SECONDS, 0, answer);
            if (compiler.getTotalCompilationTime() - before < STEADY * WARM_SECONDS * 1_000) {
                return;
            }
        }
    }

    @Override
    public void close() {
        orders.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }
}
