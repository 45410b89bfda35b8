package io.etalon.formats.media;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/** Tells types by magic bytes, and markup as browsers tell it (WHATWG MIME Sniffing, section 7.1). */
final class Sniffer {
    /** How many bytes are looked at. */
    static final int PREFIX = 64 << 10;

    /** PDF readers accept leading junk up to here (PDF 1.7, appendix H, note 13). */
    private static final int PDF_JUNK = 1024;

    /** A number or a word of JSON, cut off, with the white space before it. */
    private static final int LONGEST_LITERAL = 256;

    private static final JsonFactory JSON = new JsonFactory();

    /** Tags by which browsers take unlabelled content for HTML. */
    private static final List<String> HTML_TAGS = List.of(
            "!doctype html",
            "html",
            "head",
            "script",
            "iframe",
            "h1",
            "div",
            "font",
            "table",
            "a",
            "style",
            "title",
            "b",
            "body",
            "br",
            "p",
            "meta",
            "link",
            "img",
            "object",
            "embed",
            "form",
            "base",
            "video",
            "audio");

    private Sniffer() {}

    static AssetType sniff(byte[] content, int length, boolean whole) {
        var end = Math.min(length, PREFIX);
        var bytes = new Bytes(content, end);
        var complete = whole && end == length;
        if (bytes.startsWith(0, "\u0089PNG\r\n\u001a\n")) {
            return AssetType.PNG;
        } else if (bytes.startsWith(0, "\u00ff\u00d8\u00ff")) {
            return AssetType.JPEG;
        } else if (bytes.startsWith(0, "GIF87a") || bytes.startsWith(0, "GIF89a")) {
            return AssetType.GIF;
        } else if (bytes.startsWith(0, "RIFF") && bytes.startsWith(8, "WEBP")) {
            return AssetType.WEBP;
        } else if (bytes.startsWith(0, "%PDF-")) {
            return AssetType.PDF;
        } else if (bytes.startsWith(0, "PK\u0003\u0004")
                || bytes.startsWith(0, "PK\u0005\u0006")
                || bytes.startsWith(0, "PK\u0007\u0008")) {
            return AssetType.ZIP;
        } else if (isBmp(bytes)) {
            return AssetType.BMP;
        }
        return isText(content, end, complete) ? text(content, end, complete) : binary(bytes);
    }

    /** "BM" alone begins many a word; the reserved words and the size of the information header do not. */
    private static boolean isBmp(Bytes bytes) {
        if (!bytes.startsWith(0, "BM") || bytes.length() < 18 || bytes.u32le(6) != 0) {
            return false;
        }
        var header = bytes.u32le(14);
        return header == 12 || header >= 40 && header <= 124;
    }

    private static AssetType binary(Bytes bytes) {
        var last = Math.min(PDF_JUNK, bytes.length());
        for (var i = 0; i < last; i++) {
            if (bytes.startsWith(i, "%PDF-")) {
                return AssetType.PDF;
            }
        }
        return AssetType.UNKNOWN;
    }

    private static boolean isText(byte[] content, int end, boolean whole) {
        if (end == 0) {
            return false;
        }
        for (var i = 0; i < end; i++) {
            var c = content[i] & 0xff;
            // The "binary data bytes" of the WHATWG standard.
            if (c <= 0x08 || c == 0x0b || c >= 0x0e && c <= 0x1a || c >= 0x1c && c <= 0x1f) {
                return false;
            }
        }
        var check = new Utf8Check();
        check.feed(content, 0, end);
        if (whole) {
            check.finish();
        }
        return check.isSound();
    }

    private static AssetType text(byte[] content, int end, boolean complete) {
        var start = new Bytes(content, end).startsWith(0, "\u00ef\u00bb\u00bf") ? 3 : 0;
        while (start < end && isSpace(content[start])) {
            start++;
        }
        if (start == end) {
            return AssetType.TEXT;
        }
        return switch (content[start]) {
            case '<' -> markup(new String(content, start, end - start, StandardCharsets.UTF_8));
            case '{', '[' -> isJson(content, start, end, complete) ? AssetType.JSON : AssetType.TEXT;
            default -> AssetType.TEXT;
        };
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private static AssetType markup(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (beginsTag(lower, "svg") || lower.startsWith("<!doctype svg")) {
            return AssetType.SVG;
        }
        if (HTML_TAGS.stream().anyMatch(tag -> beginsTag(lower, tag))) {
            return AssetType.HTML;
        }
        if (lower.startsWith("<?xml") || lower.startsWith("<!doctype") || lower.startsWith("<!--")) {
            if (lower.contains("<svg") || lower.contains(":svg")) {
                return AssetType.SVG;
            }
            return lower.contains("<html") || lower.startsWith("<!--") ? AssetType.HTML : AssetType.XML;
        }
        // A namespace or a processing instruction: XML of some kind. "<3" and "<-" begin ordinary texts.
        var isElement = lower.length() > 1 && (Character.isLetter(lower.charAt(1)) || lower.charAt(1) == '?');
        return isElement && lower.indexOf('>') > 0 && lower.contains("xmlns") ? AssetType.XML : AssetType.TEXT;
    }

    private static boolean beginsTag(String lower, String tag) {
        if (!lower.startsWith(tag, 1) || lower.charAt(0) != '<') {
            return false;
        }
        var after = 1 + tag.length();
        return after == lower.length()
                || lower.charAt(after) == '>'
                || lower.charAt(after) == '/'
                || Character.isWhitespace(lower.charAt(after));
    }

    /** Whether the prefix can be the beginning of a JSON document; a token cut off by its end can. */
    private static boolean isJson(byte[] content, int start, int end, boolean complete) {
        var read = 0L;
        try (var parser = JSON.createParser(ObjectReadContext.empty(), content, start, end - start)) {
            try {
                while (parser.nextToken() != null) {
                    read = parser.currentLocation().getByteOffset();
                }
                return true;
            } catch (UnexpectedEndOfInputException e) {
                return !complete;
            } catch (JacksonException e) {
                return !complete && end - start - read <= LONGEST_LITERAL;
            }
        }
    }
}
