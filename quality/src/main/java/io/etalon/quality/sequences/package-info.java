/**
 * Answers that have an order: labelled spans of a text by character offsets, free text word by word, rankings and
 * preferences. From several people's answers one answer, and the scores to compare answers with.
 *
 * <p>Spans are fused by giving every piece of a text to a categorical method as a task; the method comes in as a function
 * from {@link io.etalon.quality.Labels} to {@link io.etalon.quality.truth.Consensus}, so that none is written twice.
 * Pure mathematics: owns no tables, sends and hears no events. May import the JDK, {@code io.etalon.quality} and
 * {@code io.etalon.quality.truth}.
 */
@NullMarked
package io.etalon.quality.sequences;

import org.jspecify.annotations.NullMarked;
