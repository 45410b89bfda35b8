/**
 * How much is done at once: a gate before the expensive parts of a request, which lets in what can be finished in time,
 * takes turns between parties, and refuses the rest early.
 *
 * <p>Pure logic on the JDK, no tables, no events; imports nothing of ours. {@code app} puts it before HTTP.
 */
@NullMarked
package io.etalon.server.admission;

import org.jspecify.annotations.NullMarked;
