package io.etalon.ranking.algebra;

/** Products of matrices held as rows, written so that the inner loop is a vector instruction. */
public final class Matrices {
    /** Rows of the result that one part of the work makes. */
    private static final int STRIPE = 64;
    /** Rows of the right factor that stay in the cache while a stripe uses them. */
    private static final int BLOCK = 64;

    private Matrices() {}

    /** The product of a (n x k) and b (k x m), in O(n k m). */
    public static double[][] product(double[][] a, double[][] b, Parallelism parallelism) {
        var columns = b.length == 0 ? 0 : b[0].length;
        var product = new double[a.length][columns];
        parallelism.forEach(parts(a.length), part -> {
            var end = Math.min(a.length, (part + 1) * STRIPE);
            for (var from = 0; from < b.length; from += BLOCK) {
                var to = Math.min(b.length, from + BLOCK);
                for (var i = part * STRIPE; i < end; i++) {
                    combine(product[i], 0, a[i], b, from, to);
                }
            }
        });
        return product;
    }

    /** Adds u'u (m x m) to the sum, for {@code rows} rows of u (each m long): both triangles, in O(rows m^2). */
    public static void addGram(double[][] sum, double[][] u, int rows, Parallelism parallelism) {
        parallelism.forEach(parts(sum.length), part -> {
            var end = Math.min(sum.length, (part + 1) * STRIPE);
            var column = new double[rows];
            for (var from = 0; from < rows; from += BLOCK) {
                var to = Math.min(rows, from + BLOCK);
                for (var i = part * STRIPE; i < end; i++) {
                    for (var g = from; g < to; g++) {
                        column[g] = u[g][i];
                    }
                    combine(sum[i], i, column, u, from, to);
                }
            }
        });
        mirror(sum);
    }

    /** Copies the upper triangle to the lower one. */
    public static void mirror(double[][] symmetric) {
        for (var i = 1; i < symmetric.length; i++) {
            for (var j = 0; j < i; j++) {
                symmetric[i][j] = symmetric[j][i];
            }
        }
    }

    /** The product of a matrix and a vector. */
    public static double[] product(double[][] a, double[] x) {
        var product = new double[a.length];
        for (var i = 0; i < a.length; i++) {
            product[i] = dot(a[i], x);
        }
        return product;
    }

    /** The product of a symmetric matrix and a vector: a sum of rows, which is a vector instruction where inner products are none. */
    public static double[] symmetric(double[][] a, double[] x) {
        var product = new double[a.length];
        combine(product, 0, x, a, 0, a.length);
        return product;
    }

    /** The sum of {@code values[from..to)}: four sums at once, since one addition after another would wait for the last. */
    public static double sum(double[] values, int from, int to) {
        var first = 0.0;
        var second = 0.0;
        var third = 0.0;
        var fourth = 0.0;
        var i = from;
        for (; i + 4 <= to; i += 4) {
            first += values[i];
            second += values[i + 1];
            third += values[i + 2];
            fourth += values[i + 3];
        }
        for (; i < to; i++) {
            first += values[i];
        }
        return first + second + (third + fourth);
    }

    /** The inner product. */
    public static double dot(double[] x, double[] y) {
        var sum = 0.0;
        for (var i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** {@code target[start..] += sum over k of weights[k] rows[k][start..]}, for k in [from, to). */
    static void combine(double[] target, int start, double[] weights, double[][] rows, int from, int to) {
        var k = from;
        for (; k + 4 <= to; k += 4) {
            addFour(target, start, rows, weights, k);
        }
        for (; k < to; k++) {
            addOne(target, start, rows[k], weights[k]);
        }
    }

    private static void addFour(double[] target, int start, double[][] rows, double[] weights, int k) {
        var p = rows[k];
        var q = rows[k + 1];
        var r = rows[k + 2];
        var s = rows[k + 3];
        var wp = weights[k];
        var wq = weights[k + 1];
        var wr = weights[k + 2];
        var ws = weights[k + 3];
        for (var j = start; j < target.length; j++) {
            target[j] += wp * p[j] + wq * q[j] + wr * r[j] + ws * s[j];
        }
    }

    private static void addOne(double[] target, int start, double[] row, double weight) {
        for (var j = start; j < target.length; j++) {
            target[j] += weight * row[j];
        }
    }

    private static int parts(int rows) {
        return (rows + STRIPE - 1) / STRIPE;
    }
}
