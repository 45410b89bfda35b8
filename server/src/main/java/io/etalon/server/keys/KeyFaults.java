package io.etalon.server.keys;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;

/** How a key can be out of reach. Each is a 503: nothing is wrong with the request, and it may be sent again. */
final class KeyFaults {
    static final ErrorCode MISSING =
            ErrorCode.of("client-key-missing", ErrorKind.EXHAUSTED, "The client's key is not there");

    static final ErrorCode DISABLED =
            ErrorCode.of("key-disabled", ErrorKind.EXHAUSTED, "The client has disabled its key");

    static final ErrorCode REFUSED =
            ErrorCode.of("key-refused", ErrorKind.EXHAUSTED, "The keeper of the client's key refuses its use");

    static final ErrorCode UNREACHABLE =
            ErrorCode.of("key-unreachable", ErrorKind.EXHAUSTED, "The keeper of the client's key does not answer");

    static final ErrorCode BROKEN = ErrorCode.of(
            "key-does-not-open", ErrorKind.EXHAUSTED, "A wrapped key does not open under the client's key");

    static final ErrorCode VERSION_REFUSED =
            ErrorCode.of("key-version-refused", ErrorKind.EXHAUSTED, "This version of a key is used no more");

    static final ErrorCode UNKNOWN_PROVIDER = ErrorCode.of(
            "key-provider-unknown", ErrorKind.EXHAUSTED, "The keeper of the client's key is not known here");

    private KeyFaults() {}
}
