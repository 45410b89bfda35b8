/**
 * Truth from answers that are not one class: numbers ({@link io.etalon.quality.numeric.NumericTruth}, {@link
 * io.etalon.quality.numeric.GaussianEm}), grades on an ordered scale ({@link
 * io.etalon.quality.numeric.OrdinalTruth}) and sets of options ({@link io.etalon.quality.numeric.MultiLabel}).
 *
 * <p>Mean or trimmed mean is the safe default for numbers; weights only where gold shows that they help. Pure mathematics:
 * owns no tables, sends and hears no events. May import the JDK, {@code io.etalon.quality} and {@code
 * io.etalon.quality.truth}.
 */
@NullMarked
package io.etalon.quality.numeric;

import org.jspecify.annotations.NullMarked;
