/**
 * Truth inference: from judgements of several people to the probability of every class of every task, and each
 * person's error rates. Each method is a record of its parameters with a {@code fit(Labels)} that returns a
 * {@link io.etalon.quality.truth.Consensus}; equal input gives equal bits for any number of threads.
 *
 * <p>Pure mathematics: owns no tables, sends and hears no events. May import the JDK and {@code io.etalon.quality}.
 */
@NullMarked
package io.etalon.quality.truth;

import org.jspecify.annotations.NullMarked;
