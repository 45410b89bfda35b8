package io.etalon.ranking.model;

/**
 * A concave log-likelihood whose first {@link #models()} coordinates may all be raised by the same amount without changing it.
 */
interface Likelihood {
    /** Number of strengths, the leading coordinates. */
    int models();

    /** Number of coordinates. */
    int parameters();

    /**
     * The value at a point, which may be minus infinity; overwrites the gradient, and the upper triangle of the information
     * (minus the second derivatives).
     */
    double evaluate(double[] at, double[] gradient, double[][] information);
}
