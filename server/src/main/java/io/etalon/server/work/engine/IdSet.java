package io.etalon.server.work.engine;

import java.util.HashMap;
import java.util.Map;

/** A set of numbers that lie close together: a bit each, in pages of {@value #PAGE}. Not thread-safe. */
final class IdSet {
    private static final int PAGE_BITS = 16;
    private static final int PAGE = 1 << PAGE_BITS;

    private final Map<Long, long[]> pages = new HashMap<>();
    private long lastPage = -1;
    private long[] last = {};

    void add(long id) {
        var number = id >>> PAGE_BITS;
        if (number != lastPage) {
            last = pages.computeIfAbsent(number, key -> new long[PAGE / Long.SIZE]);
            lastPage = number;
        }
        last[(int) (id & PAGE - 1) / Long.SIZE] |= 1L << id;
    }

    boolean contains(long id) {
        var page = pages.get(id >>> PAGE_BITS);
        return page != null && (page[(int) (id & PAGE - 1) / Long.SIZE] & 1L << id) != 0;
    }
}
