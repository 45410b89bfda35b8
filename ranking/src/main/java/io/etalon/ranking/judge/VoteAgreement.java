package io.etalon.ranking.judge;

import io.etalon.quality.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How often two votes on the same comparison say the same (the counting of L. Zheng et al., "Judging LLM-as-a-judge with MT-bench
 * and Chatbot Arena", NeurIPS 36, 2023).
 *
 * @param agree pairs of votes that say the same
 * @param total pairs of votes
 */
public record VoteAgreement(long agree, long total) {
    /** Whether ties take part. */
    public enum TieVotes {
        /** Ties are a verdict like others. */
        KEPT,
        /** Pairs with a tie on either side are left out. */
        DROPPED
    }

    /**
     * One vote.
     *
     * @param comparison what was compared: prompt, turn, and the two models in a fixed order
     * @param winner model id of the winner; empty for a tie of any kind
     */
    public record Cast(String comparison, Optional<String> winner) {}

    /** Each vote against each reference verdict on the same comparison. */
    public static VoteAgreement with(List<Cast> reference, List<Cast> votes, TieVotes ties) {
        var verdicts = byComparison(reference);
        var agree = 0L;
        var total = 0L;
        for (var vote : votes) {
            for (var verdict : verdicts.getOrDefault(vote.comparison, List.of())) {
                if (counts(vote, verdict, ties)) {
                    total++;
                    agree += vote.winner.equals(verdict.winner) ? 1 : 0;
                }
            }
        }
        return new VoteAgreement(agree, total);
    }

    /** Each two votes on the same comparison. */
    public static VoteAgreement among(List<Cast> votes, TieVotes ties) {
        var agree = 0L;
        var total = 0L;
        for (var cast : byComparison(votes).values()) {
            for (var i = 0; i < cast.size(); i++) {
                for (var j = i + 1; j < cast.size(); j++) {
                    if (counts(cast.get(i), cast.get(j), ties)) {
                        total++;
                        agree += cast.get(i).winner.equals(cast.get(j).winner) ? 1 : 0;
                    }
                }
            }
        }
        return new VoteAgreement(agree, total);
    }

    /** The share that agrees; empty when nothing was compared twice. */
    public Optional<Double> share() {
        return total > 0 ? Optional.of((double) agree / total) : Optional.empty();
    }

    /** Wilson's interval of the share, which takes pairs for independent; empty when nothing was compared twice. */
    public Optional<Interval> interval() {
        return total > 0 ? Optional.of(Interval.wilson(agree, total)) : Optional.empty();
    }

    private static boolean counts(Cast left, Cast right, TieVotes ties) {
        return ties == TieVotes.KEPT || left.winner.isPresent() && right.winner.isPresent();
    }

    private static Map<String, List<Cast>> byComparison(List<Cast> votes) {
        return votes.stream().collect(Collectors.groupingBy(Cast::comparison, HashMap::new, Collectors.toList()));
    }
}
