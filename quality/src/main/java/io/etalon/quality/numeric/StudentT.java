package io.etalon.quality.numeric;

/** Two-sided 95 % points of Student's t. */
final class StudentT {
    private static final double Z = 1.959963984540054;

    private StudentT() {}

    /**
     * The point for so many degrees of freedom, by the Cornish-Fisher expansion to the fourth order (M. Abramowitz and
     * I. A. Stegun, "Handbook of Mathematical Functions", 1964, formula 26.7.5): within 0.001 from 4 degrees up.
     *
     * @throws IllegalArgumentException below 4 degrees, where the expansion is poor
     */
    static double point(double degrees) {
        if (!(degrees >= 4)) {
            throw new IllegalArgumentException("needs 4 degrees of freedom or more, got " + degrees);
        }
        var z2 = Z * Z;
        var g1 = (z2 + 1) * Z / 4;
        var g2 = ((5 * z2 + 16) * z2 + 3) * Z / 96;
        var g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * Z / 384;
        var g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * Z / 92160;
        return Z + (g1 + (g2 + (g3 + g4 / degrees) / degrees) / degrees) / degrees;
    }
}
