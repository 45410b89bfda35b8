package io.etalon.quality;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers for ids in the order they first came, 0 first. A table of numbers with open addresses beside the ids: twelve bytes
 * an id or so beside its text, where a map of objects takes sixty. Not safe for concurrent use.
 */
final class IdNumbers {
    private static final int NONE = -1;
    /** What a text takes besides its characters: two headers, a length, a hash, and rounding. */
    private static final int TEXT = 40;

    private String[] ids = new String[16];
    private int[] table = empty(32);
    private int size;
    private long characters;

    private static int[] empty(int length) {
        var table = new int[length];
        Arrays.fill(table, NONE);
        return table;
    }

    /** The id's number; a new one when it is new. */
    int number(String id) {
        var slot = slot(id);
        if (table[slot] != NONE) {
            return table[slot];
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, Math.addExact(size, size >> 1));
        }
        ids[size] = id;
        table[slot] = size++;
        characters += id.length();
        if (2L * size > table.length) {
            grow();
        }
        return size - 1;
    }

    boolean contains(String id) {
        return table[slot(id)] != NONE;
    }

    private int slot(String id) {
        // Names that differ in their last digit have neighbouring hashes; spread them.
        var hash = id.hashCode() * 0x9e37_79b9;
        var slot = (hash ^ hash >>> 15) & table.length - 1;
        while (table[slot] != NONE && !ids[table[slot]].equals(id)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private void grow() {
        table = empty(Math.multiplyExact(2, table.length));
        for (var i = 0; i < size; i++) {
            table[slot(ids[i])] = i;
        }
    }

    int size() {
        return size;
    }

    /** Bytes held, about, and those of {@link #sorted} and {@link #renumbered} besides. */
    long memory() {
        return characters + (TEXT + 12L) * size + 4L * ids.length + 4L * table.length;
    }

    /** All ids in their order, unmodifiable. */
    List<String> sorted() {
        var sorted = Arrays.copyOf(ids, size);
        Arrays.sort(sorted, IdOrder.INSTANCE);
        return List.of(sorted);
    }

    /** For each number the position of its id in a list that holds all ids. */
    int[] renumbered(List<String> order) {
        var position = new int[size];
        for (var i = 0; i < order.size(); i++) {
            position[table[slot(order.get(i))]] = i;
        }
        return position;
    }
}
