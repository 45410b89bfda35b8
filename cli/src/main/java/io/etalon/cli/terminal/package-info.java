/**
 * What every command shares towards the person at the terminal: exit codes, bars of progress, tables of text.
 *
 * <p>Owns no tables of a database, sends and hears no events. May import the JDK only.
 */
@NullMarked
package io.etalon.cli.terminal;

import org.jspecify.annotations.NullMarked;
