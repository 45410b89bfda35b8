package io.etalon.server.app;

import io.etalon.server.base.EtalonException;
import java.net.BindException;

/** A reason not to start that the person at the terminal can act on; its message is one clear line. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** What stopped a start, however deeply a framework wrapped it, as one line for a person. */
    static StartFailure of(Throwable failure) {
        var root = failure;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            if (cause instanceof StartFailure known) {
                return known;
            }
            if (cause instanceof EtalonException known) {
                return new StartFailure(String.valueOf(known.getMessage()), failure);
            }
            if (cause instanceof BindException) {
                return new StartFailure(
                        "A port was taken while the server started. Stop what uses it, or choose another with --port.",
                        failure);
            }
        }
        return new StartFailure("The server could not be put together: " + root + " (--verbose shows where).", failure);
    }
}
