/**
 * The life of a task as one table of transitions, and the book that keeps each task's state and counts in memory.
 *
 * <p>Owns no table, sends and hears no event. May import {@code base}.
 */
@NullMarked
package io.etalon.server.work.state;

import org.jspecify.annotations.NullMarked;
