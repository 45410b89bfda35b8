/**
 * Leaderboards: one call from votes to what is published, on the Elo scale with a stated anchor, with intervals, ranks that hold
 * together, differences between neighbours and how few votes each place hangs on.
 *
 * <p>Pure mathematics: owns no tables, sends and hears no events. May import the JDK, {@code io.etalon.quality} and every
 * package of {@code io.etalon.ranking}. A board is a function of votes and options alone, to the last bit.
 */
@NullMarked
package io.etalon.ranking.board;

import org.jspecify.annotations.NullMarked;
