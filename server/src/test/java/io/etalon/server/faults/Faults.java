package io.etalon.server.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

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

    private static final int FIRST_PORT = 20_000;
    /** Of Linux, where nobody configured it. */
    private static final int FIRST_OUTGOING_PORT = 32_768;

    private Faults() {}

    /** One number for every test run, another for the whole experiment. */
    public static int times(int shortForm, int wholeForm) {
        return WHOLE ? wholeForm : shortForm;
    }

    /** The same for the number of kills; {@code -Detalon.kills=…} shortens the whole form on a machine that is busy. */
    static int kills(int shortForm, int wholeForm) {
        return WHOLE ? Integer.getInteger("etalon.kills", wholeForm) : shortForm;
    }

    /** How long to wait for what must happen: whole experiments share their machine with others. */
    static Duration patience() {
        return Duration.ofSeconds(times(60, 300));
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

    /**
     * A free port whose successor is free too. It stays free while its server is down: it is none of those that the system
     * gives to outgoing connections.
     */
    static int twoFreePorts() throws IOException {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_OUTGOING_PORT - 1);
            var here = InetAddress.getLoopbackAddress();
            try (var first = new ServerSocket(port, 1, here);
                    var second = new ServerSocket(port + 1, 1, here)) {
                return Math.min(first.getLocalPort(), second.getLocalPort());
            } catch (IOException e) {
                // Taken; another pair is looked for.
            }
        }
    }
}
