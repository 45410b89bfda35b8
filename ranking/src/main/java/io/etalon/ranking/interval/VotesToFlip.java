package io.etalon.ranking.interval;

import io.etalon.ranking.PairCounts;
import io.etalon.ranking.model.BothBad;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.Refit;
import io.etalon.ranking.model.Scores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How few votes an order of two models hangs on: votes leave in the order of their influence on the difference (T. Broderick, R.
 * Giordano and R. Meager, "An automatic finite-sample robustness metric", arXiv 2011.14999), and the model is fitted again
 * to be sure. Any set of votes whose removal swaps the two bounds the fewest from above, however it was found, so the smaller of
 * two bounds is the better one: all votes count here, those between other models and ties too, one by one, and the last few are
 * found by halving. {@link #remaining} is the evidence. For votes of weight 1, without style columns.
 */
public final class VotesToFlip {
    private static final double GROWTH = 1.3;

    private final Fit fit;
    private final PairCounts counts;
    private final Refit refit;
    private final List<Cell> cells = new ArrayList<>();

    /** Prepares for the pairs of one board. */
    public VotesToFlip(Fit fit, PairCounts counts) {
        this.fit = fit;
        this.counts = fit.options().bothBad() == BothBad.TIE ? counts.bothBadAsTies() : counts;
        this.refit = new Refit(fit);
        for (var pair = 0; pair < counts.pairs(); pair++) {
            var slopes = Scores.ofPair(fit, counts.first(pair), counts.second(pair));
            for (var outcome = 0; outcome < slopes.length; outcome++) {
                var votes = votes(this.counts, pair, outcome);
                if (votes > 0) {
                    cells.add(new Cell(pair, outcome, (int) votes, slopes[outcome][0], slopes[outcome][1]));
                }
            }
        }
    }

    /** Votes of one pair with one outcome (first won, second won, tie), and their gradient. */
    private record Cell(int pair, int outcome, int votes, double byD, double byEta) {}

    /** A cell and by how much the difference falls when one of its votes leaves. */
    private record Influence(Cell cell, double fall) {}

    /**
     * Fewest votes found whose removal puts {@code above} at or below {@code below}; empty when no removal does that leaves a
     * likelihood with a maximum.
     */
    public OptionalInt between(int above, int below) {
        return remaining(above, below)
                .map(left -> OptionalInt.of((int) Math.round(size(counts) - size(left))))
                .orElse(OptionalInt.empty());
    }

    /** The counts that are left when the votes of {@link #between} are gone; empty as there. */
    public Optional<PairCounts> remaining(int above, int below) {
        var difference = fit.strength(above) - fit.strength(below);
        if (difference <= 0) {
            return Optional.of(counts);
        }
        var ordered = influences(above, below);
        var available = ordered.stream().mapToInt(i -> i.cell.votes).sum();
        var high = linear(ordered, difference);
        var low = 0;
        while (!swaps(without(ordered, high), above, below)) {
            if (high >= available) {
                return Optional.empty();
            }
            low = high;
            high = Math.min(available, (int) Math.ceil(high * GROWTH) + 1);
        }
        while (high - low > 1) {
            var middle = (low + high) >>> 1;
            if (swaps(without(ordered, middle), above, below)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Optional.of(without(ordered, high));
    }

    private static double size(PairCounts counts) {
        return counts.totalWins() + counts.totalTies();
    }

    private List<Influence> influences(int above, int below) {
        var contrast = new double[fit.parameters()];
        contrast[above] = 1;
        contrast[below] = -1;
        var pull = fit.information().solve(contrast);
        var eta = pull.length - 1;
        return cells.stream()
                .map(cell -> new Influence(
                        cell,
                        cell.byD * (pull[counts.first(cell.pair)] - pull[counts.second(cell.pair)])
                                + cell.byEta * pull[eta]))
                .filter(influence -> influence.fall > 0)
                .sorted(Comparator.comparingDouble((Influence influence) -> -influence.fall))
                .toList();
    }

    /** How many votes it takes if influences simply add up. */
    private static int linear(List<Influence> ordered, double difference) {
        var left = difference;
        var taken = 0;
        for (var influence : ordered) {
            var wanted = Math.ceil(left / influence.fall);
            if (wanted <= influence.cell.votes) {
                return Math.max(1, taken + (int) wanted);
            }
            taken += influence.cell.votes;
            left -= influence.cell.votes * influence.fall;
        }
        return Math.max(1, taken);
    }

    private boolean swaps(PairCounts left, int above, int below) {
        var strengths = refit.strengths(left);
        return strengths.isPresent() && strengths.get()[above] <= strengths.get()[below];
    }

    private PairCounts without(List<Influence> ordered, int removed) {
        var pairs = counts.pairs();
        var left = new double[3][pairs];
        for (var pair = 0; pair < pairs; pair++) {
            for (var outcome = 0; outcome < left.length; outcome++) {
                left[outcome][pair] = votes(counts, pair, outcome);
            }
        }
        var budget = removed;
        for (var influence : ordered) {
            var cell = influence.cell;
            var taken = Math.min(budget, cell.votes);
            left[cell.outcome][cell.pair] -= taken;
            budget -= taken;
            if (budget == 0) {
                break;
            }
        }
        return counts.withCounts(left[0], left[1], left[2]);
    }

    private static double votes(PairCounts counts, int pair, int outcome) {
        return switch (outcome) {
            case 0 -> counts.winsFirst(pair);
            case 1 -> counts.winsSecond(pair);
            default -> counts.ties(pair);
        };
    }
}
