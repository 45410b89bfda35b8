package io.etalon.ranking.model;

import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Cholesky;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A maximum of the likelihood. Coordinates are the strengths (natural logarithms of the odds, of sum 0), then the effects of
 * the style columns, then eta, the logarithm of the tie parameter. Immutable.
 */
public final class Fit implements Fitting {
    private final List<String> models;
    private final FitOptions options;
    private final Ties ties;
    private final Newton.Maximum maximum;
    private final List<String> styleColumns;
    private final double[] styleScale;

    Fit(List<String> models, FitOptions options, Ties ties, Newton.Maximum maximum, StyleScale style) {
        this.models = models;
        this.options = options;
        this.ties = ties;
        this.maximum = maximum;
        this.styleColumns = style.names();
        this.styleScale = style.scale();
    }

    /** Model ids in index order, unmodifiable. */
    public List<String> models() {
        return models;
    }

    /** How the fit was asked for. */
    public FitOptions options() {
        return options;
    }

    /** The rule of ties in use: {@link Ties#HALF} when there were none. */
    public Ties ties() {
        return ties;
    }

    /** Strength of a model; the sum of all is 0. */
    public double strength(int model) {
        return maximum.at()[model];
    }

    /** All strengths, a copy. */
    public double[] strengths() {
        return Arrays.copyOf(maximum.at(), models.size());
    }

    /** Davidson's nu or Rao and Kupper's theta; empty for half wins, or when there were no ties. */
    public OptionalDouble tieParameter() {
        return ties == Ties.HALF ? OptionalDouble.empty() : OptionalDouble.of(Math.exp(eta()));
    }

    double eta() {
        return ties == Ties.HALF ? 0 : maximum.at()[parameters() - 1];
    }

    /** Names of the style columns, in the order of their coordinates. */
    public List<String> styleColumns() {
        return styleColumns;
    }

    /** Effect on the log-odds of one root mean square of the style column. */
    public double styleEffect(int column) {
        return maximum.at()[models.size() + column];
    }

    /** Root mean square of a style column: the unit of {@link #styleEffect}. */
    public double styleScale(int column) {
        return styleScale[column];
    }

    /** Number of coordinates. */
    public int parameters() {
        return maximum.at().length;
    }

    /** The log-likelihood, without the binomial constant. */
    public double logLikelihood() {
        return maximum.logLikelihood();
    }

    /** Newton steps taken. */
    public int steps() {
        return maximum.steps();
    }

    /** The factor of the information matrix (with {@code c 1 1'} added to the block of the strengths). */
    public Cholesky information() {
        return maximum.information();
    }

    double[] at() {
        return maximum.at();
    }

    /** Gradients of single votes at this maximum. */
    public Scores scores(Votes votes) {
        return new Scores(this, votes);
    }
}
