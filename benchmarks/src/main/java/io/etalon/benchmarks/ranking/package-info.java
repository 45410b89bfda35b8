/**
 * Ratings measured: against arena-rank and choix on the same votes, and against limits of time on votes by the hundred million.
 * Owns no tables, sends and hears no events. May import {@code io.etalon.ranking} and the benchmark's own harness. Peers are
 * Python packages, installed beside the build by the benchmark itself and never a dependency.
 */
@NullMarked
package io.etalon.benchmarks.ranking;

import org.jspecify.annotations.NullMarked;
