/** Parts of imports by themselves; whole ones are tried in {@code faults}. */
@NullMarked
package io.etalon.server.transfer;

import org.jspecify.annotations.NullMarked;
