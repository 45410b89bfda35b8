/**
 * {@code etalon witness}: somebody who is not the server remembers what the server signed, cosigns what extends it, and says
 * aloud when it does not. Owns no tables, sends and hears no events. May import {@code io.etalon.cli.door}, {@code terminal}, the ledger,
 * a JSON parser and picocli.
 */
@NullMarked
package io.etalon.cli.witness;

import org.jspecify.annotations.NullMarked;
