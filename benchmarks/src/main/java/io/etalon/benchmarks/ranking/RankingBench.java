package io.etalon.benchmarks.ranking;

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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** {@code etalon bench ranking}. */
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

    /** For a run without the harness: prints the goals; {@code --quick} for smaller inputs. */
    public static void main(String[] arguments) {
        var options = new Options(List.of(arguments).contains("--quick"));
        for (var goal : new RankingBench().run(options)) {
            System.out.printf(
                    Locale.ROOT,
                    "%-90s %10.4g %10.4g %-8s ratio %8.3g goal %6.3g %s%n",
                    goal.name(),
                    goal.measured(),
                    goal.yardstick(),
                    goal.unit(),
                    goal.ratio(),
                    goal.goal(),
                    goal.holds() ? "holds" : "does not hold");
        }
    }

    private static void againstPeers(Options options, List<Goal> goals) {
        var rows = rows(PEER_VOTES, PEER_MODELS);
        var fitSeconds = best(5, () -> {
            var votes = built(rows);
            var fit = (Fit) BradleyTerry.fit(votes, HALF);
            return Sandwich.of(fit, votes, Clustering.ROWS, Parallelism.ALL_CORES);
        });
        var votes = built(rows);
        var fit = (Fit) BradleyTerry.fit(votes, HALF);
        var bootSeconds = best(3, () -> ClusterBootstrap.of(fit, votes, Clustering.ROWS, REPLICATES, 1));
        var name = "Bradley-Terry, " + PEER_VOTES + " votes x " + PEER_MODELS + " models, ";
        try {
            var peers = Peers.time(rows, options.quick() ? 4 : 100);
            goals.add(Goal.ofCost(
                    name + "fit and row-wise errors from named rows; arena-rank",
                    "s",
                    fitSeconds,
                    peers.arenaFit(),
                    10));
            goals.add(Goal.ofCost(
                    name + "fit from named rows; choix on a dense matrix", "s", fitSeconds, peers.choixFit(), 1));
            goals.add(Goal.ofCost(
                    name + REPLICATES + " bootstrap replicates; arena-rank (scaled)",
                    "s",
                    bootSeconds,
                    REPLICATES * peers.arenaReplicate(),
                    10));
            goals.add(Goal.ofCost(
                    name + REPLICATES + " bootstrap replicates; choix (scaled)",
                    "s",
                    bootSeconds,
                    REPLICATES * peers.choixReplicate(),
                    10));
            goals.add(Goal.ofCost(
                    "greatest difference of a rating from arena-rank's",
                    "Elo",
                    Math.max(1e-9, distance(fit, peers)),
                    1,
                    10));
        } catch (IOException e) {
            System.err.println("peers arena-rank and choix cannot be had: " + e.getMessage());
            goals.add(Goal.ofCost(name + "fit and 1,000 replicates; peers missing", "s", bootSeconds, 0, 10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double distance(Fit fit, Peers.Times peers) {
        var theirs = peers.ratings();
        var mean = theirs.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        return IntStream.range(0, fit.models().size())
                .mapToDouble(i -> Math.abs(400 / Math.log(10) * fit.strength(i)
                        - (theirs.getOrDefault(fit.models().get(i), Double.NaN) - mean)))
                .max()
                .orElse(0);
    }

    private static void scale(Options options, List<Goal> goals) {
        var size = options.quick() ? 10_000_000 : 100_000_000;
        var models = options.quick() ? 300 : 1000;
        var limit = options.quick() ? .3 : 3;
        var prompts = 1000;
        var votes = dense(size, models, prompts);
        var counting = best(3, () -> PairCounts.of(votes, Parallelism.ALL_CORES));
        var whole = best(3, () -> {
            var fit = (Fit) BradleyTerry.fit(votes, FitOptions.standard());
            return Sandwich.of(fit, votes, Clustering.PROMPT, Parallelism.ALL_CORES);
        });
        var name = size / 1_000_000 + " M votes x " + models + " models, ";
        goals.add(Goal.ofCost(
                name + "Davidson's fit and errors clustered by " + prompts + " prompts, from dense ids",
                "s",
                whole,
                limit,
                1));
        goals.add(Goal.ofRate(
                name + "counted, 5 bytes a vote; copying memory on one thread",
                "GB/s",
                size * 5e-9 / counting,
                copying(),
                .05));
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
                "s",
                seconds,
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
        return from.length * 16e-9 / seconds;
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

    /** Seconds of the fastest of several runs. */
    private static <T> double best(int rounds, Supplier<T> work) {
        var best = Double.POSITIVE_INFINITY;
        for (var round = 0; round < rounds; round++) {
            var start = System.nanoTime();
            var unused = work.get();
            best = Math.min(best, (System.nanoTime() - start) * 1e-9);
        }
        return best;
    }
}
