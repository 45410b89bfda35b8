package io.etalon.quality.truth;

/**
 * Exponential and logarithm without a branch, a table or a look at the bits of a number, so that a loop over an array
 * becomes vector instructions. Plain arithmetic, fused multiplications and square roots, which are all rounded exactly, in a
 * fixed order: the same bits on every machine, as {@link StrictMath}, which is some ten times as slow. A test holds the error
 * bounds.
 */
final class Logarithms {
    /** The upper bits of ln 2, whose product with a small whole number is exact, and the rest. */
    private static final double LN2_HIGH = 0x1.62e42fefa0000p-1;

    private static final double LN2_LOW = 0x1.cf79abc9e3b39p-40;
    private static final long SQRT_HALF = 0x3FE6A09E667F3BCDL;

    private Logarithms() {}

    /**
     * Replaces each of the first values, which lie in [-64, 64], by its exponential, with a relative error below 1e-12: the
     * series of e^(x / 1024), squared ten times, which takes nothing but multiplications and additions. One array alone:
     * the compiler need not fear an alias.
     */
    static void exp(double[] values, int size) {
        for (var i = 0; i < size; i++) {
            var r = values[i] * (1.0 / 1024);
            var p = 1 / 40320.0;
            p = Math.fma(p, r, 1 / 5040.0);
            p = Math.fma(p, r, 1 / 720.0);
            p = Math.fma(p, r, 1 / 120.0);
            p = Math.fma(p, r, 1 / 24.0);
            p = Math.fma(p, r, 1 / 6.0);
            p = Math.fma(p, r, 0.5);
            p = Math.fma(p, r, 1);
            p = Math.fma(p, r, 1);
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            values[i] = p * p;
        }
    }

    /** Square roots that {@link #logRoots} wants for values up to a whole number: enough to bring it below 1.42. */
    static int rootsFor(int greatest) {
        var roots = 1;
        for (var value = (double) greatest; value > 2; value = Math.sqrt(value)) {
            roots++;
        }
        return roots;
    }

    /**
     * Replaces each of the first values, which lie between 1 and what the number of roots is for, by its logarithm, with
     * an error below 1e-15 x 2^roots.
     */
    static void logRoots(double[] values, int size, int roots) {
        for (var root = 0; root < roots; root++) {
            for (var i = 0; i < size; i++) {
                values[i] = Math.sqrt(values[i]);
            }
        }
        var scale = Math.scalb(2.0, roots);
        for (var i = 0; i < size; i++) {
            var s = (values[i] - 1) / (values[i] + 1);
            var z = s * s;
            var p = 1 / 17.0;
            p = Math.fma(p, z, 1 / 15.0);
            p = Math.fma(p, z, 1 / 13.0);
            p = Math.fma(p, z, 1 / 11.0);
            p = Math.fma(p, z, 1 / 9.0);
            p = Math.fma(p, z, 1 / 7.0);
            p = Math.fma(p, z, 1 / 5.0);
            p = Math.fma(p, z, 1 / 3.0);
            values[i] = (s * (p * z) + s) * scale;
        }
    }

    /** Natural logarithm of a positive, normal y, with an error below 1e-15 + 4e-16 of the result. */
    static double log(double y) {
        var bits = Double.doubleToRawLongBits(y);
        var exponent = exponent(bits);
        return log(Double.longBitsToDouble(bits - (exponent << 52)), exponent);
    }

    /**
     * Replaces each of the first values by its {@link #log(double)}, to the last bit; the exponents are room to work in.
     * Looking at the bits is left to a loop of its own, so that the rest becomes vector instructions.
     */
    static void log(double[] values, long[] exponents, int size) {
        for (var i = 0; i < size; i++) {
            var bits = Double.doubleToRawLongBits(values[i]);
            var exponent = exponent(bits);
            exponents[i] = exponent;
            values[i] = Double.longBitsToDouble(bits - (exponent << 52));
        }
        for (var i = 0; i < size; i++) {
            values[i] = log(values[i], exponents[i]);
        }
    }

    /** The power of two that brings a number to between the square roots of a half and of two. */
    private static long exponent(long bits) {
        return (bits - SQRT_HALF) >> 52;
    }

    private static double log(double m, long exponent) {
        var s = (m - 1) / (m + 1);
        var z = s * s;
        var p = 1 / 19.0;
        p = Math.fma(p, z, 1 / 17.0);
        p = Math.fma(p, z, 1 / 15.0);
        p = Math.fma(p, z, 1 / 13.0);
        p = Math.fma(p, z, 1 / 11.0);
        p = Math.fma(p, z, 1 / 9.0);
        p = Math.fma(p, z, 1 / 7.0);
        p = Math.fma(p, z, 1 / 5.0);
        p = Math.fma(p, z, 1 / 3.0);
        var k = (double) exponent;
        return (k * LN2_LOW + (2 * s) * (p * z)) + (2 * s + k * LN2_HIGH);
    }
}
