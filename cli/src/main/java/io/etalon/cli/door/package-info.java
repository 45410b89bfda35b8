/**
 * A running server, asked over HTTP with an API key: where it is, who asks, and how a refusal is told. One way for all
 * commands that do so. Owns no tables, sends and hears no events. May import a JSON parser and picocli.
 */
@NullMarked
package io.etalon.cli.door;

import org.jspecify.annotations.NullMarked;
