/**
 * Truth inference and agreement against crowd-kit and the package krippendorff, and against the machine's own limits.
 * Owns no tables, sends and hears no events. May import {@code io.etalon.benchmarks} and the quality library.
 */
@NullMarked
package io.etalon.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
