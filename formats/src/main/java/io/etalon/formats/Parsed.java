package io.etalon.formats;

import io.etalon.annotation.Fault;
import java.util.List;

/** A document as read: its value, or everything that is wrong with it. */
public sealed interface Parsed<T> {
    /** A sound document. */
    record Sound<T>(T value) implements Parsed<T> {}

    /** A faulty document; the list is never empty. */
    record Faulty<T>(List<Fault> faults) implements Parsed<T> {
        public Faulty {
            faults = List.copyOf(faults);
            if (faults.isEmpty()) {
                throw new IllegalArgumentException("a faulty document has at least one fault");
            }
        }
    }

    /**
     * The value, for callers that wrote the document themselves.
     *
     * @throws FormatException with the first fault when the document is faulty
     */
    default T orThrow() {
        return switch (this) {
            case Sound<T>(var value) -> value;
            case Faulty<T>(var faults) ->
                throw new FormatException(
                        faults.getFirst().pointer(), faults.getFirst().message());
        };
    }
}
