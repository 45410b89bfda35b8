package io.etalon.server.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The keys of the last row of a page, as an opaque URL-safe text. A cursor grants nothing: rights are checked anew. */
public record Cursor(List<String> keys) {
    private static final String SEPARATOR = "\u001f";

    public Cursor {
        keys = List.copyOf(keys);
    }

    public static Cursor of(Object... keys) {
        var texts = new ArrayList<String>(keys.length);
        for (var key : keys) {
            texts.add(key.toString());
        }
        return new Cursor(texts);
    }

    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, keys).getBytes(UTF_8));
    }

    /**
     * Reads a cursor back.
     *
     * @throws EtalonException invalid, when it is not one with that many keys
     */
    public static Cursor decode(String text, int keyCount) {
        try {
            var keys = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(SEPARATOR, -1);
            if (keys.length == keyCount) {
                return new Cursor(List.of(keys));
            }
        } catch (IllegalArgumentException e) {
            throw EtalonException.invalidAt("/cursor", "is not one that this list gave out");
        }
        throw EtalonException.invalidAt("/cursor", "is not one that this list gave out");
    }

    public String key(int index) {
        return keys.get(index);
    }

    public long number(int index) {
        try {
            return Long.parseLong(keys.get(index));
        } catch (NumberFormatException e) {
            throw EtalonException.invalidAt("/cursor", "is not one that this list gave out");
        }
    }
}
