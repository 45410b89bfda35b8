package io.etalon.server.access;

import io.etalon.server.base.PersonId;

/**
 * Who sent this request. A handler takes it as an argument; it is there wherever the handler's rule asks for credentials.
 *
 * @param person the person, or the maker of the key
 * @param via {@link #VIA_SESSION} or {@link #VIA_KEY}, as the audit log says it
 * @param session the id of the session or of the key (not its secret): what signed URLs and leases are bound to
 */
public record Caller(PersonId person, String via, String session) {
    public static final String VIA_SESSION = "session";
    public static final String VIA_KEY = "key";
}
