/**
 * The arithmetic under the ratings: symmetric systems, normal and Student quantiles, fixed division of work.
 *
 * <p>Matrices are {@code double[row][column]}. Loops run along rows so that the compiler can use vector instructions, and
 * every sum is taken in an order that the arguments alone decide: the number of threads changes the time, never a bit.
 * Owns no tables, sends and hears no events. May import the JDK only.
 */
@NullMarked
package io.etalon.ranking.algebra;

import org.jspecify.annotations.NullMarked;
