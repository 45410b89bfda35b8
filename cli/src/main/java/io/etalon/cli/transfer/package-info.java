/**
 * {@code etalon import} and {@code etalon export}: files to and from a server over its API, with a job followed to its end.
 * Owns no tables, sends and hears no events. May import {@code io.etalon.cli.door}, {@code terminal}, a JSON parser and picocli.
 */
@NullMarked
package io.etalon.cli.transfer;

import org.jspecify.annotations.NullMarked;
