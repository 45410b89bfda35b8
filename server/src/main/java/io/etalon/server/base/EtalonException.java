package io.etalon.server.base;

import io.etalon.annotation.Fault;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that features throw on purpose. Its detail is read by people: what was wrong, where, and what would
 * be right; it never carries a client's content.
 */
public final class EtalonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final transient List<Fault> faults;
    private final transient @Nullable Duration retryAfter;
    private final transient @Nullable List<String> allowed;

    private EtalonException(
            ErrorCode code,
            String detail,
            List<Fault> faults,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        this(code, detail, faults, retryAfter, cause, null);
    }

    private EtalonException(
            ErrorCode code,
            String detail,
            List<Fault> faults,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause,
            @Nullable List<String> allowed) {
        super(detail, cause);
        this.code = code;
        this.faults = List.copyOf(faults);
        this.retryAfter = retryAfter;
        this.allowed = allowed;
    }

    public EtalonException(ErrorCode code, String detail) {
        this(code, detail, List.of(), null, null);
    }

    public EtalonException(ErrorCode code, String detail, Throwable cause) {
        this(code, detail, List.of(), null, cause);
    }

    /** A refusal with the place of each fault. */
    public static EtalonException withFaults(ErrorCode code, String detail, List<Fault> faults) {
        return new EtalonException(code, detail, faults, null, null);
    }

    /** A refusal by the state of things, with what its caller may do instead, as the API names it. */
    public static EtalonException outOfOrder(ErrorCode code, String detail, List<String> allowed) {
        return new EtalonException(code, detail, List.of(), null, null, List.copyOf(allowed));
    }

    /** A refusal that tells the caller when to come back. */
    public static EtalonException retryLater(ErrorCode code, String detail, Duration after) {
        return new EtalonException(code, detail, List.of(), after, null);
    }

    /** The answer to anything that is not there, or that the caller may not know to be there. */
    public static EtalonException notFound() {
        return new EtalonException(ErrorCode.NOT_FOUND, "Nothing is here under this address for you.");
    }

    /** The refusal of one member of a body: {@code pointer} is a JSON pointer (RFC 6901), the message ends without a full stop. */
    public static EtalonException invalidAt(String pointer, String message) {
        return withFaults(ErrorCode.INVALID, pointer + " " + message + ".", List.of(new Fault(pointer, message)));
    }

    public static EtalonException invalid(String detail) {
        return new EtalonException(ErrorCode.INVALID, detail);
    }

    public ErrorCode code() {
        return code;
    }

    public List<Fault> faults() {
        return faults;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What the caller may do instead; null when the refusal does not depend on a state. */
    public @Nullable List<String> allowed() {
        return allowed;
    }
}
