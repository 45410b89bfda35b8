/**
 * Shapes of several people fused into one, and each person's misses, false alarms and jitter.
 *
 * <p>Pure mathematics: owns no tables, sends and hears no events. May import the JDK and {@code io.etalon.quality}.
 */
@NullMarked
package io.etalon.quality.shapes;

import org.jspecify.annotations.NullMarked;
