package io.etalon.server.quality;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Estimate;
import io.etalon.quality.Interval;
import io.etalon.quality.Labels;
import io.etalon.quality.agreement.Agreement;
import io.etalon.quality.agreement.Distance;
import io.etalon.quality.truth.Consensus;
import io.etalon.quality.truth.DawidSkene;
import io.etalon.quality.truth.MajorityVote;
import io.etalon.server.base.PersonId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How well people agree on one choice, what they say together, and how good each of them is.
 *
 * @param judgements in effect; each round of a repeated judgement counts
 * @param raw share of pairs of people who agree
 * @param majority expected share of each class by majority; a tie counts in equal parts for its classes
 * @param ties tasks on which no class has most votes
 * @param dawidSkene empty without a judgement
 * @param skills by person, from their own answers, in the order of person ids
 * @param confidence tasks by tenth of the highest probability under Dawid and Skene's model: [0, 0.1) first
 */
public record ChoiceQuality(
        ChoiceItemId item,
        List<String> classes,
        int annotators,
        int judgements,
        int tasks,
        Optional<Estimate> raw,
        Optional<Estimate> fleiss,
        Optional<Estimate> krippendorff,
        double[] majority,
        int ties,
        Optional<Fit> dawidSkene,
        List<Skill> skills,
        int[] confidence) {
    private static final int BINS = 10;
    private static final long SEED = 1979;
    private static final int MANY_TASKS = 20_000;

    /** Which choice: a question, and for a multiple choice one of its options. */
    public record ChoiceItemId(String question, Optional<String> option) {}

    /** What Dawid and Skene's model says of the whole: class shares, and how the fit went. */
    public record Fit(double[] marginals, int iterations, double logLikelihood, boolean converged) {}

    /**
     * How good one person is, judged by his own answers (before any reviewer touched them) against the consensus of the
     * answers in effect.
     *
     * @param accuracy expected share of right judgements
     * @param interval 95 % interval of the accuracy
     * @param confusion error rates: row = true class, column = what the person says; rows sum to 1, and a row without
     *     evidence is uniform (Dawid and Skene, 1979, equation 2.3)
     */
    public record Skill(PersonId annotator, int judgements, double accuracy, Interval interval, double[][] confusion) {}

    static ChoiceQuality of(ChoiceItem item, Evidence evidence) {
        var effective = item.labels(evidence, GivenAnswer::effective);
        var id = new ChoiceItemId(item.question(), Optional.ofNullable(item.option()));
        var classes = item.classes().size();
        if (effective.size() == 0) {
            return new ChoiceQuality(
                    id,
                    item.classes(),
                    0,
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new double[classes],
                    0,
                    Optional.empty(),
                    List.of(),
                    new int[BINS]);
        }
        var bootstrap = bootstrap(effective.tasks().size());
        var majority = MajorityVote.of(effective);
        var fit = DawidSkene.plain().fit(effective);
        return new ChoiceQuality(
                id,
                item.classes(),
                effective.workers().size(),
                effective.size(),
                effective.tasks().size(),
                Agreement.raw(effective, bootstrap),
                Agreement.fleiss(effective, bootstrap),
                Agreement.krippendorff(effective, Distance.NOMINAL, bootstrap),
                shares(majority),
                ties(majority),
                Optional.of(new Fit(fit.classMarginals(), fit.iterations(), fit.logLikelihood(), fit.converged())),
                skills(item.labels(evidence, GivenAnswer::own), fit.consensus()),
                bins(fit.consensus()));
    }

    /** Equal judgements give equal intervals; fewer replicates where each is dear and the interval is narrow anyway. */
    static Bootstrap bootstrap(int units) {
        return new Bootstrap(units > MANY_TASKS ? 200 : 1000, 0.95, SEED);
    }

    private static double[] shares(Consensus consensus) {
        var labels = consensus.labels();
        var shares = new double[labels.classes().size()];
        for (var task = 0; task < labels.tasks().size(); task++) {
            var candidates = consensus.best(task).candidates();
            for (var candidate : candidates) {
                shares[labels.classes().indexOf(candidate)] += 1.0 / candidates.size();
            }
        }
        return Arrays.stream(shares).map(sum -> sum / labels.tasks().size()).toArray();
    }

    private static int ties(Consensus consensus) {
        var ties = 0;
        for (var task = 0; task < consensus.labels().tasks().size(); task++) {
            ties += consensus.best(task).candidates().size() > 1 ? 1 : 0;
        }
        return ties;
    }

    private static int[] bins(Consensus consensus) {
        var bins = new int[BINS];
        for (var task = 0; task < consensus.labels().tasks().size(); task++) {
            // A probability of 1 belongs to the last tenth, and 0.9999999… to where it is shown.
            bins[Math.min(BINS - 1, (int) (consensus.confidence(task) * BINS + 1e-9))]++;
        }
        return bins;
    }

    private static List<Skill> skills(Labels own, Consensus truth) {
        var classes = own.classes().size();
        var counts = new double[own.workers().size()][classes][classes];
        var agreed = new double[own.workers().size()];
        var judgements = new int[own.workers().size()];
        for (var task = 0; task < own.tasks().size(); task++) {
            var known = truth.labels().taskIndex(own.tasks().get(task));
            for (var i = own.start(task); known.isPresent() && i < own.end(task); i++) {
                var worker = own.workerAt(i);
                var said = own.classAt(i);
                judgements[worker]++;
                agreed[worker] += truth.posterior(known.getAsInt(), said);
                for (var actual = 0; actual < classes; actual++) {
                    counts[worker][actual][said] += truth.posterior(known.getAsInt(), actual);
                }
            }
        }
        var skills = new ArrayList<Skill>();
        for (var worker = 0; worker < counts.length; worker++) {
            if (judgements[worker] > 0) {
                skills.add(new Skill(
                        new PersonId(UUID.fromString(own.workers().get(worker))),
                        judgements[worker],
                        agreed[worker] / judgements[worker],
                        Interval.wilson(agreed[worker], judgements[worker]),
                        rates(counts[worker])));
            }
        }
        return skills;
    }

    private static double[][] rates(double[][] counts) {
        for (var row : counts) {
            var sum = Arrays.stream(row).sum();
            for (var said = 0; said < row.length; said++) {
                row[said] = sum > 0 ? row[said] / sum : 1.0 / row.length;
            }
        }
        return counts;
    }
}
