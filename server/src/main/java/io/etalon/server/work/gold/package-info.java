/**
 * Gold in the queue: at which of a person's claims a known task is due, and which one. Pure decisions over numbers, and the
 * ports by which the engine learns what gold there is.
 *
 * <p>Owns no tables (the engine writes {@code gold_serving}, {@code io.etalon.server.gold} the others), sends and hears no
 * events. Imports {@code base}.
 */
@NullMarked
package io.etalon.server.work.gold;

import org.jspecify.annotations.NullMarked;
