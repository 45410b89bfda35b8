/**
 * Requests that nobody should send: every operation of the served description gets bodies, ids, parameters, methods and
 * content types that are wrong in every way that its schema allows to derive, and each answer is judged by
 * {@link io.etalon.server.fuzz.Verdict}. The short form takes a seeded sample, {@code ./etalon test fuzz} everything
 * ({@code -Detalon.faults=whole}) and lets Schemathesis, an independent reader of the description, do the same
 * ({@code server/src/test/python}).
 */
@NullMarked
package io.etalon.server.fuzz;

import org.jspecify.annotations.NullMarked;
