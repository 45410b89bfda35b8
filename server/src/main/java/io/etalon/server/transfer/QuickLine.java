package io.etalon.server.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines that most files consist of, in one pass over their bytes: an object with a text, perhaps a name and a
 * priority, and beside them plain texts, whole numbers, truth values and nulls. What it takes is what {@link LineParser}
 * would have made of it; whatever is unusual, wrong or doubtful it leaves alone. Not thread-safe.
 */
final class QuickLine {
    private static final int LONGEST_NAME = 500;
    /** A whole number of more digits may be spelled otherwise than it is written. */
    private static final int DIGITS = 15;

    private byte[] bytes = {};
    private int at;
    private int to;
    private byte[] plain = new byte[512];
    private int filled;
    private byte[] extra = new byte[512];
    private int extras;

    private byte @Nullable [] text;
    private int codePoints;
    private @Nullable String name;
    private @Nullable Integer priority;

    /** Whether the line was taken; then the other methods tell what it says. */
    boolean read(byte[] line, int from, int end) {
        bytes = line;
        at = from;
        to = end;
        extras = 0;
        text = null;
        name = null;
        priority = null;
        if (!next('{')) {
            return false;
        }
        do {
            if (!member()) {
                return false;
            }
        } while (next(','));
        return next('}') && isAtEnd() && text != null;
    }

    /** In UTF-8; its own array. */
    byte[] text() {
        return text == null ? new byte[0] : text;
    }

    int codePoints() {
        return codePoints;
    }

    @Nullable
    String name() {
        return name;
    }

    int priority() {
        return priority == null ? 0 : priority;
    }

    /** The other members as an object; empty when there are none. Its own array. */
    byte[] extra() {
        if (extras == 0) {
            return new byte[0];
        }
        var made = Arrays.copyOf(extra, extras + 1);
        made[extras] = '}';
        return made;
    }

    private void skip() {
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
    }

