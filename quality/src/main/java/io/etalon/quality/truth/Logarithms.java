package io.etalon.quality.truth;

/**
 * Exponential and logarithm without a branch or a table, so that a loop over an array becomes vector instructions. Plain
 * multiplications and additions in a fixed order: the same bits on every machine, as {@link StrictMath}, which is some
 * ten times as slow. A test holds the error bounds.
 */
final class Logarithms {
    private static final double LOG2_E = 1.4426950408889634;
    /** The upper bits of ln 2, whose product with a small whole number is exact, and the rest. */
    private static final double LN2_HIGH = 0x1.62e42fefa0000p-1;

    private static final double LN2_LOW = 0x1.cf79abc9e3b39p-40;
    /** Adding 1.5 x 2^52 rounds to a whole number and leaves it in the low bits. */
    private static final double ROUND = 0x1.8p52;

    private static final long ONE = 1023L << 52;
    private static final long SQRT_HALF = 0x3FE6A09E667F3BCDL;

    private Logarithms() {}

    /** e to the power x for x in [-700, 700], with a relative error below 1e-14. */
    static double exp(double x) {
        var shifted = x * LOG2_E + ROUND;
        var k = shifted - ROUND;
        var r = (x - k * LN2_HIGH) - k * LN2_LOW;
        var p = 1 / 39916800.0;
        p = p * r + 1 / 3628800.0;
        p = p * r + 1 / 362880.0;
        p = p * r + 1 / 40320.0;
        p = p * r + 1 / 5040.0;
        p = p * r + 1 / 720.0;
        p = p * r + 1 / 120.0;
        p = p * r + 1 / 24.0;
        p = p * r + 1 / 6.0;
        p = p * r + 0.5;
        p = p * r + 1;
        p = p * r + 1;
        return p * Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << 52) + ONE);
    }

    /** Natural logarithm of a positive, normal y, with an error below 1e-15 + 4e-16 of the result. */
    static double log(double y) {
        var bits = Double.doubleToRawLongBits(y);
        var exponent = (bits - SQRT_HALF) >> 52;
        var m = Double.longBitsToDouble(bits - (exponent << 52));
        var s = (m - 1) / (m + 1);
        var z = s * s;
        var p = 1 / 19.0;
        p = p * z + 1 / 17.0;
        p = p * z + 1 / 15.0;
        p = p * z + 1 / 13.0;
        p = p * z + 1 / 11.0;
        p = p * z + 1 / 9.0;
        p = p * z + 1 / 7.0;
        p = p * z + 1 / 5.0;
        p = p * z + 1 / 3.0;
        var k = (double) exponent;
        return (k * LN2_LOW + (2 * s) * (p * z)) + (2 * s + k * LN2_HIGH);
    }
}
