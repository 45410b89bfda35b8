/**
 * When enough is known: whether a task needs another judgement, and whether an annotator has shown by gold that they may
 * start, or must pause. Pure decision functions with their error rates as parameters, and the replay and arithmetic that
 * say beforehand what a rule will cost.
 *
 * <p>Pure mathematics: owns no tables, sends and hears no events. May import the JDK, {@code io.etalon.quality} and
 * {@code io.etalon.quality.truth}.
 */
@NullMarked
package io.etalon.quality.stopping;

import org.jspecify.annotations.NullMarked;
