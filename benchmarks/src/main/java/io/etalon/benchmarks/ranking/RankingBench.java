package io.etalon.benchmarks.ranking;

import com.sun.management.OperatingSystemMXBean;
import io.etalon.benchmarks.Benchmark;
import io.etalon.benchmarks.Goal;
import io.etalon.ranking.Outcome;
import io.etalon.ranking.PairCounts;
import io.etalon.ranking.Vote;
import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.interval.ClusterBootstrap;
import io.etalon.ranking.interval.Clustering;
import io.etalon.ranking.interval.Sandwich;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.FitOptions;
import io.etalon.ranking.model.Ties;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Ratings. Peers are compared by CPU time, of all threads together: ratios are per core, and a shared machine disturbs them
 * least. Limits of time on large votes are on the clock, of all cores, with the CPU time beside them.
 */
public final class RankingBench implements Benchmark {
    /** Models and votes of the public notebook whose timings arena-rank prints. */
    private static final int PEER_MODELS = 53;

    private static final int PEER_VOTES = 135_634;
    private static final int REPLICATES = 1000;
    private static final FitOptions HALF = FitOptions.standard().withTies(Ties.HALF);

    @Override
    public String name() {
        return "ranking";
    }

    @Override
    public List<Goal> run(Options options) {
        var goals = new ArrayList<Goal>();
        againstPeers(options, goals);
        scale(options, goals);
        style(options, goals);
        return goals;
    }

    private static void againstPeers(Options options, List<Goal> goals) {
        var rows = rows(PEER_VOTES, PEER_MODELS);
        var fitting = best(options.quick() ? 5 : 10, () -> {
            var votes = built(rows);
            var fit = (Fit) BradleyTerry.fit(votes, HALF);
            return Sandwich.of(fit, votes, Clustering.ROWS, Parallelism.ALL_CORES);
        });
        var votes = built(rows);
        var fit = (Fit) BradleyTerry.fit(votes, HALF);
        // The clock of CPU time ticks every ten milliseconds: ten times the work, a tenth of the time.
        var boot = best(5, () -> ClusterBootstrap.of(fit, votes, Clustering.ROWS, 10 * REPLICATES, 1))
                .share(10);
        var peers = RatingPeers.on(rows, options.quick() ? 4 : 40);
        var name = PEER_VOTES + " votes x " + PEER_MODELS + " models, ";
        goals.add(against(
                peers,
                name + "fit and row-wise errors from named rows; arena-rank",
                fitting,
                RatingPeers::arenaFit,
                10));
        goals.add(against(
                peers,
                name + "the same; arena-rank, had it compiled its fit once (reported)",
                fitting,
                RatingPeers::arenaFitCompiled,
                0));
        goals.add(against(
                peers,
                name + "fit from named rows, with errors; choix without (reported)",
                fitting,
                RatingPeers::choixFit,
                0));
        goals.add(against(
                peers,
                name + REPLICATES + " bootstrap replicates; arena-rank, which compiles each (reported)",
                boot,
                found -> REPLICATES * found.arenaReplicate(),
                0));
        goals.add(against(
                peers,
                name + REPLICATES + " bootstrap replicates; arena-rank's fits alone, compiled once",
                boot,
                found -> REPLICATES * found.arenaReplicateCompiled(),
                10));
        goals.add(against(
                peers,
                name + REPLICATES + " bootstrap replicates; choix",
                boot,
                found -> REPLICATES * found.choixReplicate(),
                10));
        goals.add(Goal.ofCost(
                name + "greatest difference of a rating from arena-rank's",
                "Elo",
                peers.map(found -> Math.max(1e-9, distance(fit, found))).orElse(Double.NaN),
                .1,
                1));
    }

    private static Goal against(
            Optional<RatingPeers> peers, String name, Seconds ours, ToDoubleFunction<RatingPeers> theirs, double goal) {
        return Goal.ofCost(
                name, "CPU s", ours.cpu, peers.map(theirs::applyAsDouble).orElse(Double.NaN), goal);
    }

    private static double distance(Fit fit, RatingPeers peers) {
        var theirs = peers.ratings();
        var mean = theirs.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
        return IntStream.range(0, fit.models().size())
                .mapToDouble(i -> Math.abs(400 / Math.log(10) * fit.strength(i)
                        - (theirs.getOrDefault(fit.models().get(i), Double.NaN) - mean)))
                .max()
                .orElse(Double.NaN);
    }

    private static void scale(Options options, List<Goal> goals) {
        if (!options.quick()) {
            scale(100_000_000, 1000, 3, goals);
        }
        scale(10_000_000, 300, .3, goals);
    }

