package io.etalon.quality.choice;

import io.etalon.quality.Estimate;
import io.etalon.quality.truth.Consensus;
import java.util.List;
import java.util.Optional;

/**
 * A consensus whose confidence was set right on gold, with what is known about its accuracy.
 *
 * @param method the method that was used or chosen
 * @param consensus its probabilities; calibrated when {@link #calibrated()}, else the method's own
 * @param temperature what they were divided by, 1 without gold
 * @param accuracy share of gold tasks that are right, with its 95 % interval; cross-fitted: method and temperature were
 *     chosen without the task that is scored. Empty without gold
 * @param reliability confidence against accuracy, cross-fitted alike; empty without gold
 * @param candidates the methods considered, best first; one without a choice, none without gold
 * @param reason why this method, and how far its confidence can be trusted: a sentence or two for people
 */
public record CalibratedTruth(
        TruthMethod method,
        Consensus consensus,
        Temperature temperature,
        Optional<Estimate> accuracy,
        Optional<Reliability> reliability,
        List<Candidate> candidates,
        String reason) {

    public CalibratedTruth {
        candidates = List.copyOf(candidates);
    }

    /** Whether gold stood behind the confidence. */
    public boolean calibrated() {
        return reliability.isPresent();
    }

    /** Mean confidence over all tasks: the accuracy to expect, where calibrated. */
    public double meanConfidence() {
        var tasks = consensus.labels().tasks().size();
        var sum = 0.0;
        for (var task = 0; task < tasks; task++) {
            sum += consensus.confidence(task);
        }
        return sum / tasks;
    }

    /**
     * A method as all of the gold sees it.
     *
     * @param method the method
     * @param accuracy share of gold tasks that are right; a tie of m classes counts 1/m
     * @param logLoss mean -log probability of the truth after the temperature, in nats
     * @param temperature its best temperature
     */
    public record Candidate(TruthMethod method, double accuracy, double logLoss, double temperature) {}
}
