/**
 * Measurements, each beside a yardstick or a peer of the same run: one command, {@code etalon bench NAME}. Owns no tables,
 * sends and hears no events. May import every library and the server. A figure without its yardstick is not printed:
 * machines differ and are shared, ratios travel.
 */
@NullMarked
package io.etalon.benchmarks;

import org.jspecify.annotations.NullMarked;
