/**
 * How fast the work engine is: durable pairs of claim and answer a second beside single-row inserts of the same run.
 *
 * <p>Starts a real server with its embedded PostgreSQL and drives the dispatcher. May import the server.
 */
@NullMarked
package io.etalon.benchmarks.work;

import org.jspecify.annotations.NullMarked;
