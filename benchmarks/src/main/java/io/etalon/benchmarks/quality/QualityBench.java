package io.etalon.benchmarks.quality;

import io.etalon.benchmarks.Benchmark;
import io.etalon.benchmarks.Goal;
import io.etalon.benchmarks.Peers;
import io.etalon.quality.Labels;
import io.etalon.quality.agreement.Distance;
import io.etalon.quality.agreement.KrippendorffAlpha;
import io.etalon.quality.truth.DawidSkene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Dawid-Skene and Krippendorff's alpha. Figures of one core are CPU time, which a shared machine disturbs least; those of
 * two threads and of the large crowd are wall time.
 */
public final class QualityBench implements Benchmark {
    private static final List<String> PEERS = List.of("crowd-kit==1.4.1", "krippendorff==0.9.0");
    private static final double GIGABYTE = 1L << 30;
    private static final double MILLION = 1e6;
    /** Runs of a millisecond until the last compiler is through with them; the peer's loops are compiled beforehand. */
    private static final int WARM = 400;

    @Override
    public String name() {
        return "quality";
    }

    @Override
    public List<Goal> run(Options options) {
        var goals = new ArrayList<Goal>();
        var peers = Peers.with(PEERS);
        goals.add(againstCrowdKit(2, peers));
        goals.add(againstCrowdKit(5, peers));
        goals.addAll(alpha(peers));
        goals.addAll(largeCrowd(options));
        goals.addAll(sweeps(options));
        goals.add(update());
        return goals;
    }

    /**
     * An iteration on either side: E-step, M-step and what the stopping rule looks at (there the evidence lower bound, here the
     * log likelihood), with labels in memory and start-up taken away as the difference of a long and a short fit. The ratio is
     * that of one iteration on one core: neither stopping rule is in it. CPU time of the fitting thread here, of the process
     * there.
     */
    private static Goal againstCrowdKit(int classes, Optional<Peers> peers) {
        var labels = new SyntheticCrowd(200_000, 2000, classes, 5).labels();
        var ours = iteration(labels, 20);
        var theirs =
                peers.map(found -> onPeer(found, labels, "dawid-skene", "4")).orElse(List.of());
        return Goal.ofCost(
                "Dawid-Skene, 1 M labels, K = " + classes + ", an iteration on one core, against crowd-kit",
                "CPU s",
                ours,
                theirs.isEmpty() ? Double.NaN : theirs.getLast(),
                50);
    }

    /**
     * Both sides are timed from the form their documentation has a user keep judgements in, held in memory, to the value:
     * here {@link Labels}, which are grouped by task and know since they were built whether anybody judged a task twice; there
     * the matrix of workers by tasks, in which nobody can, without a gap, the densest and so the kindest case for it. Neither
     * reading the file nor building that form is timed. Each figure is the best of several runs, the first of which load or
     * compile the code. The goal is on the time that a user waits, on the clock, with the threads that either side takes by
     * itself (here those of the machine up to four, there one); beside it stands the CPU time of one thread here, of the
     * process there. The values must agree.
     */
    private static List<Goal> alpha(Optional<Peers> peers) {
        var labels = new SyntheticCrowd(40_000, 25, 5, 25).labels();
        var value = KrippendorffAlpha.of(labels, Distance.NOMINAL).orElseThrow();
        var wall = best(() -> wallSeconds(() -> KrippendorffAlpha.of(labels, Distance.NOMINAL)));
        var cpu = best(() -> cpuSeconds(() -> KrippendorffAlpha.of(labels, Distance.NOMINAL, 1)));
        var theirs = peers.map(found -> onPeer(found, labels, "alpha")).orElse(List.of());
        if (!theirs.isEmpty() && Math.abs(theirs.getFirst() - value) > 1e-6) {
            throw new IllegalStateException("alpha is " + value + " here and " + theirs.getFirst() + " at the peer");
        }
        var name = "Krippendorff's alpha, 1 M labels, nominal, against krippendorff, ";
        return List.of(
                Goal.ofCost(name + "time", "s", wall, theirs.isEmpty() ? Double.NaN : theirs.get(1), 20),
                Goal.ofCost(
                        name + "on one core (reported)",
                        "CPU s",
                        cpu,
                        theirs.isEmpty() ? Double.NaN : theirs.get(2),
                        0));
    }

