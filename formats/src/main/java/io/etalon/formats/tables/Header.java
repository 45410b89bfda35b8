package io.etalon.formats.tables;

import io.etalon.formats.FormatException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the columns that are wanted among the names that a table has. */
final class Header {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private Header() {}

    static String normalised(String name) {
        var text = name.startsWith(BYTE_ORDER_MARK) ? name.substring(1) : name;
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Place of each wanted column in the header, -1 for an optional one that is not there.
     *
     * @throws FormatException when a required one is missing or a name stands twice
     */
    static int[] places(List<String> header, List<Column> columns) {
        var places = new HashMap<String, Integer>();
        for (var i = 0; i < header.size(); i++) {
            if (places.put(normalised(header.get(i)), i) != null) {
                throw FormatException.atLine(1, "the header names the column \"" + header.get(i) + "\" twice");
            }
        }
        var result = new int[columns.size()];
        for (var i = 0; i < result.length; i++) {
            result[i] = place(places, columns.get(i));
            if (result[i] < 0 && columns.get(i).required()) {
                throw FormatException.atLine(
                        1,
                        "the header has no column for the " + columns.get(i).name() + "; name one of "
                                + String.join(", ", columns.get(i).names()) + " (it has "
                                + String.join(", ", header) + ")");
            }
        }
        return result;
    }

    private static int place(Map<String, Integer> places, Column column) {
        for (var name : column.names()) {
            var place = places.get(name.toLowerCase(Locale.ROOT));
            if (place != null) {
                return place;
            }
        }
        return -1;
    }
}
