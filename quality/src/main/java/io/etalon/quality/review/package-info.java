/**
 * What a second look finds: labels that are probably wrong, what a model and people say together, annotators who drift,
 * favour a class, copy or click, and what their mistakes cost. Findings are evidence with a strength, for a person to
 * judge; nothing here accuses anybody.
 *
 * <p>Pure mathematics: owns no tables, sends and hears no events. May import the JDK, {@code io.etalon.quality} and
 * {@code io.etalon.quality.truth}.
 */
@NullMarked
package io.etalon.quality.review;

import org.jspecify.annotations.NullMarked;
