/**
 * The server processes of an installation that share one database: who they are, which of them live, and what they tell
 * each other.
 *
 * <p>Owns the control table {@code node}; notices go over PostgreSQL's {@code NOTIFY} on the control database. A server with a
 * database of its own is alone and does nothing of this. May import {@code base} and {@code tenant}.
 */
@NullMarked
package io.etalon.server.node;

import org.jspecify.annotations.NullMarked;
