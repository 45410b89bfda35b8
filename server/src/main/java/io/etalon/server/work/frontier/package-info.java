/**
 * What is left for whom, in memory: {@link Frontier} gives each person the right next task, never one twice in a round, never
 * more takers than a task has slots.
 *
 * <p>Owns no table, sends and hears no event; knows neither clock nor database. May import nothing of Etalon.
 */
@NullMarked
package io.etalon.server.work.frontier;

import org.jspecify.annotations.NullMarked;
