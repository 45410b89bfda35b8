package io.etalon.ranking.model;

/**
 * The likelihood of one pair as a function of the difference d of the strengths and of the tie parameter on its log scale,
 * eta. With {@code x = e^(theta_a / 2)} and {@code y = e^(theta_b / 2)} no exponential is needed in the loop over pairs.
 * Each is concave in (d, eta). Results go into an array that the caller keeps.
 */
abstract sealed class TieRule {
    /** Gradient of the log-likelihood. */
    static final int BY_D = 0;

    static final int BY_ETA = 1;
    /** Likelihoods of the outcomes. */
    static final int WIN = 2;

    static final int LOSS = 3;
    static final int TIE = 4;
    /** The log-likelihood. */
    static final int LOG = 5;
    /** Minus its second derivatives. */
    static final int D_D = 6;

    static final int D_ETA = 7;
    static final int ETA_ETA = 8;
    static final int RESULTS = 9;

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

    /** Sets gradient and likelihoods for {@code wins} of a, {@code losses} of a and {@code ties}. */
    abstract void slope(double x, double y, double wins, double losses, double ties, double[] results);

    /** Sets the gradients of the first {@code size} pairs of a block: {@link #slope} for each, several at a time. */
    abstract void slopes(Block block, int size);

    /** Pairs side by side: square roots of odds and counts go in, gradients come out. One index for all, no branch. */
    record Block(double[] x, double[] y, double[] wins, double[] losses, double[] ties, double[] byD, double[] byEta) {
        static Block of(int size) {
            return new Block(
                    new double[size],
                    new double[size],
                    new double[size],
                    new double[size],
                    new double[size],
                    new double[size],
                    new double[size]);
        }
    }

    /** Sets the second derivatives; the slope must have been set for the same arguments. */
    abstract void curve(double wins, double losses, double ties, double[] results);

    /** Sets all results. */
    abstract void evaluate(double x, double y, double wins, double losses, double ties, double[] results);

    /** Davidson (1970), an exponential family: observed and expected information are the same. */
    static final class Davidson extends TieRule {
        private final double nu;

        Davidson(double nu) {
            this.nu = nu;
        }

        @Override
        void slope(double x, double y, double wins, double losses, double ties, double[] results) {
            var scale = 1 / (x * x + y * y + nu * x * y);
            var total = wins + losses + ties;
            var win = x * x * scale;
            var loss = y * y * scale;
            var tie = nu * x * y * scale;
            results[BY_D] = (wins - losses - total * (win - loss)) / 2;
            results[BY_ETA] = ties - total * tie;
            results[WIN] = win;
            results[LOSS] = loss;
            results[TIE] = tie;
        }

        @Override
        void slopes(Block block, int size) {
            var x = block.x;
            var y = block.y;
            var wins = block.wins;
            var losses = block.losses;
            var ties = block.ties;
            var byD = block.byD;
            var byEta = block.byEta;
            for (var k = 0; k < size; k++) {
                var perOdds = (wins[k] + losses[k] + ties[k]) / (x[k] * x[k] + y[k] * y[k] + nu * x[k] * y[k]);
                byD[k] = (wins[k] - losses[k] - (x[k] * x[k] - y[k] * y[k]) * perOdds) / 2;
                byEta[k] = ties[k] - nu * x[k] * y[k] * perOdds;
            }
        }

        @Override
        void evaluate(double x, double y, double wins, double losses, double ties, double[] results) {
            slope(x, y, wins, losses, ties, results);
            curve(wins, losses, ties, results);
            results[LOG] = log(wins, results[WIN]) + log(losses, results[LOSS]) + log(ties, results[TIE]);
        }

        @Override
        void curve(double wins, double losses, double ties, double[] results) {
            var total = wins + losses + ties;
            var win = results[WIN];
            var loss = results[LOSS];
            var tie = results[TIE];
            var mean = (win - loss) / 2;
            results[D_D] = total * ((win + loss) / 4 - mean * mean);
            results[D_ETA] = -total * tie * mean;
            results[ETA_ETA] = total * tie * (1 - tie);
        }
    }