    private static void scale(int size, int models, double limit, List<Goal> goals) {
        var prompts = 1000;
        var votes = dense(size, models, prompts);
        var counting = best(3, () -> PairCounts.of(votes, Parallelism.ALL_CORES));
        var whole = best(5, () -> {
            var fit = (Fit) BradleyTerry.fit(votes, FitOptions.standard());
            return Sandwich.of(fit, votes, Clustering.PROMPT, Parallelism.ALL_CORES);
        });
        var name = size / 1_000_000 + " M votes x " + models + " models, ";
        goals.add(Goal.ofCost(
                name + "Davidson's fit and errors clustered by " + prompts + " prompts, from dense ids",
                "s",
                whole.wall,
                limit,
                1));
        goals.add(Goal.ofCost(name + "the same, of all cores together (reported)", "CPU s", whole.cpu, limit, 0));
        goals.add(Goal.ofRate(
                name + "votes read while they are counted, against a copy loop (reported)",
                "GB/s",
                size * 5e-9 / counting.wall,
                copying(),
                0));
    }

    private static void style(Options options, List<Goal> goals) {
        var size = options.quick() ? 2_000_000 : 10_000_000;
        var models = options.quick() ? 300 : 1000;
        var limit = options.quick() ? .5 : 2.5;
        var random = new SplittableRandom(3);
        var columns = new float[4][size];
        for (var column : columns) {
            for (var i = 0; i < size; i++) {
                column[i] = (float) (random.nextDouble() + random.nextDouble() - 1);
            }
        }
        var votes = dense(size, models, 1000).withStyle(List.of("tokens", "headers", "lists", "bold"), columns);
        var one = HALF.withParallelism(Parallelism.ONE_THREAD);
        var seconds = best(3, () -> BradleyTerry.fit(votes, one));
        goals.add(Goal.ofCost(
                size / 1_000_000 + " M votes x " + models + " models x 4 style columns, one thread",
                "CPU s",
                seconds.cpu,
                limit,
                1));
    }

    private static double copying() {
        var from = new long[1 << 24];
        var to = new long[1 << 24];
        var seconds = best(5, () -> {
            System.arraycopy(from, 0, to, 0, from.length);
            return to;
        });
        return from.length * 16e-9 / seconds.wall;
    }

    private static Votes built(List<Vote> rows) {
        var builder = Votes.builder();
        rows.forEach(builder::add);
        return builder.build();
    }

    private static List<Vote> rows(int size, int models) {
        var votes = dense(size, models, 1);
        return IntStream.range(0, size)
                .mapToObj(i -> Vote.of(
                        "model-" + votes.models().get(votes.a(i)),
                        "model-" + votes.models().get(votes.b(i)),
                        votes.outcome(i)))
                .toList();
    }

    private static Votes dense(int size, int models, int prompts) {
        var random = new SplittableRandom(size + models);
        var odds = IntStream.range(0, models)
                .mapToDouble(i -> Math.exp(2.0 * i / models))
                .toArray();
        var a = new char[size];
        var b = new char[size];
        var outcome = new byte[size];
        var prompt = new int[size];
        for (var i = 0; i < size; i++) {
            a[i] = (char) random.nextInt(models);
            b[i] = (char) ((a[i] + 1 + random.nextInt(models - 1)) % models);
            prompt[i] = random.nextInt(prompts);
            var tied = random.nextInt(4) == 0;
            var won = random.nextDouble() * (odds[a[i]] + odds[b[i]]) < odds[a[i]];
            outcome[i] = (byte) (tied ? Outcome.TIE : won ? Outcome.A : Outcome.B).ordinal();
        }
        var names = IntStream.range(0, models).mapToObj(Integer::toString).toList();
        return Votes.dense(names, a, b, outcome).withPrompts(prompt);
    }

    /** Time on the clock, and of all threads of this process together. */
    private record Seconds(double wall, double cpu) {
        Seconds share(int parts) {
            return new Seconds(wall / parts, cpu / parts);
        }
    }

    /** The least of several runs, of each kind of time. */
    private static <T> Seconds best(int rounds, Supplier<T> work) {
        var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        var wall = Double.POSITIVE_INFINITY;
        var cpu = Double.POSITIVE_INFINITY;
        for (var round = 0; round < rounds; round++) {
            var used = process.getProcessCpuTime();
            var start = System.nanoTime();
            var unused = work.get();
            wall = Math.min(wall, (System.nanoTime() - start) * 1e-9);
            cpu = Math.min(cpu, (process.getProcessCpuTime() - used) * 1e-9);
        }
        return new Seconds(wall, cpu);
    }
}
