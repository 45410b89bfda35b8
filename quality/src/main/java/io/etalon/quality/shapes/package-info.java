/**
 * Shapes of several people fused into one, each person's misses, false alarms and jitter, and how far people agree: boxes,
 * turned boxes, polygons, lines and keypoints; masks have a package of their own.
 *
 * <p>The geometry is the package's own, in source pixels with y downwards; shapes are immutable and refuse what has no
 * meaning (no area, no length, coordinates that are not finite) when they are made. {@link
 * io.etalon.quality.shapes.ShapeKind} is what matching, fusion and agreement need to know of a kind. Names and order of
 * annotators leave no trace in any result. Pure mathematics: owns no tables, sends and hears no events. May import the
 * JDK, {@code io.etalon.quality} and {@code io.etalon.quality.truth}.
 */
@NullMarked
package io.etalon.quality.shapes;

import org.jspecify.annotations.NullMarked;
