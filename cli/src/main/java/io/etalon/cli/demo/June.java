package io.etalon.cli.demo;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * June 2025: five competing clients have the same vendor; one of them buys 49 % of it in the middle of the work. What must
 * follow is checked in five outcomes; the first that does not hold ends it with a {@link DemoFailure} that bears its number.
 */
public final class June {
    /** With fewer, a team of one may be left with a share of tasks that its person has all answered. */
    public static final int FEWEST_PEOPLE = 30;

    /** Who may watch it. */
    public static final String VIEWER = "viewer@june.invalid";

    /** Of a client that stays, whose wall closes. */
    public static final String REQUESTER = "requester@gpt-maker.invalid";

    /** Who enters the stake. */
    public static final String OPERATOR = "operator@localhost";

    /** When the stake is entered, and when the consequences are measured: shares of all answers. */
    private static final double BOUGHT = 0.4;

    private static final double SETTLED = 0.85;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration STALLED = Duration.ofSeconds(45);

    /** Where it is played. */
    public interface Stage extends AutoCloseable {
        String url();

        /** The token of a one-time link for the first operator. */
        String setupToken();

        /** The token of a one-time link for somebody who has an account. */
        String signInToken(String email);

        /** The data directory, to search every byte of it. */
        Path data();

        /** A server of its own on another data directory. */
        Stage elsewhere(Path data);

        /** Runs another command line of this program. */
        Ran etalon(String... arguments);

        /** What a command line did. */
        record Ran(int code, String out, String err) {}

        /** Hears how far a long step is. */
        void progress(long done, long total, String what);

        /** Prints one finished step. */
        void step(String name, String what);

        /** Prints one outcome that holds, with what was measured. */
        void outcome(int number, String what);

        @Override
        void close();
    }

    /**
     * How much of it.
     *
     * @param tasks of all clients
     * @param people who work, {@link #FEWEST_PEOPLE} or more
     * @param truth the folder of published labelled sets; need not exist
     * @param seed of the answers
     */
    public record Plan(int tasks, int people, Path truth, long seed) {}

    private final Stage stage;
    private final Plan plan;
    private final Path papers;
    private final JuneWorld world;
    private final long begun = System.nanoTime();

    public June(Stage stage, Plan plan) throws IOException {
        this.stage = stage;
        this.plan = plan;
        // Beside the data directory, of which every byte is searched in the end.
        var data = stage.data().toAbsolutePath().normalize();
        this.papers = Files.createDirectories(data.resolveSibling(data.getFileName() + "-papers"));
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        this.world = new JuneWorld(stage, Api.anonymous(http, stage::url), Truths.load(plan.truth(), plan.seed()));
    }

    /** Makes the clients, the register, the walls, the people, the tasks and the routing, and whoever may watch. */
    public void prepare() {
        world.build(plan);
        stage.step(
                "world",
                "5 clients, 3 vendors, 5 in-house teams, " + world.people().size() + " people, "
                        + world.tasks() + " waiting tasks, walls and routing policies; answers follow "
                        + world.truths().source());
    }

    /** The address of somebody who works for all five clients to the end. */
    public String annotator() {
        var vendor = world.vendors().getLast();
        return world.people().stream()
                .filter(one -> one.employer().equals(vendor))
                .findFirst()
                .orElseThrow()
                .email();
    }

    /** @throws DemoFailure at the first outcome that does not hold */
    public void play() throws IOException {
        var witness = new JuneWitness(stage, world, papers.resolve("witness"));
        witness.prepare();
        witness.look();
        stage.step("witness", "five witnesses remember the clients' logs");
        var closing = new JuneClosing(world);
        var dependence = new JuneDependence(world);
        var began = System.nanoTime();
        var exit = new JuneExit(stage, world, papers);
        try (var shift = new Shift(world)) {
            await(shift, BOUGHT, "working");
            outcome(1, () -> closing.hold(shift));
            var before = dependence.measure();
            outcome(1, () -> closing.buy(shift));
            stage.step("bought", closing.said());
            await(shift, SETTLED, "the others go on");
            var after = dependence.measure();
            await(shift, 1, "the others finish");
            var seconds = (System.nanoTime() - began) / 1e9;
            stage.step(
                    "worked",
                    String.format(
                            Locale.ROOT,
                            "%d answers in %.1f s (%.0f a second), %d refused at walls, %d answers fenced",
                            shift.answers(),
                            seconds,
                            shift.answers() / seconds,
                            shift.refused(),
                            shift.fenced()));
            shift.close();
            world.makers().forEach(Maker::awaitLog);
            outcome(1, () -> stage.outcome(1, closing.check()));
            outcome(2, () -> stage.outcome(2, new JuneCount(world).check(shift)));
            outcome(3, () -> stage.outcome(3, witness.reports(papers)));
            exit.plant(shift.ownAnswer(world.leaver()));
            outcome(4, () -> stage.outcome(4, dependence.check(before, after)));
        }
        outcome(5, () -> stage.outcome(5, exit.leave()));
        stage.step(
                "time",
                String.format(Locale.ROOT, "%.1f s in all; papers in %s", (System.nanoTime() - begun) / 1e9, papers));
    }

    /** Work that may fail. */
    private interface Act {
        void run() throws IOException;
    }

    private static void outcome(int number, Act act) throws IOException {
        try {
            act.run();
        } catch (DemoFailure e) {
            throw new DemoFailure("outcome " + number + " does not hold: " + e.getMessage(), e);
        }
    }

    /** Waits until so much of all answers has come; a shift in which nothing comes any more is a failure. */
    private void await(Shift shift, double share, String what) {
        var needed = world.makers().stream().mapToLong(Maker::answersNeeded).sum();
        var seen = -1L;
        var moved = System.nanoTime();
        var given = given();
        while (given < Math.round(share * needed)) {
            shift.requireSound();
            if (given != seen) {
                seen = given;
                moved = System.nanoTime();
            }
            if (System.nanoTime() - moved > STALLED.toNanos()) {
                throw new DemoFailure("no answer came for " + STALLED.toSeconds() + " s while " + (needed - seen)
                        + " of " + needed + " are still to be given: " + standing());
            }
            stage.progress(given, needed, what);
            LockSupport.parkNanos(LOOK.toNanos());
            given = given();
        }
    }

    /** How each queue stands. */
    private String standing() {
        var text = new StringBuilder();
        for (var maker : world.makers()) {
            text.append(maker.name())
                    .append(' ')
                    .append(maker.progress())
                    .append(' ')
                    .append(maker.requester().get(maker.project() + "/routing"))
                    .append("; ");
        }
        return text.toString();
    }

    private long given() {
        return world.makers().stream()
                .mapToLong(maker -> maker.progress().get("submissions").asLong())
                .sum();
    }
}