    /** Rao and Kupper (1967); eta is the logarithm of their threshold theta and must be above 0. */
    static final class RaoKupper extends TieRule {
        private final double theta;
        private final double margin;
        private final double perTie;
        private final double curvature;

        RaoKupper(double theta) {
            var square = theta * theta;
            this.theta = theta;
            // A theta of 1 or less leaves no room for ties: minus infinity, from which the line search turns back.
            this.margin = Math.max(0, square - 1);
            this.perTie = 2 * square / (square - 1);
            this.curvature = 4 * square / ((square - 1) * (square - 1));
        }

        @Override
        void slope(double x, double y, double wins, double losses, double ties, double[] results) {
            var win = x * x / (x * x + theta * y * y);
            var loss = y * y / (y * y + theta * x * x);
            var short1 = (wins + ties) * (1 - win);
            var short2 = (losses + ties) * (1 - loss);
            results[BY_D] = short1 - short2;
            results[BY_ETA] = ties > 0 ? ties * perTie - short1 - short2 : -short1 - short2;
            results[WIN] = win;
            results[LOSS] = loss;
            results[TIE] = margin * win * loss;
        }

        @Override
        void slopes(Block block, int size) {
            var x = block.x;
            var y = block.y;
            var wins = block.wins;
            var losses = block.losses;
            var ties = block.ties;
            var byD = block.byD;
            var byEta = block.byEta;
            for (var k = 0; k < size; k++) {
                var xx = x[k] * x[k];
                var yy = y[k] * y[k];
                var short1 = (wins[k] + ties[k]) * theta * yy / (xx + theta * yy);
                var short2 = (losses[k] + ties[k]) * theta * xx / (yy + theta * xx);
                byD[k] = short1 - short2;
                byEta[k] = ties[k] * perTie - short1 - short2;
            }
        }

        @Override
        void evaluate(double x, double y, double wins, double losses, double ties, double[] results) {
            slope(x, y, wins, losses, ties, results);
            curve(wins, losses, ties, results);
            results[LOG] = log(ties, margin) + log(wins + ties, results[WIN]) + log(losses + ties, results[LOSS]);
        }

        @Override
        void curve(double wins, double losses, double ties, double[] results) {
            var win = results[WIN];
            var loss = results[LOSS];
            var ofWin = (wins + ties) * win * (1 - win);
            var ofLoss = (losses + ties) * loss * (1 - loss);
            results[D_D] = ofWin + ofLoss;
            results[D_ETA] = ofLoss - ofWin;
            results[ETA_ETA] = ofWin + ofLoss + (ties > 0 ? ties * curvature : 0);
        }
    }

    /** Bradley and Terry (1952), a tie being half a win and half a loss. */
    static final class Half extends TieRule {
        @Override
        void slope(double x, double y, double wins, double losses, double ties, double[] results) {
            var win = x * x / (x * x + y * y);
            results[BY_D] = wins + ties / 2 - (wins + losses + ties) * win;
            results[BY_ETA] = 0;
            results[WIN] = win;
            results[LOSS] = 1 - win;
            results[TIE] = Math.sqrt(win * (1 - win));
        }

        @Override
        void slopes(Block block, int size) {
            var x = block.x;
            var y = block.y;
            var wins = block.wins;
            var losses = block.losses;
            var ties = block.ties;
            var byD = block.byD;
            for (var k = 0; k < size; k++) {
                var xx = x[k] * x[k];
                byD[k] = wins[k] + ties[k] / 2 - (wins[k] + losses[k] + ties[k]) * xx / (xx + y[k] * y[k]);
            }
        }

        @Override
        void evaluate(double x, double y, double wins, double losses, double ties, double[] results) {
            slope(x, y, wins, losses, ties, results);
            curve(wins, losses, ties, results);
            var win = results[WIN];
            results[LOG] = log(wins + ties / 2, win) + log(losses + ties / 2, 1 - win);
        }

        @Override
        void curve(double wins, double losses, double ties, double[] results) {
            var win = results[WIN];
            results[D_D] = (wins + losses + ties) * win * (1 - win);
            results[D_ETA] = 0;
            results[ETA_ETA] = 0;
        }
    }

    private static double log(double count, double probability) {
        return count > 0 ? count * Math.log(probability) : 0;
    }
}
