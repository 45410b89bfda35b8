package io.etalon.server.base;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list by keyset: its items and the cursor of the next page, or null at the end.
 *
 * @param items at most the limit that was asked for
 * @param next opaque; see {@link Cursor}
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /** Cuts a list that was fetched with one row more than the limit. */
    public static <T> Page<T> cut(List<T> fetched, int limit, Function<T, Cursor> cursorOf) {
        if (fetched.size() <= limit) {
            return new Page<>(fetched, null);
        }
        return new Page<>(
                fetched.subList(0, limit),
                cursorOf.apply(fetched.get(limit - 1)).encode());
    }

    public static <T> Page<T> all(List<T> items) {
        return new Page<>(items, null);
    }

    /** Checks a limit parameter: absent is 50, allowed is 1 to 200. */
    public static int limit(@Nullable Integer asked) {
        if (asked == null) {
            return 50;
        }
        if (asked < 1 || asked > 200) {
            throw EtalonException.invalidAt("/limit", "is " + asked + "; it must be from 1 to 200");
        }
        return asked;
    }
}
