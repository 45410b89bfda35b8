package io.etalon.ledger;

import io.etalon.ledger.JsonValue.JsonArray;
import io.etalon.ledger.JsonValue.JsonBoolean;
import io.etalon.ledger.JsonValue.JsonInteger;
import io.etalon.ledger.JsonValue.JsonNull;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.TreeMap;

/** Recursive descent over RFC 8259, strict, for the subset of {@link JsonValue}. */
final class JsonParser {
    private final String text;
    private int at;

    JsonParser(String text) {
        this.text = text;
    }

    JsonValue parse() {
        skipSpace();
        var value = value(0);
        skipSpace();
        if (at < text.length()) {
            throw refused("the end");
        }
        return value;
    }

    private JsonValue value(int depth) {
        if (depth > CanonicalJson.MAX_DEPTH) {
            throw new FormatException(
                    "JSON is nested at most " + CanonicalJson.MAX_DEPTH + " deep, more at character " + at);
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new JsonString(string());
            case 't' -> literal("true", new JsonBoolean(true));
            case 'f' -> literal("false", new JsonBoolean(false));
            case 'n' -> literal("null", new JsonNull());
            default -> integer();
        };
    }

    private JsonObject object(int depth) {
        var members = new TreeMap<String, JsonValue>();
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return new JsonObject(members);
        }
        while (true) {
            skipSpace();
            var start = at;
            if (peek() != '"') {
                throw refused("a member name");
            }
            var name = string();
            skipSpace();
            expect(':');
            skipSpace();
            if (members.putIfAbsent(name, value(depth + 1)) != null) {
                throw new FormatException(
                        "the member «" + Text.shown(name) + "» at character " + start + " is a duplicate");
            }
            skipSpace();
            if (peek() == '}') {
                at++;
                return new JsonObject(members);
            }
            expect(',');
        }
    }

    private JsonArray array(int depth) {
        var values = new ArrayList<JsonValue>();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return new JsonArray(values);
        }
        while (true) {
            skipSpace();
            values.add(value(depth + 1));
            skipSpace();
            if (peek() == ']') {
                at++;
                return new JsonArray(values);
            }
            expect(',');
        }
    }

    private JsonInteger integer() {
        var start = at;
        if (peek() == '-') {
            at++;
        }
        var digits = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == digits) {
            throw refused("a value");
        }
        if (peek() == '.' || peek() == 'e' || peek() == 'E') {
            throw new FormatException(
                    "a log entry has no fractions: write a scaled integer or a string, at character " + start);
        }
        var spelling = text.substring(start, at);
        if ((text.charAt(digits) == '0' && at > digits + 1) || spelling.equals("-0")) {
            throw new FormatException("an integer has no leading zero, found " + spelling + " at character " + start);
        }
        if (spelling.length() > 17) {
            throw new FormatException("integers go to 2^53 on either side, found " + Text.shown(spelling));
        }
        return new JsonInteger(Long.parseLong(spelling));
    }

    private String string() {
        var out = new StringBuilder();
        at++;
        while (true) {
            if (at >= text.length()) {
                throw refused("a closing quote");
            }
            var c = text.charAt(at);
            if (c == '"') {
                at++;
                return out.toString();
            }
            if (c < ' ') {
                throw refused("an escape for a control character");
            }
            at++;
            out.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        var c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                at--;
                throw refused("an escape");
            }
        };
    }

    private char unicode() {
        var code = 0;
        for (var i = 0; i < 4; i++) {
            var digit = Character.digit(peek(), 16);
            if (digit < 0 || peek() > 'f') {
                throw refused("a hex digit");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private JsonValue literal(String word, JsonValue value) {
        if (!text.startsWith(word, at)) {
            throw refused("«" + word + "»");
        }
        at += word.length();
        return value;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw refused("«" + c + "»");
        }
        at++;
    }

    /** The next character, or NUL at the end: JSON has no bare NUL. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            at++;
        }
    }

    private FormatException refused(String expected) {
        var found = at < text.length() ? "«" + Text.shown(text.substring(at, at + 1)) + "»" : "the end";
        return new FormatException("expected " + expected + " at character " + at + ", found " + found);
    }
}
