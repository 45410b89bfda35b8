package io.etalon.ranking;

import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.FitOptions;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Votes from a world where prompts and voters have tastes of their own: for each, every model's strength is off by a normal
 * draw, so votes that share one depend on each other. Ties are Davidson's.
 */
public record ClusteredVotes(int models, int prompts, int voters, int votes, double promptSpread, double voterSpread) {
    private static final double NU = .6;

    public Votes draw(SplittableRandom random) {
        var ofPrompt = tastes(random, prompts, promptSpread);
        var ofVoter = tastes(random, voters, voterSpread);
        var a = new char[votes];
        var b = new char[votes];
        var outcome = new byte[votes];
        var prompt = new int[votes];
        var voter = new int[votes];
        for (var i = 0; i < votes; i++) {
            a[i] = (char) random.nextInt(models);
            b[i] = (char) ((a[i] + 1 + random.nextInt(models - 1)) % models);
            prompt[i] = random.nextInt(prompts);
            voter[i] = random.nextInt(voters);
            var difference = strength(a[i])
                    - strength(b[i])
                    + ofPrompt[prompt[i]][a[i]]
                    - ofPrompt[prompt[i]][b[i]]
                    + ofVoter[voter[i]][a[i]]
                    - ofVoter[voter[i]][b[i]];
            var chances = chances(difference);
            var u = random.nextDouble();
            outcome[i] = (byte) (u < chances[0] ? 0 : u < chances[0] + chances[1] ? 1 : 2);
        }
        return Votes.dense(names(), a, b, outcome).withPrompts(prompt).withVoters(voter);
    }

    /** What the fit converges to with ever more prompts and voters: the best strengths for the average over tastes. */
    public Fit limit(FitOptions options) {
        var wins = new double[models][models];
        var ties = new double[models][models];
        var spread = Math.sqrt(2 * (promptSpread * promptSpread + voterSpread * voterSpread));
        for (var i = 0; i < models; i++) {
            for (var j = 0; j < models; j++) {
                for (var step = -400; step <= 400; step++) {
                    var z = step / 50.0;
                    var weight = Math.exp(-z * z / 2);
                    var chances = chances(strength(i) - strength(j) + spread * z);
                    wins[i][j] += weight * chances[0];
                    ties[i][j] += weight * chances[2];
                }
            }
        }
        return (Fit)
                BradleyTerry.fit(PairCounts.of(names(), wins, ties), options.withParallelism(Parallelism.ONE_THREAD));
    }

    private List<String> names() {
        return IntStream.range(0, models).mapToObj(Integer::toString).toList();
    }

    private double strength(int model) {
        return 2.0 * model / (models - 1) - 1;
    }

    private static double[] chances(double difference) {
        var win = Math.exp(difference / 2);
        var sum = win + 1 / win + NU;
        return new double[] {win / sum, 1 / win / sum, NU / sum};
    }

    private double[][] tastes(SplittableRandom random, int clusters, double spread) {
        var tastes = new double[clusters][models];
        for (var row : tastes) {
            for (var model = 0; model < models; model++) {
                row[model] = spread * random.nextGaussian();
            }
        }
        return tastes;
    }
}
