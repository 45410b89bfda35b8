/**
 * Measurements of tasks and answers on the real server and its database.
 */
@NullMarked
package io.etalon.benchmarks.work;

import org.jspecify.annotations.NullMarked;