    private boolean next(char wanted) {
        skip();
        if (at < to && bytes[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private boolean isAtEnd() {
        skip();
        return at == to;
    }

    private boolean member() {
        skip();
        var from = at;
        if (!string() || at - from - 2 > LONGEST_NAME || isNotAscii(from, at)) {
            return false;
        }
        var end = at;
        if (!next(':')) {
            return false;
        }
        skip();
        if (is(from, end, "text")) {
            return text == null && readText();
        }
        if (is(from, end, "name")) {
            return name == null && readName();
        }
        if (is(from, end, "priority")) {
            return priority == null && readPriority();
        }
        return !is(from, end, "asset")
                && !is(from, end, "sha256")
                && !is(from, end, PreLabelPart.MEMBER)
                && keep(from, end);
    }

    private boolean is(int from, int end, String wanted) {
        if (end - from != wanted.length() + 2) {
            return false;
        }
        for (var i = 0; i < wanted.length(); i++) {
            if (bytes[from + 1 + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Passes over a string without escapes. */
    private boolean string() {
        if (at >= to || bytes[at] != '"') {
            return false;
        }
        for (var i = at + 1; i < to; i++) {
            var b = bytes[i];
            if (b == '"') {
                at = i + 1;
                return true;
            }
            if (b == '\\' || b >= 0 && b < ' ') {
                return false;
            }
        }
        return false;
    }

    private boolean isNotAscii(int from, int end) {
        for (var i = from; i < end; i++) {
            if (bytes[i] < 0) {
                return true;
            }
        }
        return false;
    }

    private boolean readText() {
        var from = at + 1;
        if (string()) {
            text = Arrays.copyOfRange(bytes, from, at - 1);
        } else if (at < to && bytes[at] == '"' && unescape()) {
            text = Arrays.copyOf(plain, filled);
        } else {
            return false;
        }
        codePoints = codePoints(text, 0, text.length, 4);
        return codePoints > 0;
    }

    /** Fills {@code plain} from a string with escapes. */
    private boolean unescape() {
        if (plain.length < to - at) {
            plain = new byte[2 * (to - at)];
        }
        filled = 0;
        for (var i = at + 1; i < to; i++) {
            var b = bytes[i];
            if (b == '"') {
                at = i + 1;
                return true;
            }
            if (b >= 0 && b < ' ') {
                return false;
            }
            if (b != '\\') {
                plain[filled++] = b;
                continue;
            }
            var length = i + 1 < to ? escape(i + 1) : 0;
            if (length == 0) {
                return false;
            }
            i += length;
        }
        return false;
    }

    /** Appends what is escaped; gives the length of the escape after its backslash, or 0 when it is left alone. */
    private int escape(int from) {
        var meant = switch (bytes[from]) {
            case '"', '\\', '/' -> bytes[from];
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> -1;
        };
        if (meant >= 0) {
            plain[filled++] = (byte) meant;
            return 1;
        }
        if (bytes[from] != 'u' || to - from <= 4) {
            return 0;
        }
        var unit = 0;
        for (var i = from + 1; i <= from + 4; i++) {
            var digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0) {
                return 0;
            }
            unit = unit << 4 | digit;
        }
        if (Character.isSurrogate((char) unit)) {
            return 0;
        }
        encode(unit);
        return 5;
    }

    private void encode(int unit) {
        if (unit < 0x80) {
            plain[filled++] = (byte) unit;
        } else if (unit < 0x800) {
            plain[filled++] = (byte) (0xC0 | unit >> 6);
            plain[filled++] = (byte) (0x80 | unit & 0x3F);
        } else {
            plain[filled++] = (byte) (0xE0 | unit >> 12);
            plain[filled++] = (byte) (0x80 | unit >> 6 & 0x3F);
            plain[filled++] = (byte) (0x80 | unit & 0x3F);
        }
    }

    private boolean readName() {
        var from = at + 1;
        if (!string() || isNotAscii(from, at) || at - 1 - from > LONGEST_NAME) {
            return false;
        }
        var read = new String(bytes, from, at - 1 - from, ISO_8859_1);
        name = read;
        return !read.isBlank() && read.indexOf(0x7F) < 0;
    }

    private boolean readPriority() {
        var from = at;
        if (!wholeNumber() || at - from > 4) {
            return false;
        }
        var read = Integer.parseInt(new String(bytes, from, at - from, ISO_8859_1));
        priority = read;
        return Math.abs(read) <= LineParser.MOST_PRIORITY;
    }

    /** Passes over a whole number as JSON spells it, but for a negative zero. */
    private boolean wholeNumber() {
        var first = at < to && bytes[at] == '-' ? at + 1 : at;
        var i = first;
        while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        var digits = i - first;
        if (digits == 0 || digits > DIGITS || bytes[first] == '0' && (digits > 1 || first > at)) {
            return false;
        }
        at = i;
        return at < to && (bytes[at] == ',' || bytes[at] == '}' || bytes[at] == ' ');
    }

    private boolean keep(int from, int end) {
        var value = at;
        if (!word("true") && !word("false") && !word("null") && !wholeNumber()) {
            // A character beyond the first plane may be spelled in two ways.
            if (!string() || codePoints(bytes, value + 1, at - 1, 3) < 0) {
                return false;
            }
        }
        var needed = end - from + at - value + 3;
        if (extra.length - extras < needed) {
            extra = Arrays.copyOf(extra, 2 * extra.length + needed);
        }
        extra[extras] = (byte) (extras == 0 ? '{' : ',');
        System.arraycopy(bytes, from, extra, extras + 1, end - from);
        extras += 1 + end - from;
        extra[extras++] = ':';
        System.arraycopy(bytes, value, extra, extras, at - value);
        extras += at - value;
        return true;
    }

    private boolean word(String word) {
        if (to - at <= word.length()) {
            return false;
        }
        for (var i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    /** How many characters some bytes are in UTF-8 (RFC 3629); -1 when they are not, or one is longer than wanted. */
    private static int codePoints(byte[] in, int from, int end, int longest) {
        var count = 0;
        for (var i = from; i < end; count++) {
            if (in[i] >= 0) {
                i++;
                continue;
            }
            var length = Integer.numberOfLeadingZeros(~in[i] << 24);
            if (length < 2 || length > longest || length > end - i || !isCharacter(in, i, length)) {
                return -1;
            }
            i += length;
        }
        return count;
    }

    private static boolean isCharacter(byte[] in, int from, int length) {
        var value = in[from] & 0x7F >> length;
        for (var i = from + 1; i < from + length; i++) {
            if ((in[i] & 0xC0) != 0x80) {
                return false;
            }
            value = value << 6 | in[i] & 0x3F;
        }
        var least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        return value >= least && value <= Character.MAX_CODE_POINT && value >> 11 != 0x1B;
    }
}