    private static double best(DoubleSupplier seconds) {
        return DoubleStream.generate(seconds).limit(WARM).min().orElseThrow();
    }

    /** The numbers that a peer prints for these labels; none when it fails. */
    private static List<Double> onPeer(Peers peers, Labels labels, String what, String... arguments) {
        try (var script = Objects.requireNonNull(QualityBench.class.getResourceAsStream("peers.py"))) {
            var folder = Files.createTempDirectory(Files.createDirectories(Peers.folder()), "bench-");
            var program = Files.write(folder.resolve("peers.py"), script.readAllBytes());
            var data = folder.resolve("labels.csv");
            SyntheticCrowd.write(labels, data);
            var words = new ArrayList<>(List.of(what, data.toString()));
            words.addAll(List.of(arguments));
            var printed = peers.run(program, words.toArray(String[]::new));
            for (var file : List.of(program, data, folder)) {
                Files.delete(file);
            }
            return printed.orElse(List.of()).stream().map(Double::valueOf).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Goal> largeCrowd(Options options) {
        var tasks = options.quick() ? 1_000_000 : 10_000_000;
        var limit = tasks / MILLION;
        var name = String.format(
                Locale.ROOT, "Dawid-Skene, %.0f M binary labels to convergence, two threads, ", 10 * limit);
        var printed = inChild(tasks);
        if (!printed.isEmpty()) {
            System.err.printf(
                    Locale.ROOT, "large crowd: %.0f iterations, %.4f right%n", printed.get(2), printed.get(3));
        }
        var seconds = printed.isEmpty() ? Double.NaN : printed.get(0);
        var heap = printed.isEmpty() ? Double.NaN : printed.get(1) / GIGABYTE;
        return List.of(
                Goal.ofCost(name + "time", "s", seconds, limit, 1), Goal.ofCost(name + "heap", "GiB", heap, 1, 1));
    }

    private static List<Double> inChild(int tasks) {
        try {
            return Peers.call(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx1g",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LargeCrowd.class.getName(),
                            Integer.toString(tasks)))
                    .stream()
                    .map(Double::valueOf)
                    .toList();
        } catch (IOException failure) {
            System.err.println("The large crowd failed; its goals do not hold: " + failure.getMessage());
            return List.of();
        }
    }

    /**
     * Sweeps over crowds of 10,000 workers. With eight classes the odds take 2.5 MB and the counts of a thread as much, more
     * than twice the second cache of the machine where this was measured (1 MB a core): most judgements wait for lines of the
     * third, which its tenants share. Hence the spread of this figure there within an hour: 69 to 108 million labels a second
     * at a load of 3 on two cores, 35 to 98 at one of 7 to 9. It is reported, with no goal.
     */
    private static List<Goal> sweeps(Options options) {
        var goals = new ArrayList<Goal>();
        var tasks = options.quick() ? 1_000_000 : 2_000_000;
        var binary = new SyntheticCrowd(tasks, 10_000, 2, 10).labels();
        var one = wall(binary, 1);
        var two = wall(binary, 2);
        goals.add(Goal.ofRate(
                "Dawid-Skene, gain of a binary sweep by a second thread, against that of pure arithmetic",
                "times",
                one / two,
                arithmeticGain(),
                .85));
        var cpu = iteration(binary, 10);
        goals.add(reported(2, binary.size() / cpu, 400 * MILLION));
        goals.add(Goal.ofRate(
                "memory read by a binary sweep on one core, against a copy loop (reported)",
                "GB/s",
                (4.0 * binary.size() + 4.0 * tasks) / cpu / 1e9,
                copyRate() / 1e9,
                0));
        for (var classes : new int[] {5, 8}) {
            var labels = new SyntheticCrowd(tasks / 2, 10_000, classes, 10).labels();
            goals.add(reported(classes, labels.size() / iteration(labels, 10), 90 * MILLION));
        }
        return goals;
    }

    /** How much faster two threads do arithmetic in registers than one: less than 2 where others use the machine. */
    private static double arithmeticGain() {
        var best = IntStream.range(0, 4)
                .mapToObj(run -> new double[] {wallSeconds(() -> spin(1)), wallSeconds(() -> spin(2))})
                .reduce((a, b) -> new double[] {Math.min(a[0], b[0]), Math.min(a[1], b[1])})
                .orElseThrow();
        return 2 * best[0] / best[1];
    }

    /** A fixed number of steps by each of so many threads. */
    private static void spin(int threads) {
        var sum = IntStream.range(0, threads)
                .parallel()
                .mapToLong(thread -> {
                    var value = 1L + thread;
                    for (var step = 0; step < 200_000_000; step++) {
                        value = value * 6_364_136_223_846_793_005L + step;
                    }
                    return value;
                })
                .sum();
        if (sum == 0) {
            throw new IllegalStateException("the sum of odd multiples is not 0");
        }
    }

    private static Goal reported(int classes, double rate, double bar) {
        return Goal.ofRate(
                "Dawid-Skene, a sweep with 10,000 workers, K = " + classes
                        + ", on one core, against the bar (reported)",
                "labels/s",
                rate,
                bar,
                0);
    }

    /** CPU seconds of one iteration on one thread: the difference between the best long fit and the best short one. */
    private static double iteration(Labels labels, int iterations) {
        return perIteration(labels, iterations, 1, QualityBench::cpuSeconds);
    }

    /** Seconds on the clock of one iteration by so many threads. */
    private static double wall(Labels labels, int threads) {
        return perIteration(labels, 10, threads, QualityBench::wallSeconds);
    }

    private static double perIteration(
            Labels labels, int iterations, int threads, ToDoubleFunction<Runnable> stopwatch) {
        var few = Double.POSITIVE_INFINITY;
        var many = Double.POSITIVE_INFINITY;
        for (var run = 0; run < 12; run++) {
            few = Math.min(few, stopwatch.applyAsDouble(() -> fit(labels, 2, threads)));
            many = Math.min(many, stopwatch.applyAsDouble(() -> fit(labels, 2 + iterations, threads)));
        }
        return (many - few) / iterations;
    }

    private static void fit(Labels labels, int iterations, int threads) {
        var fit = DawidSkene.plain()
                .withTolerance(0)
                .withMaxIterations(iterations)
                .withThreads(threads)
                .fit(labels);
        if (fit.iterations() != iterations) {
            throw new IllegalStateException("came to rest after " + fit.iterations() + " iterations of " + iterations);
        }
    }

    private static double wallSeconds(Runnable work) {
        var begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double cpuSeconds(Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        var begun = threads.getCurrentThreadCpuTime();
        work.run();
        return (threads.getCurrentThreadCpuTime() - begun) / 1e9;
    }

    /** Bytes read and written a second by a copy of 64 MiB. */
    private static double copyRate() {
        var from = new long[1 << 23];
        var to = new long[from.length];
        return IntStream.range(0, 10)
                .mapToDouble(run -> 16.0 * from.length / cpuSeconds(() -> System.arraycopy(from, 0, to, 0, to.length)))
                .max()
                .orElseThrow();
    }

    private static Goal update() {
        var fit = DawidSkene.pooled().fit(new SyntheticCrowd(10_000, 1000, 5, 5).labels());
        var updates = 200_000;
        var best = IntStream.range(0, 3)
                .mapToDouble(run -> cpuSeconds(() -> {
                    var posterior = fit.classMarginals();
                    for (var i = 0; i < updates; i++) {
                        posterior = fit.updated(posterior, Integer.toString(i % 1000), Integer.toString(i % 5));
                    }
                }))
                .min()
                .orElseThrow();
        return Goal.ofCost("one more label taken into a task's posterior", "microseconds", best / updates * 1e6, 50, 1);
    }
}
