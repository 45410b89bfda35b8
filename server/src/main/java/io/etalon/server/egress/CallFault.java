package io.etalon.server.egress;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a call got no answer. The texts stand in the API and in tables: they are never renamed. */
public enum CallFault {
    /** No name server knows the host. */
    UNKNOWN_HOST,
    /** The host has an address that this server calls for nobody: a reserved one, or plain HTTP to a public one. */
    FORBIDDEN_ADDRESS,
    /** Nobody accepts connections, or the connection broke. */
    NO_CONNECTION,
    /** The certificate is not the host's, or TLS failed otherwise. */
    TLS,
    /** No complete answer within the limit. */
    TIME_OUT,
    /** What came is not HTTP/1.1, or has no end to its headers. */
    NOT_HTTP;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
