/**
 * The mathematics on plain files: {@code etalon aggregate}, {@code etalon agree}, {@code etalon rank}.
 *
 * <p>Each command reads its tables row by row into the compact form of the library, computes, and gives a readable table,
 * one JSON object or a file; what a person should know besides goes to standard error. The mathematics itself is in
 * {@code io.etalon.quality} and {@code io.etalon.ranking}: nothing is computed here that the server could need too. Owns
 * no tables of a database, sends and hears no events. May import these two, {@code io.etalon.formats}, and the terminal
 * and plot packages of the command line.
 */
@NullMarked
package io.etalon.cli.math;

import org.jspecify.annotations.NullMarked;
