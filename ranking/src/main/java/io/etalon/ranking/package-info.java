/**
 * Ratings from comparisons: who is better, by how much, and how sure that is.
 *
 * <p>Pure mathematics over immutable values: no database, no HTTP, no clock, no global random source; owns no tables, sends
 * and hears no events. May import the JDK and {@code io.etalon.quality} (intervals, resampling, agreement). Every result
 * is a function of its arguments alone: seeds are arguments, and sums are taken in an order that does not depend on the
 * number of threads. A value that does not exist is an empty {@link java.util.Optional}, never a NaN.
 */
@NullMarked
package io.etalon.ranking;

import org.jspecify.annotations.NullMarked;
