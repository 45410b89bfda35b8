package io.etalon.quality.choice;

import io.etalon.quality.Labels;
import io.etalon.quality.truth.Bwa;
import io.etalon.quality.truth.Consensus;
import io.etalon.quality.truth.DawidSkene;
import io.etalon.quality.truth.Ebcc;
import io.etalon.quality.truth.Glad;
import io.etalon.quality.truth.Ibcc;
import io.etalon.quality.truth.Mace;
import io.etalon.quality.truth.MajorityVote;
import io.etalon.quality.truth.OneCoin;
import io.etalon.quality.truth.Wawa;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every way to turn judgements into truth, under the word that names it in commands and reports.
 *
 * <p>What all keep, as tests hold: the probabilities of a task sum to 1 within 1e-12. The order of rows changes no bit, nor
 * does the number of threads; the order and the names of workers and classes move no probability by more than 1e-9, and no
 * bit where the judgements are {@link Labels#anonymous()} (workers). One exception: {@link #WAWA} gives a tied majority to
 * the first class, as the published figures do. One more vote, of a newcomer, for the class that all voters of a task named
 * never lowers that class: exactly so (1e-9) for the votes, within 1e-5 for {@link #DAWID_SKENE}, {@link #DAWID_SKENE_MAP},
 * {@link #HIERARCHICAL}, {@link #AUTO} and {@link #ONE_COIN}, which stop at a tolerance, and within 2e-3 for {@link
 * #BAYESIAN_AVERAGE}, {@link #IBCC}, {@link #GLAD}, {@link #MACE} and {@link #EBCC}, which stop earlier or keep the best of
 * several starts.
 */
public enum TruthMethod {
    /** Each judgement is a vote: {@link MajorityVote}. */
    MAJORITY("mv"),
    /** Votes weighted by agreement with the majority, tied majorities as the published figures have them, going to the first class: {@link Wawa}. */
    WAWA("wawa"),
    /** Maximum likelihood with each worker's confusion matrix: {@link DawidSkene#plain()}. */
    DAWID_SKENE("ds"),
    /** The same with a fixed Dirichlet prior: {@link DawidSkene#map()}. */
    DAWID_SKENE_MAP("ds-map"),
    /** The same with each worker shrunk to the pool of all: {@link DawidSkene#pooled()}. */
    HIERARCHICAL("hds"),
    /** One accuracy for each worker, with a Beta prior: {@link OneCoin}. */
    ONE_COIN("one-coin"),
    /** One precision for each worker and class: {@link Bwa}. */
    BAYESIAN_AVERAGE("bwa"),
    /** Confusion matrices by variational inference: {@link Ibcc}. */
    IBCC("ibcc"),
    /** Ability and difficulty: {@link Glad}. */
    GLAD("glad"),
    /** Knowing or spamming: {@link Mace}. */
    MACE("mace"),
    /** Confusion matrices by groups of tasks: {@link Ebcc}. */
    EBCC("ebcc"),
    /** Chosen by gold; pooled Dawid-Skene where there is none: {@link AutoTruth}. */
    AUTO("auto");

    private final String word;

    TruthMethod(String word) {
        this.word = word;
    }

    /** The word that names the method everywhere. */
    public String word() {
        return word;
    }

    /** All words in order. */
    public static List<String> words() {
        return Arrays.stream(values()).map(TruthMethod::word).toList();
    }

    /**
     * The method of a word.
     *
     * @throws IllegalArgumentException for any other text, naming the words that exist
     */
    public static TruthMethod parse(String word) {
        for (var method : values()) {
            if (method.word.equals(word)) {
                return method;
            }
        }
        throw new IllegalArgumentException("no method \"" + word + "\"; it must be one of "
                + words().stream().collect(Collectors.joining(", ")));
    }

    /**
     * The method's consensus with its standard parameters and no gold; its probabilities are uncalibrated.
     *
     * @throws IllegalArgumentException when there is no judgement
     */
    public Consensus fit(Labels labels) {
        labels.requireJudgements();
        return switch (this) {
            case MAJORITY -> MajorityVote.of(labels);
            case WAWA -> Wawa.likeCrowdKit().fit(labels).consensus();
            case DAWID_SKENE -> DawidSkene.plain().fit(labels).consensus();
            case DAWID_SKENE_MAP -> DawidSkene.map().fit(labels).consensus();
            case HIERARCHICAL, AUTO -> DawidSkene.pooled().fit(labels).consensus();
            case ONE_COIN -> OneCoin.standard().fit(labels).consensus();
            case BAYESIAN_AVERAGE -> Bwa.standard().fit(labels).consensus();
            case IBCC -> Ibcc.standard().fit(labels).consensus();
            case GLAD -> Glad.standard().fit(labels).consensus();
            case MACE -> Mace.standard().fit(labels).consensus();
            case EBCC -> Ebcc.standard().fit(labels).consensus();
        };
    }

    /**
     * The consensus calibrated by one temperature on gold, with its accuracy; {@link #AUTO} also chooses the method.
     *
     * @param gold task id to class id; may be empty, and then nothing is calibrated
     * @throws IllegalArgumentException when there is no judgement
     */
    public CalibratedTruth fit(Labels labels, Map<String, String> gold) {
        var auto = AutoTruth.standard();
        return this == AUTO
                ? auto.fit(labels, gold)
                : auto.withCandidates(List.of(this)).fit(labels, gold);
    }

    /**
     * The consensus as evidence for calibration. Vote shares know no doubt (a unanimous pair counts as certain), so
     * that one more vote is split evenly among the classes first; the order within a task stays.
     */
    Consensus evidence(Labels labels) {
        return switch (this) {
            case MAJORITY -> MajorityVote.smoothed(labels, 1);
            case WAWA -> Wawa.likeCrowdKit().fit(labels, 1).consensus();
            case DAWID_SKENE, DAWID_SKENE_MAP, HIERARCHICAL, ONE_COIN, BAYESIAN_AVERAGE -> fit(labels);
            case IBCC, GLAD, MACE, EBCC, AUTO -> fit(labels);
        };
    }
}
