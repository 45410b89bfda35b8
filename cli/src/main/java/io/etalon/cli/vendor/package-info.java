/**
 * What is done about vendors from a terminal: leave one. Asks a running server over HTTP with an API key; imports {@code
 * cli.door}, {@code cli.terminal} and nothing of the server.
 */
@NullMarked
package io.etalon.cli.vendor;

import org.jspecify.annotations.NullMarked;
