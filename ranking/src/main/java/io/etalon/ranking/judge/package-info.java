/**
 * Judges that are models: how far they agree with people, where they lean, what they may be trusted with, and how to use their
 * verdicts beside people's without fooling oneself; and rubrics that people or judges fill in.
 *
 * <p>Pure mathematics: owns no tables, sends and hears no events. May import the JDK, {@code io.etalon.quality},
 * {@code io.etalon.ranking} and its {@code algebra}.
 */
@NullMarked
package io.etalon.ranking.judge;

import org.jspecify.annotations.NullMarked;
