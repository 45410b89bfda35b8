/**
 * Calls to addresses that clients and identity providers name: the only way by which a request makes this server call somebody. A name
 * is resolved once, every address of it is judged, and the connection goes to an address that was judged; no redirect is
 * followed, and no answer is read beyond a bound.
 *
 * <p>Owns no table; sends and hears no events. Reads the operator's file {@code keys/egress.json}. Imports {@code base}.
 */
@NullMarked
package io.etalon.server.egress;

import org.jspecify.annotations.NullMarked;
