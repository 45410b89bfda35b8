/**
 * Agreement, truth inference and skill: what several people's answers say together, and how good each person is.
 *
 * <p>Pure mathematics over immutable values: no database, no HTTP, no clock, no global random source; sends and hears
 * no events, owns no tables. May import the JDK alone. Every result is a function of its arguments alone: seeds are
 * arguments, logarithms are {@link StrictMath}'s or of plain arithmetic, and sums that run over tasks or people are
 * taken in an order (or in integers) that does not depend on the order of the input or on the number of threads. A value
 * that does not exist is an empty {@link java.util.Optional}, never a NaN. All public types are immutable and safe to
 * share between threads, save {@link Labels.Builder}.
 */
@NullMarked
package io.etalon.quality;

import org.jspecify.annotations.NullMarked;
