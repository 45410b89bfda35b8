/**
 * {@code etalon tenant}: a client's way out of one installation and into another. Owns no tables, sends and hears no events.
 * Export and destruction go over a running server's API; import opens the data directory itself. May import
 * {@code io.etalon.cli.door}, {@code terminal}, the server's application and its package of leaving, a JSON parser and picocli.
 */
@NullMarked
package io.etalon.cli.tenant;

import org.jspecify.annotations.NullMarked;
