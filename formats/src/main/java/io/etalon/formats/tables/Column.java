package io.etalon.formats.tables;

import java.util.List;

/**
 * A column that a reader wants.
 *
 * @param names how a header may call it, lower case, in the order of preference; the first is its name in messages
 * @param required whether a table without it, or a row with an empty cell in it, is refused
 */
public record Column(List<String> names, boolean required) {
    public Column {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
    }

    /** A column that every row must fill. */
    public static Column required(String... names) {
        return new Column(List.of(names), true);
    }

    /** A column that may be missing, and empty. */
    public static Column optional(String... names) {
        return new Column(List.of(names), false);
    }

    /** What messages call it. */
    public String name() {
        return names.getFirst();
    }
}
