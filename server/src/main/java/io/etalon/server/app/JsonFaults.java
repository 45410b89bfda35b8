package io.etalon.server.app;

import io.etalon.annotation.Fault;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
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
            case InputCoercionException e -> new Fault("", "a number is out of range " + place(e));
            case StreamReadException e
            when String.valueOf(e.getOriginalMessage()).startsWith("Duplicate") ->
                new Fault("", "an object has a member twice " + place(e));
            case StreamReadException e -> new Fault("", "the body is not JSON " + place(e));
            case JacksonException e -> new Fault(pointer(e), "has a value of the wrong type");
            default -> new Fault("", "the body cannot be read as JSON");
        };
    }

    private static String place(JacksonException e) {
        return "near line " + e.getLocation().getLineNr() + ", column "
                + e.getLocation().getColumnNr();
    }

    /** What a value's own type said when it refused the value, with the value's place. */
    static EtalonException placed(EtalonException refusal, @Nullable Throwable cause) {
        return cause instanceof JacksonException reading
                        && refusal.faults().isEmpty()
                        && refusal.code().equals(ErrorCode.INVALID)
                ? EtalonException.invalidAt(
                        pointer(reading), bare(String.valueOf(refusal.getMessage()), pointer(reading)))
                : refusal;
    }

    /** A message without the member's name, which its pointer says already, and without its full stop. */
    private static String bare(String message, String pointer) {
        var name = pointer.substring(pointer.lastIndexOf('/') + 1) + " ";
        var rest = message.startsWith(name) ? message.substring(name.length()) : message;
        return rest.endsWith(".") ? rest.substring(0, rest.length() - 1) : rest;
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
