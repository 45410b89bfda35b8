/**
 * Choosing and calibrating: every method of truth inference under one word, the one that gold prefers, and
 * confidence that means what it says, with the accuracy to expect from the whole procedure.
 *
 * <p>Methods are fitted without gold; gold chooses among them and sets one temperature, and folds of gold that took no
 * part in either tell how well that works. Pure mathematics: owns no tables, sends and hears no events. May import the
 * JDK, {@code io.etalon.quality} and {@code io.etalon.quality.truth}.
 */
@NullMarked
package io.etalon.quality.choice;

import org.jspecify.annotations.NullMarked;
