/**
 * The rules of a queue as values: how many answers a task needs and when it needs one more or one fewer, who may be given
 * work, how much one person and all together may take, and the order in which these are asked.
 *
 * <p>Owns no table, sends and hears no event; knows neither clock nor database. May import {@code base} and the decision
 * functions of {@code io.etalon.quality}.
 */
@NullMarked
package io.etalon.server.work.policy;

import org.jspecify.annotations.NullMarked;
