package io.etalon.ranking.model;

import io.etalon.ranking.Outcome;

/**
 * The likelihood of one pair as a function of the difference d of the strengths and of the tie parameter on its log scale,
 * eta. With {@code x = e^(theta_a / 2)} and {@code y = e^(theta_b / 2)} no exponential is needed in the loop over pairs.
 * Each is concave in (d, eta).
 */
abstract sealed class TieRule {
    /** Places in the array of results: log-likelihood, its gradient, and minus its second derivatives. */
    static final int LOG = 0;

    static final int BY_D = 1;
    static final int BY_ETA = 2;
    static final int D_D = 3;
    static final int D_ETA = 4;
    static final int ETA_ETA = 5;
    static final int RESULTS = 6;

    static TieRule of(Ties ties, double eta) {
        return switch (ties) {
            case DAVIDSON -> new Davidson(Math.exp(eta));
            case RAO_KUPPER -> new RaoKupper(Math.exp(eta));
            case HALF -> new Half();
        };
    }

    /** The eta at which two equals tie with this probability. */
    static double etaOf(Ties ties, double share) {
        return switch (ties) {
            case DAVIDSON -> Math.log(2 * share / (1 - share));
            case RAO_KUPPER -> Math.log((1 + share) / (1 - share));
            case HALF -> 0;
        };
    }

    /** Sets the results for {@code wins} of a, {@code losses} of a and {@code ties}. */
    abstract void evaluate(double x, double y, double wins, double losses, double ties, double[] results);

    /** Sets the gradient of one vote's log-likelihood, {@code BY_D} and {@code BY_ETA}. */
    abstract void score(double x, double y, Outcome outcome, double[] results);

    /** Davidson (1970), an exponential family: observed and expected information are the same. */
    static final class Davidson extends TieRule {
        private final double nu;

        Davidson(double nu) {
            this.nu = nu;
        }

        @Override
        void evaluate(double x, double y, double wins, double losses, double ties, double[] results) {
            var total = wins + losses + ties;
            var norm = x * x + y * y + nu * x * y;
            var win = x * x / norm;
            var loss = y * y / norm;
            var tie = nu * x * y / norm;
            var mean = (win - loss) / 2;
            results[LOG] = log(wins, win) + log(losses, loss) + log(ties, tie);
            results[BY_D] = (wins - losses) / 2 - total * mean;
            results[BY_ETA] = ties - total * tie;
            results[D_D] = total * ((win + loss) / 4 - mean * mean);
            results[D_ETA] = -total * tie * mean;
            results[ETA_ETA] = total * tie * (1 - tie);
        }

        @Override
        void score(double x, double y, Outcome outcome, double[] results) {
            var norm = x * x + y * y + nu * x * y;
            var mean = (x * x - y * y) / norm / 2;
            var tie = nu * x * y / norm;
            switch (outcome) {
                case A -> set(results, .5 - mean, -tie);
                case B -> set(results, -.5 - mean, -tie);
                case TIE -> set(results, -mean, 1 - tie);
                case BOTH_BAD -> set(results, 0, 0);
            }
        }
    }

    /** Rao and Kupper (1967); eta is the logarithm of their threshold theta and must be above 0. */
    static final class RaoKupper extends TieRule {
        private final double theta;
        private final double perTie;
        private final double curvature;

        RaoKupper(double theta) {
            var square = theta * theta;
            this.theta = theta;
            this.perTie = 2 * square / (square - 1);
            this.curvature = 4 * square / ((square - 1) * (square - 1));
        }

        @Override
        void evaluate(double x, double y, double wins, double losses, double ties, double[] results) {
            var win = x * x / (x * x + theta * y * y);
            var loss = y * y / (y * y + theta * x * x);
            var winLike = wins + ties;
            var lossLike = losses + ties;
            var ofWin = winLike * win * (1 - win);
            var ofLoss = lossLike * loss * (1 - loss);
            // A theta of 1 or less leaves no room for ties: minus infinity, from which the line search turns back.
            results[LOG] = log(ties, Math.max(0, theta * theta - 1)) + log(winLike, win) + log(lossLike, loss);
            results[BY_D] = winLike * (1 - win) - lossLike * (1 - loss);
            results[BY_ETA] = ties * perTie - winLike * (1 - win) - lossLike * (1 - loss);
            results[D_D] = ofWin + ofLoss;
            results[D_ETA] = ofLoss - ofWin;
            results[ETA_ETA] = ofWin + ofLoss + ties * curvature;
        }

        @Override
        void score(double x, double y, Outcome outcome, double[] results) {
            var win = x * x / (x * x + theta * y * y);
            var loss = y * y / (y * y + theta * x * x);
            switch (outcome) {
                case A -> set(results, 1 - win, win - 1);
                case B -> set(results, loss - 1, loss - 1);
                case TIE -> set(results, loss - win, perTie - (1 - win) - (1 - loss));
                case BOTH_BAD -> set(results, 0, 0);
            }
        }
    }

    /** Bradley and Terry (1952), a tie being half a win and half a loss. */
    static final class Half extends TieRule {
        @Override
        void evaluate(double x, double y, double wins, double losses, double ties, double[] results) {
            var win = x * x / (x * x + y * y);
            var winLike = wins + ties / 2;
            var lossLike = losses + ties / 2;
            var total = winLike + lossLike;
            results[LOG] = log(winLike, win) + log(lossLike, 1 - win);
            results[BY_D] = winLike - total * win;
            results[BY_ETA] = 0;
            results[D_D] = total * win * (1 - win);
            results[D_ETA] = 0;
            results[ETA_ETA] = 0;
        }

        @Override
        void score(double x, double y, Outcome outcome, double[] results) {
            var win = x * x / (x * x + y * y);
            switch (outcome) {
                case A -> set(results, 1 - win, 0);
                case B -> set(results, -win, 0);
                case TIE -> set(results, .5 - win, 0);
                case BOTH_BAD -> set(results, 0, 0);
            }
        }
    }

    private static double log(double count, double probability) {
        return count > 0 ? count * Math.log(probability) : 0;
    }

    private static void set(double[] results, double byD, double byEta) {
        results[BY_D] = byD;
        results[BY_ETA] = byEta;
    }
}
