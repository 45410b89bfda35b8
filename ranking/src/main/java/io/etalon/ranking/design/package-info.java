/**
 * Which votes to collect, how many, when to stop, and which to believe: sample sizes, anytime-valid intervals, the next pair,
 * weights for how pairs were served and who voted, and voters who do not vote like the others.
 *
 * <p>Pure mathematics: owns no tables, sends and hears no events. May import the JDK, {@code io.etalon.quality},
 * {@code io.etalon.ranking} and its {@code algebra}, {@code model} and {@code interval}.
 */
@NullMarked
package io.etalon.ranking.design;

import org.jspecify.annotations.NullMarked;
