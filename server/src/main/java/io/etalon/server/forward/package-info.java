/**
 * Several servers before one door: a request for a client's work that comes to one server is handed to the one that has the
 * client's queues, with the caller's identity under this installation's signature, and answered with its answer.
 *
 * <p>Owns no table. Asks {@code node} who lives and {@code work} who has what; takes queues over from who gives no sign of
 * life. May import every feature; {@code app} alone stands above it.
 */
@NullMarked
package io.etalon.server.forward;

import org.jspecify.annotations.NullMarked;
