package io.etalon.ledger;

import java.io.IOException;

/**
 * Finds {@code asset.sha256} in one line of {@code annotations.jsonl}. Reads the whole line as strict JSON (RFC 8259,
 * numbers of any kind) without keeping it: the line may be longer than memory. Refuses a second {@code asset} or
 * {@code sha256}, as two readers might take different ones.
 */
final class AnnotationScan {
    static final int MAX_DEPTH = 256;

    /** Names and values of interest are shorter; what is longer cannot equal them. */
    private static final int KEPT = 2 * Hash.LENGTH + 1;

    private final Lines in;

    private AnnotationScan(Lines in) {
        this.in = in;
    }

    /** The asset's hash as the line gives it, up to the line's end; the caller finishes the line. */
    static Hash assetOf(Lines line) throws IOException {
        var scan = new AnnotationScan(line);
        scan.skipSpace();
        var asset = scan.root();
        scan.skipSpace();
        if (line.peek() != Lines.END) {
            throw scan.refused("the line's end");
        }
        return asset;
    }

    private Hash root() throws IOException {
        Hash asset = null;
        expect('{');
        for (var more = open('}'); more; more = another('}')) {
            if (name().equals("asset")) {
                if (asset != null) {
                    throw new FormatException("a second member «asset» before byte " + in.offset());
                }
                asset = asset();
            } else {
                value(1);
            }
        }
        if (asset == null) {
            throw new FormatException("the line has no member «asset»");
        }
        return asset;
    }

    private Hash asset() throws IOException {
        Hash hash = null;
        expect('{');
        for (var more = open('}'); more; more = another('}')) {
            if (name().equals("sha256")) {
                if (hash != null) {
                    throw new FormatException("a second member «asset.sha256» before byte " + in.offset());
                }
                if (in.peek() != '"') {
                    throw refused("the string «asset.sha256»");
                }
                hash = Hash.ofHex(string());
            } else {
                value(2);
            }
        }
        if (hash == null) {
            throw new FormatException("the line has no member «asset.sha256»");
        }
        return hash;
    }

    private void value(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new FormatException("nested more than " + MAX_DEPTH + " deep at byte " + in.offset());
        }
        switch (in.peek()) {
            case '{' -> {
                in.read();
                for (var more = open('}'); more; more = another('}')) {
                    name();
                    value(depth + 1);
                }
            }
            case '[' -> {
                in.read();
                for (var more = open(']'); more; more = another(']')) {
                    value(depth + 1);
                }
            }
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    /** After an opening bracket: whether there is a first element. */
    private boolean open(char close) throws IOException {
        skipSpace();
        if (in.peek() == close) {
            in.read();
            return false;
        }
        return true;
    }

    /** After an element: whether there is another. */
    private boolean another(char close) throws IOException {
        skipSpace();
        if (in.peek() == close) {
            in.read();
            return false;
        }
        expect(',');
        skipSpace();
        return true;
    }

    private String name() throws IOException {
        if (in.peek() != '"') {
            throw refused("a member name");
        }
        var name = string();
        skipSpace();
        expect(':');
        skipSpace();
        return name;
    }

    /** RFC 8259, section 6. */
    private void number() throws IOException {
        if (in.peek() == '-') {
            in.read();
        }
        if (in.peek() == '0') {
            in.read();
        } else {
            digits("a value");
        }
        if (in.peek() == '.') {
            in.read();
            digits("a digit");
        }
        if (in.peek() == 'e' || in.peek() == 'E') {
            in.read();
            if (in.peek() == '+' || in.peek() == '-') {
                in.read();
            }
            digits("a digit");
        }
    }

    private void digits(String expected) throws IOException {
        if (in.peek() < '0' || in.peek() > '9') {
            throw refused(expected);
        }
        while (in.peek() >= '0' && in.peek() <= '9') {
            in.read();
        }
    }

    /** Reads a string; returns its first characters, with those beyond ASCII as they may come. */
    private String string() throws IOException {
        var text = new StringBuilder();
        in.read();
        while (true) {
            var c = in.peek();
            if (c == Lines.END || c < ' ') {
                throw refused("a closing quote");
            }
            if (c >= 0x80) {
                c = multibyte();
            } else {
                in.read();
                if (c == '"') {
                    return text.toString();
                }
                if (c == '\\') {
                    c = escape();
                }
            }
            if (text.length() < KEPT) {
                text.appendCodePoint(c);
            }
        }
    }

    private int escape() throws IOException {
        var c = in.peek();
        if (c == 'u') {
            in.read();
            var code = 0;
            for (var i = 0; i < 4; i++) {
                var digit = Character.digit(in.peek(), 16);
                if (digit < 0) {
                    throw refused("a hex digit");
                }
                in.read();
                code = code << 4 | digit;
            }
            return code;
        }
        if (c == Lines.END || "\"\\/bfnrt".indexOf(c) < 0) {
            throw refused("an escape");
        }
        in.read();
        // The kept text is only compared with names and hex digits, which hold none of these characters.
        return c == '/' ? '/' : '\\';
    }

    /** RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF. */
    private int multibyte() throws IOException {
        var first = in.peek();
        var length = first >= 0xC2 && first <= 0xDF
                ? 1
                : first >= 0xE0 && first <= 0xEF ? 2 : first >= 0xF0 && first <= 0xF4 ? 3 : 0;
        if (length == 0) {
            throw refused("UTF-8");
        }
        in.read();
        var code = first & (0x3F >> length);
        for (var i = 0; i < length; i++) {
            var next = in.peek();
            if ((next & 0xC0) != 0x80 || next == Lines.END) {
                throw refused("UTF-8");
            }
            in.read();
            code = code << 6 | (next & 0x3F);
        }
        var least = length == 1 ? 0x80 : length == 2 ? 0x800 : 0x10000;
        if (code < least || code > Character.MAX_CODE_POINT || (code >= 0xD800 && code <= 0xDFFF)) {
            throw refused("UTF-8");
        }
        return code;
    }

    private void literal(String word) throws IOException {
        for (var i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
    }

    private void expect(char c) throws IOException {
        if (in.peek() != c) {
            throw refused("«" + c + "»");
        }
        in.read();
    }

    private void skipSpace() throws IOException {
        while (in.peek() == ' ' || in.peek() == '\t' || in.peek() == '\r') {
            in.read();
        }
    }

    private FormatException refused(String expected) throws IOException {
        var c = in.peek();
        var found = c == Lines.END ? "the line's end" : "0x" + Integer.toHexString(c);
        return new FormatException("not JSON: expected " + expected + " at byte " + in.offset() + ", found " + found);
    }
}
