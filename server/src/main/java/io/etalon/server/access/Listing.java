package io.etalon.server.access;

import io.etalon.server.base.Cursor;
import io.etalon.server.base.Page;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of lists that are short enough to be read whole, such as a client's people. */
public final class Listing {
    private Listing() {}

    /**
     * One page in order of a key that is unique in the list.
     *
     * @param limit the request's parameter; null for the usual
     * @param cursor where the page before ended; null for the first
     */
    public static <T> Page<T> page(
            List<T> all, Function<T, String> key, @Nullable Integer limit, @Nullable String cursor) {
        var count = Page.limit(limit);
        var after = cursor == null ? null : Cursor.decode(cursor, 1).key(0);
        var rest = all.stream()
                .filter(item -> after == null || key.apply(item).compareTo(after) > 0)
                .sorted(Comparator.comparing(key))
                .limit(count + 1L)
                .toList();
        return Page.cut(rest, count, item -> Cursor.of(key.apply(item)));
    }
}
