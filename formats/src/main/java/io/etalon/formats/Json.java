package io.etalon.formats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A JSON value to be written. {@link CanonicalJson} turns it into bytes. */
public sealed interface Json {
    /** An object; its members stand in the order of their names' UTF-16 code units (RFC 8785 section 3.2.3). */
    record Obj(SortedMap<String, Json> members) implements Json {
        public Obj {
            // Sorted by the names alone, whatever the order of what was given.
            var sorted = new TreeMap<String, Json>();
            sorted.putAll(members);
            members = Collections.unmodifiableSortedMap(sorted);
        }
    }

    record Arr(List<Json> elements) implements Json {
        public Arr {
            elements = List.copyOf(elements);
        }
    }

    record Str(String text) implements Json {}

    /**
     * A number.
     *
     * @throws IllegalArgumentException when it is not finite
     */
    record Num(double value) implements Json {
        public Num {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("JSON has no number " + value);
            }
        }
    }

    record Bool(boolean value) implements Json {}

    /** An object of these members. */
    static Json object(Map<String, ? extends Json> members) {
        return new Obj(new TreeMap<>(members));
    }

    /** An array of strings. */
    static Json strings(Iterable<String> texts) {
        var elements = new ArrayList<Json>();
        texts.forEach(text -> elements.add(new Str(text)));
        return new Arr(elements);
    }

    /** An object of strings. */
    static Json strings(Map<String, String> texts) {
        var members = new TreeMap<String, Json>();
        texts.forEach((key, text) -> members.put(key, new Str(text)));
        return new Obj(members);
    }
}
