/**
 * {@code etalon keys}: a client's keys on a running server, asked over HTTP with an API key. Imports {@code door} and {@code terminal}.
 */
@NullMarked
package io.etalon.cli.keys;

import org.jspecify.annotations.NullMarked;
