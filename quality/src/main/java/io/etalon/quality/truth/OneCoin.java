package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import io.etalon.quality.SpecialFunctions;
import java.util.Arrays;

/**
 * One coin for each worker: right with one probability, whatever the class, and otherwise any other class equally
 * likely; expectation-maximisation with a Beta prior on that probability.
 *
 * <p>G. Demartini, D. E. Difallah and P. Cudre-Mauroux, "ZenCrowd: Leveraging Probabilistic Reasoning and
 * Crowdsourcing Techniques for Large-Scale Entity Linking", WWW 2012, without its entity graph. EM starts from the vote
 * shares and ends when no probability moves by more than the tolerance. {@link SkillFit#skill} is the probability that
 * the worker is right, 0 to 1.
 *
 * <p>Learning the classes' shares wins where most tasks are of one class (entity linking: 2 points) and can lose
 * everything where workers favour a class (one real set of four classes falls from .52 to .26): let gold decide, or
 * hold all classes alike.
 *
 * <p>Exact only up to where it stops: one more vote for the class that
 * all voters of a task named may lower that class by up to 1e-5, and the order of workers or classes moves a
 * probability by up to 1e-9. The same judgements in any order of rows give the same bits.
 *
 * <p>O(judgements + tasks x classes) an iteration.
 *
 * @param right judgements' worth of prior evidence that a worker is right
 * @param wrong judgements' worth of prior evidence that a worker is wrong; above 0, so that nobody is infallible
 * @param classesAlike whether all classes are equally likely beforehand; if not, their shares are learnt
 * @param tolerance largest change of a probability that counts as converged
 * @param maxIterations limit on the number of iterations
 */
public record OneCoin(double right, double wrong, boolean classesAlike, double tolerance, int maxIterations) {
    public OneCoin {
        if (!(right > 0 && wrong > 0) || right + wrong > 1e9) {
            throw new IllegalArgumentException(
                    "prior evidence must be above 0 and below 1e9, got " + right + " and " + wrong);
        }
        TaskScores.requireIterations(tolerance, maxIterations);
    }

    /** Three judgements' worth of being right to one of being wrong; shares of the classes are learnt. */
    public static OneCoin standard() {
        return new OneCoin(3, 1, false, 1e-6, 500);
    }

    /**
     * Fits the model.
     *
     * @throws IllegalArgumentException when there is no judgement
     */
    public SkillFit fit(Labels labels) {
        labels.requireJudgements();
        var posteriors = MajorityVote.shares(labels);
        for (var iteration = 1; ; iteration++) {
            var skills = skills(labels, posteriors);
            var next = expect(labels, skills, logShares(posteriors, labels));
            var converged = TaskScores.close(posteriors, next, tolerance, 0);
            posteriors = next;
            if (converged || iteration == maxIterations) {
                return new SkillFit(new Consensus(labels, posteriors), skills, iteration, converged);
            }
        }
    }

    private double[] skills(Labels labels, double[] posteriors) {
        var classes = labels.classes().size();
        var skills = new double[labels.workers().size()];
        var given = new double[skills.length];
        Arrays.fill(skills, right);
        Arrays.fill(given, right + wrong);
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                skills[labels.workerAt(i)] += posteriors[task * classes + labels.classAt(i)];
                given[labels.workerAt(i)]++;
            }
        }
        for (var worker = 0; worker < skills.length; worker++) {
            skills[worker] /= given[worker];
        }
        return skills;
    }

    private double[] logShares(double[] posteriors, Labels labels) {
        var classes = labels.classes().size();
        var shares = classesAlike ? new double[classes] : TaskScores.columnSums(posteriors, classes);
        for (var label = 0; label < classes; label++) {
            // A class without mass is impossible, but not infinitely so: no sum may become NaN.
            shares[label] = classesAlike ? 0 : StrictMath.log(Math.max(Double.MIN_NORMAL, shares[label]));
        }
        return shares;
    }

    private static double[] expect(Labels labels, double[] skills, double[] logShares) {
        var classes = labels.classes().size();
        var odds = new double[skills.length];
        for (var worker = 0; worker < odds.length; worker++) {
            odds[worker] =
                    StrictMath.log(skills[worker]) - StrictMath.log((1 - skills[worker]) / Math.max(1, classes - 1));
        }
        var scores = new double[Math.multiplyExact(labels.tasks().size(), classes)];
        for (var task = 0; task < labels.tasks().size(); task++) {
            var row = task * classes;
            System.arraycopy(logShares, 0, scores, row, classes);
            for (var i = labels.start(task); i < labels.end(task); i++) {
                scores[row + labels.classAt(i)] += odds[labels.workerAt(i)];
            }
            SpecialFunctions.softmax(scores, row, classes);
        }
        return scores;
    }
}
