/**
 * Readers and writers of data-set formats, streaming and strict.
 *
 * <p>Everything is a pure function of its input: no clock, no network, no files of its own. Readers report what is wrong
 * as {@link io.etalon.annotation.Fault faults} with JSON pointers or as a {@link io.etalon.formats.FormatException} with
 * the line; what a format cannot carry is counted in a {@link io.etalon.formats.LossReport}, never dropped silently.
 * Written JSON is canonical (RFC 8785), so that equal values have equal bytes and one hash. May import
 * {@code io.etalon.annotation} and Jackson's streaming core.
 */
@NullMarked
package io.etalon.formats;

import org.jspecify.annotations.NullMarked;
