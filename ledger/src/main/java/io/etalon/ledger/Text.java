package io.etalon.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Strict readings of text: one value has one spelling, else two parties may hash different bytes for it. */
final class Text {
    private static final int SHOWN = 80;

    private Text() {}

    /** Decodes UTF-8; malformed input is refused and {@code what} named, never replaced. */
    static String utf8(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FormatException(what + " is not valid UTF-8", e);
        }
    }

    /** Decodes standard base64; the JDK's decoder forgives missing padding and stray bits, so the text is rewritten. */
    static byte[] base64(String text, String what) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new FormatException(what + " is not base64: «" + shown(text) + "»", e);
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new FormatException(what + " is not canonical base64: «" + shown(text) + "»");
        }
        return bytes;
    }

    /** Decodes an ASCII decimal from 0 to 2^63-1 without sign and leading zeroes. */
    static long decimal(String text, String what) {
        var digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || (text.length() > 1 && text.charAt(0) == '0')) {
            throw new FormatException(what + " is a decimal without leading zeroes, found «" + shown(text) + "»");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new FormatException(what + " is above 2^63-1: «" + shown(text) + "»", e);
        }
    }

    /** Like {@link #shown} but keeps a whole line of a manifest or of SHA256SUMS. */
    static String line(String text) {
        return shown(text, 400);
    }

    /** Shortens foreign text for a message and makes control characters visible. */
    static String shown(String text) {
        return shown(text, SHOWN);
    }

    private static String shown(String text, int most) {
        var cut = text.length() <= most ? text : text.substring(0, most) + "… (" + text.length() + " characters)";
        var out = new StringBuilder();
        cut.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                out.append("\\u%04x".formatted(c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
