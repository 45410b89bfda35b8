/**
 * How sure a rating is: covariances that know of votes on the same prompt or by the same person, intervals of differences, rank
 * intervals that hold together, resampling of whole clusters, and how few votes a place hangs on.
 *
 * <p>Pure mathematics: owns no tables, sends and hears no events. May import the JDK, {@code io.etalon.quality},
 * {@code io.etalon.ranking}, its {@code algebra} and {@code model}. Random draws come from the seed given and nowhere else.
 */
@NullMarked
package io.etalon.ranking.interval;

import org.jspecify.annotations.NullMarked;
