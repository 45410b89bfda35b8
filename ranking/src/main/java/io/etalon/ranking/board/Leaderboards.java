package io.etalon.ranking.board;

import io.etalon.quality.Interval;
import io.etalon.ranking.Islands;
import io.etalon.ranking.PairCounts;
import io.etalon.ranking.Votes;
import io.etalon.ranking.interval.RankRanges;
import io.etalon.ranking.interval.Sandwich;
import io.etalon.ranking.interval.Uncertainty;
import io.etalon.ranking.model.BothBad;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.NoFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** From votes to a board. */
public final class Leaderboards {
    private static final int RANK_DRAWS = 1000;

    private Leaderboards() {}

    /**
     * Ranks the models of the votes.
     *
     * @throws IllegalArgumentException when the anchor names no model of the votes, or a clustering is asked for by name that the
     *     votes have no column for
     */
    public static Ranking rank(Votes votes, RankOptions options) {
        return switch (BradleyTerry.fit(votes, options.fit())) {
            case NoFit none -> new Unrankable(none);
            case Fit fit
            when votes.size() < 2 ->
                new Unrankable(new NoFit(
                        NoFit.Reason.NO_VOTES,
                        new Islands(List.of(fit.models())),
                        "one vote says nothing about how sure it is; two or more are wanted"));
            case Fit fit -> new Drafting(votes, options, fit).board();
        };
    }

    /** A board in the making. */
    private static final class Drafting {
        private final Votes votes;
        private final RankOptions options;
        private final Fit fit;
        private final Uncertainty uncertainty;
        private final double zero;
        private final int[] order;
        private final PairCounts counts;
        private final Tally tally;
        private final Extras extras;

        Drafting(Votes votes, RankOptions options, Fit fit) {
            this.votes = votes;
            this.options = options;
            this.fit = fit;
            this.zero = zero(fit, options.anchor());
            this.uncertainty =
                    Sandwich.of(fit, votes, options.clustering(), options.fit().parallelism());
            this.counts = PairCounts.of(votes, options.fit().parallelism());
            this.tally = new Tally(counts);
            this.extras = Extras.of(fit, votes, counts, options, uncertainty);
            this.order = IntStream.range(0, fit.models().size())
                    .boxed()
                    .sorted((i, j) -> fit.strength(i) == fit.strength(j)
                            ? Integer.compare(i, j)
                            : Double.compare(fit.strength(j), fit.strength(i)))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        private static double zero(Fit fit, Anchor anchor) {
            return switch (anchor) {
                case Anchor.Mean(var points) -> points;
                case Anchor.Model(var model, var points) -> {
                    var index = fit.models().indexOf(model);
                    if (index < 0) {
                        throw new IllegalArgumentException(
                                "the anchor \"" + model + "\" is none of the models " + fit.models());
                    }
                    yield points - Anchor.POINTS_PER_LOG_ODDS * fit.strength(index);
                }
            };
        }

        Leaderboard board() {
            var warnings = new ArrayList<String>();
            uncertainty.warning().ifPresent(warnings::add);
            warnings.addAll(extras.warnings());
            if (options.fit().ridge() > 0) {
                warnings.add(
                        "a ridge of " + options.fit().ridge() + " pulls the ratings towards each other: differences are"
                                + " understated and their intervals do not cover");
            }
            if (counts.totalBothBad() > 0 && options.fit().bothBad() == BothBad.TIE) {
                warnings.add("votes that both answers were bad count as ties, as on the public boards: they are not");
            }
            var parallelism = options.fit().parallelism();
            var draws = new RankRanges.Draws(RANK_DRAWS, options.level(), options.seed());
            var ranks = RankRanges.of(fit, uncertainty, draws, parallelism);
            var standings = new ArrayList<Standing>();
            for (var place = 0; place < order.length; place++) {
                standings.add(standing(place, ranks));
            }
            return new Leaderboard(
                    standings,
                    options.anchor(),
                    options.level(),
                    uncertainty.covariances().stream()
                            .map(v -> new Leaderboard.ClusterCount(v.clustering(), v.clusters()))
                            .toList(),
                    fit.ties(),
                    fit.tieParameter(),
                    style(),
                    votes.size(),
                    votes.effectiveSize(),
                    fit.logLikelihood(),
                    warnings);
        }

        private Standing standing(int place, RankRanges ranks) {
            var model = order[place];
            var better = IntStream.of(order)
                    .filter(other -> fit.strength(other) > fit.strength(model))
                    .count();
            var rating = zero + Anchor.POINTS_PER_LOG_ODDS * fit.strength(model);
            var half = Anchor.POINTS_PER_LOG_ODDS * uncertainty.halfWidth(model, options.level());
            return new Standing(
                    (int) better + 1,
                    fit.models().get(model),
                    rating,
                    Anchor.POINTS_PER_LOG_ODDS * uncertainty.standardError(model),
                    new Interval(rating - half, rating + half),
                    ranks.ranges().get(model),
                    extras.bootstrap(model).map(this::points),
                    tally.votes(model),
                    tally.winRate(model),
                    tally.bothBad(model),
                    place + 1 < order.length ? Optional.of(gap(model, order[place + 1])) : Optional.empty());
        }

        private Interval points(Interval strengths) {
            return new Interval(
                    zero + Anchor.POINTS_PER_LOG_ODDS * strengths.low(),
                    zero + Anchor.POINTS_PER_LOG_ODDS * strengths.high());
        }

        private Gap gap(int model, int below) {
            var difference = Anchor.POINTS_PER_LOG_ODDS * (fit.strength(model) - fit.strength(below));
            var half = Anchor.POINTS_PER_LOG_ODDS * uncertainty.halfWidth(model, below, options.level());
            return new Gap(
                    fit.models().get(below),
                    difference,
                    Anchor.POINTS_PER_LOG_ODDS * uncertainty.standardError(model, below),
                    new Interval(difference - half, difference + half),
                    extras.votesToFlip(model, below));
        }

        private List<StyleEffect> style() {
            var effects = new ArrayList<StyleEffect>();
            for (var k = 0; k < fit.styleColumns().size(); k++) {
                var coordinate = fit.models().size() + k;
                var half = uncertainty.halfWidth(coordinate, options.level());
                var effect = fit.styleEffect(k);
                effects.add(new StyleEffect(
                        fit.styleColumns().get(k),
                        effect,
                        uncertainty.standardError(coordinate),
                        new Interval(effect - half, effect + half),
                        fit.styleScale(k)));
            }
            return effects;
        }
    }
}
