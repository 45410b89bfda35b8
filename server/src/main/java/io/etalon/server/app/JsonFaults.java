package io.etalon.server.app;

import io.etalon.annotation.Fault;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a JSON body and where, without repeating the body's values. */
final class JsonFaults {
    private JsonFaults() {}

    static Fault of(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> new Fault("", "the body is missing; send JSON");
            case UnrecognizedPropertyException unknown ->
                new Fault(pointer(unknown), "is not a member that is read here");
            case StreamConstraintsException e -> new Fault("", "the JSON is nested too deeply or has too long a value");
            case StreamReadException e ->
                new Fault(
                        "",
                        "the body is not JSON near line " + e.getLocation().getLineNr() + ", column "
                                + e.getLocation().getColumnNr());
            case JacksonException e -> new Fault(pointer(e), "has a value of the wrong type");
            default -> new Fault("", "the body cannot be read as JSON");
        };
    }

    /** The way to the value as a JSON pointer (RFC 6901). */
    private static String pointer(JacksonException e) {
        var pointer = new StringBuilder();
        for (var step : e.getPath()) {
            pointer.append('/');
            if (step.getPropertyName() != null) {
                pointer.append(step.getPropertyName().replace("~", "~0").replace("/", "~1"));
            } else {
                pointer.append(step.getIndex());
            }
        }
        return pointer.toString();
    }
}
