package io.etalon.ranking.algebra;

import java.util.Optional;

/**
 * The factor of a symmetric positive definite matrix, {@code A = U'U} with U upper triangular. Blocked right-looking form
 * (G. Golub and C. Van Loan, "Matrix Computations", 4th ed. 2013, section 4.2): n^3 / 3 multiplications.
 */
public final class Cholesky {
    private static final int BLOCK = 32;
    private static final int STRIPE = 64;
    /** Pivots below this share of their diagonal entry mean that the matrix is not positive definite to working precision. */
    private static final double SMALLEST_PIVOT = 1e-13;

    private final double[][] upper;

    private Cholesky(double[][] upper) {
        this.upper = upper;
    }

    /**
     * Factorises in place: the upper triangle of the argument is read and overwritten.
     *
     * @return empty when the matrix is not positive definite to working precision
     */
    public static Optional<Cholesky> inPlace(double[][] a, Parallelism parallelism) {
        var n = a.length;
        var least = new double[n];
        for (var i = 0; i < n; i++) {
            least[i] = a[i][i] * SMALLEST_PIVOT;
        }
        for (var from = 0; from < n; from += BLOCK) {
            var to = Math.min(n, from + BLOCK);
            if (!factorRows(a, least, from, to)) {
                return Optional.empty();
            }
            update(a, from, to, parallelism);
        }
        return Optional.of(new Cholesky(a));
    }

    private static boolean factorRows(double[][] a, double[] least, int from, int to) {
        for (var k = from; k < to; k++) {
            var row = a[k];
            for (var i = from; i < k; i++) {
                var above = a[i];
                var factor = above[k];
                for (var j = k; j < row.length; j++) {
                    row[j] -= factor * above[j];
                }
            }
            if (!(row[k] > 0) || !(row[k] >= least[k])) {
                return false;
            }
            var inverse = 1 / Math.sqrt(row[k]);
            for (var j = k; j < row.length; j++) {
                row[j] *= inverse;
            }
        }
        return true;
    }

    private static void update(double[][] a, int from, int to, Parallelism parallelism) {
        var rest = a.length - to;
        parallelism.forEach((rest + STRIPE - 1) / STRIPE, part -> {
            var end = Math.min(a.length, to + (part + 1) * STRIPE);
            var weights = new double[to];
            for (var i = to + part * STRIPE; i < end; i++) {
                for (var k = from; k < to; k++) {
                    weights[k] = -a[k][i];
                }
                Matrices.combine(a[i], i, weights, a, from, to);
            }
        });
    }

    /** The matrix A itself, both triangles, in O(n^3). */
    public double[][] matrix() {
        var n = upper.length;
        var product = new double[n][n];
        for (var i = 0; i < n; i++) {
            for (var k = 0; k <= i; k++) {
                var row = upper[k];
                var factor = row[i];
                for (var j = i; j < n; j++) {
                    product[i][j] += factor * row[j];
                }
            }
        }
        Matrices.mirror(product);
        return product;
    }

    /** The x with {@code A x = b}, in O(n^2); b is left as it is. */
    public double[] solve(double[] b) {
        var n = upper.length;
        var x = b.clone();
        for (var k = 0; k < n; k++) {
            var row = upper[k];
            var value = x[k] / row[k];
            x[k] = value;
            for (var j = k + 1; j < n; j++) {
                x[j] -= value * row[j];
            }
        }
        for (var k = n - 1; k >= 0; k--) {
            var row = upper[k];
            var sum = x[k];
            for (var j = k + 1; j < n; j++) {
                sum -= row[j] * x[j];
            }
            x[k] = sum / row[k];
        }
        return x;
    }

    /** {@code U'z}: of a standard normal z, a draw with covariance A. */
    public double[] timesFactor(double[] z) {
        var n = upper.length;
        var product = new double[n];
        for (var k = 0; k < n; k++) {
            var row = upper[k];
            var value = z[k];
            for (var j = k; j < n; j++) {
                product[j] += value * row[j];
            }
        }
        return product;
    }

    /** The inverse of A, both triangles, in O(n^3). */
    public double[][] inverse(Parallelism parallelism) {
        var n = upper.length;
        var stripes = (n + STRIPE - 1) / STRIPE;
        var lower = new double[n][];
        // Row i of U^-1, transposed use: U^-1 is upper triangular, row i = (e_i - sum_k U[i,k] row k) / U[i,i].
        for (var i = n - 1; i >= 0; i--) {
            var row = new double[n];
            Matrices.combine(row, i + 1, upper[i], lower, i + 1, n);
            var scale = -1 / upper[i][i];
            for (var j = i + 1; j < n; j++) {
                row[j] *= scale;
            }
            row[i] = 1 / upper[i][i];
            lower[i] = row;
        }
        var transposed = transpose(lower);
        var inverse = new double[n][n];
        // A^-1 = U^-1 U^-T: row i is the sum over k >= i of U^-1[i,k] times column k of U^-1, which ends at row k.
        parallelism.forEach(stripes, part -> {
            var end = Math.min(n, (part + 1) * STRIPE);
            for (var i = part * STRIPE; i < end; i++) {
                Matrices.combine(inverse[i], i, lower[i], transposed, i, n);
            }
        });
        Matrices.mirror(inverse);
        return inverse;
    }

    private static double[][] transpose(double[][] a) {
        var n = a.length;
        var transposed = new double[n][n];
        for (var i = 0; i < n; i++) {
            for (var j = 0; j < n; j++) {
                transposed[j][i] = a[i][j];
            }
        }
        return transposed;
    }
}
