package io.etalon.ranking.board;

import io.etalon.ranking.PairCounts;

/** Each model's own votes, by outcome, in weight. */
final class Tally {
    private final double[] wins;
    private final double[] losses;
    private final double[] ties;
    private final double[] bothBad;

    Tally(PairCounts counts) {
        var n = counts.models().size();
        this.wins = new double[n];
        this.losses = new double[n];
        this.ties = new double[n];
        this.bothBad = new double[n];
        for (var pair = 0; pair < counts.pairs(); pair++) {
            add(counts.first(pair), counts.winsFirst(pair), counts.winsSecond(pair), counts, pair);
            add(counts.second(pair), counts.winsSecond(pair), counts.winsFirst(pair), counts, pair);
        }
    }

    private void add(int model, double won, double lost, PairCounts counts, int pair) {
        wins[model] += won;
        losses[model] += lost;
        ties[model] += counts.ties(pair);
        bothBad[model] += counts.bothBad(pair);
    }

    double votes(int model) {
        return wins[model] + losses[model] + ties[model] + bothBad[model];
    }

    /** Share won of the votes that compare, a tie being half; 0 when there are none. */
    double winRate(int model) {
        var compared = wins[model] + losses[model] + ties[model];
        return compared > 0 ? (wins[model] + ties[model] / 2) / compared : 0;
    }

    /** Share of the votes that neither was good. */
    double bothBad(int model) {
        var all = votes(model);
        return all > 0 ? bothBad[model] / all : 0;
    }
}
