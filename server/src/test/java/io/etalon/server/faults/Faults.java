package io.etalon.server.faults;

import java.io.IOException;
import java.net.ServerSocket;

/**
 * How much of a fault experiment is run: a short form in every test run, the whole one by {@code ./etalon test faults}
 * ({@code -Detalon.faults=whole}).
 */
public final class Faults {
    private static final boolean WHOLE = switch (System.getProperty("etalon.faults", "short")) {
        case "short" -> false;
        case "whole" -> true;
        default -> throw new IllegalArgumentException("etalon.faults must be short or whole");
    };

    private Faults() {}

    /** One number for every test run, another for the whole experiment. */
    public static int times(int shortForm, int wholeForm) {
        return WHOLE ? wholeForm : shortForm;
    }

    public static boolean whole() {
        return WHOLE;
    }

    /** A seed, printed so that {@code -Detalon.seed=…} repeats the run. */
    public static long seed() {
        var seed = Long.getLong("etalon.seed", System.nanoTime());
        System.out.println("seed " + seed);
        return seed;
    }

    /** A line of what an experiment saw, for who reads its log. */
    public static void saw(String line) {
        System.out.println("saw: " + line);
    }

    /** A free port whose successor is free too. */
    static int twoFreePorts() throws IOException {
        while (true) {
            try (var first = new ServerSocket(0)) {
                var port = first.getLocalPort();
                if (port < 65_535) {
                    try (var second = new ServerSocket(port + 1)) {
                        return second.getLocalPort() - 1;
                    } catch (IOException e) {
                        // Taken; another pair is looked for.
                    }
                }
            }
        }
    }
}
