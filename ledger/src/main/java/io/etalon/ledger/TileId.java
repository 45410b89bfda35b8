package io.etalon.ledger;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * The place of a tile: {@code width} consecutive hashes of a tree level (C2SP tlog-tiles, "Merkle Tree").
 *
 * @param level 0 for leaf hashes; a hash of level L is the root of 256^L entries; at most 7 for 63-bit sizes
 * @param index the tile's index within its level
 * @param width hashes in the tile, 1 to 256; below 256 the tile is partial
 */
public record TileId(int level, long index, int width) {
    /** Width of a full tile. */
    public static final int FULL = 256;

    static final int HEIGHT = 8;
    private static final int MAX_LEVEL = 63;

    public TileId {
        if (level < 0 || level > MAX_LEVEL) {
            throw new IllegalArgumentException("a tile's level is 0 to 63, not " + level);
        }
        if (index < 0) {
            throw new IllegalArgumentException("a tile's index is not negative: " + index);
        }
        if (width < 1 || width > FULL) {
            throw new IllegalArgumentException("a tile's width is 1 to 256, not " + width);
        }
    }

    /** Length of the tile in bytes. */
    public int byteLength() {
        return width * Hash.LENGTH;
    }

    /** {@code tile/<L>/<N>[.p/<W>]}, such as {@code tile/0/x001/x234/067.p/8}. */
    public String path() {
        return "tile/" + level + "/" + encodeIndex(index) + suffix();
    }

    /** The path of the entry bundle that goes with a level 0 tile: {@code tile/entries/<N>[.p/<W>]}. */
    public String entriesPath() {
        if (level != 0) {
            throw new IllegalArgumentException("entries go with level 0, not " + level);
        }
        return "tile/entries/" + encodeIndex(index) + suffix();
    }

    private String suffix() {
        return width == FULL ? "" : ".p/" + width;
    }

    /** Reads what {@link #path()} writes; any other spelling is refused. */
    public static TileId parse(String path) {
        var parts = path.split("/", -1);
        if (parts.length >= 3 && parts[0].equals("tile")) {
            var partial = partialWidth(parts);
            var end = parts.length - (partial.isPresent() ? 1 : 0);
            var index = new StringBuilder();
            for (var i = 2; i < end; i++) {
                var part = parts[i].endsWith(".p") && i == end - 1
                        ? parts[i].substring(0, parts[i].length() - 2)
                        : parts[i];
                index.append(part.startsWith("x") ? part.substring(1) : part);
            }
            try {
                var id = new TileId(Integer.parseInt(parts[1]), Long.parseLong(index.toString()), partial.orElse(FULL));
                if (id.path().equals(path)) {
                    return id;
                }
            } catch (IllegalArgumentException e) {
                throw new FormatException("not a tile path: «" + Text.shown(path) + "»", e);
            }
        }
        throw new FormatException("not a tile path: «" + Text.shown(path) + "»");
    }

    private static OptionalInt partialWidth(String[] parts) {
        if (parts.length < 4 || !parts[parts.length - 2].endsWith(".p")) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                (int) Math.min(Integer.MAX_VALUE, Text.decimal(parts[parts.length - 1], "a tile's width")));
    }

    /** Three digits a path element, all but the last behind an {@code x}: no file is ever also a directory. */
    private static String encodeIndex(long index) {
        var path = String.format(Locale.ROOT, "%03d", index % 1000);
        for (var rest = index / 1000; rest > 0; rest /= 1000) {
            path = String.format(Locale.ROOT, "x%03d/", rest % 1000) + path;
        }
        return path;
    }
}
