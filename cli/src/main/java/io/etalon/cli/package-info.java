/**
 * The one executable: each subcommand is one class, each error one clear line.
 *
 * <p>Exit codes: 0 done, 1 a step or a verification failed or an input is not as expected, 2 the command was misspelt, 3 it could not start (port, data
 * directory, database, passphrase). Imports the server's {@code app} package and the libraries.
 */
@NullMarked
package io.etalon.cli;

import org.jspecify.annotations.NullMarked;
