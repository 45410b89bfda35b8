/**
 * Masks of several people: run-length encoded as COCO does, overlaid, and fused by majority, by one coin or by STAPLE.
 *
 * <p>Pixels that the same people marked are one pattern, so that methods cost patterns and not pixels. Names and order of
 * annotators leave no trace in any result. Pure mathematics: owns no tables, sends and hears no events. May import the
 * JDK, {@code io.etalon.quality} and {@code io.etalon.quality.shapes}.
 */
@NullMarked
package io.etalon.quality.shapes.masks;

import org.jspecify.annotations.NullMarked;
