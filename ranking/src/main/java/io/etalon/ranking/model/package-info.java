/**
 * Models of comparisons and their maximum likelihood: Bradley-Terry with three treatments of ties, with or without style
 * columns; Plackett-Luce for rankings; Elo and TrueSkill for compatibility.
 *
 * <p>Pure mathematics: owns no tables, sends and hears no events. May import the JDK, {@code io.etalon.ranking} and its
 * {@code algebra}. A maximum that does not exist is a {@link io.etalon.ranking.model.NoFit} that says why, never a number.
 */
@NullMarked
package io.etalon.ranking.model;

import org.jspecify.annotations.NullMarked;
