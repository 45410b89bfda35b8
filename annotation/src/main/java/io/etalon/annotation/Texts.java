package io.etalon.annotation;

import org.jspecify.annotations.Nullable;

/** What texts a document may hold: those that UTF-8, JSON and PostgreSQL carry unchanged. */
final class Texts {
    private Texts() {}

    /** What is wrong with the text, or null when nothing is. */
    static @Nullable String fault(String text, int maxCodePoints) {
        var length = 0;
        for (var i = 0; i < text.length(); length++) {
            var c = text.codePointAt(i);
            if (c == 0) {
                return "the text has the character U+0000, which no database text can hold; remove it";
            }
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return "the text has half of a surrogate pair, which UTF-8 cannot carry; send whole characters";
            }
            i += Character.charCount(c);
        }
        return length <= maxCodePoints
                ? null
                : "the text has " + length + " characters; at most " + maxCodePoints + " are taken";
    }

    /** The text quoted for a message, cut short: a message must not repeat a hostile document. */
    static String quoted(String text) {
        return text.codePointCount(0, text.length()) <= Ids.MAX_LENGTH
                ? '"' + text + '"'
                : '"' + text.substring(0, text.offsetByCodePoints(0, Ids.MAX_LENGTH)) + "…\"";
    }
}
