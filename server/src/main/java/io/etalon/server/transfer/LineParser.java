package io.etalon.server.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.annotation.AssetExtent.TextExtent;
import io.etalon.server.base.ContentHash;
import io.etalon.server.dataset.pack.TextLine;
import io.etalon.server.work.prelabel.OfferReader;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads a line: an object with {@code text}, or with {@code asset} or {@code sha256} of an uploaded asset; {@code name} and
 * {@code priority} if wanted, and {@code preLabels}: what models answer to it. What else a text's line holds is kept sealed beside the text. A line that cannot be taken is
 * told why, without a word of its content. Not thread-safe.
 */
final class LineParser {
    /** Each priority is a lane of the queue: a file must not make millions of them. */
    static final int MOST_PRIORITY = 100;

    private static final int MAX_DEPTH = 64;
    private static final int LONGEST_NAME = 500;
    private static final int LINE_DIGITS = 9;
    private static final byte[] NOTHING = {};

    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Cutter.LONGEST_LINE)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(200)
                    .build())
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .rootValueSeparator((String) null)
            .build();

    /** Why a line is refused. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(String reason) {
            super(reason, null, false, false);
        }
    }

    private final MessageDigest digest = ContentHash.digest();
    private final QuickLine quick = new QuickLine();
    private final String fileName;
    private final boolean takesTexts;
    private final PreLabelPart preLabels;

    private @Nullable String text;
    private @Nullable String name;
    private @Nullable UUID asset;
    private @Nullable ContentHash hash;
    private int priority;
    private final ByteArrayOutputStream extra = new ByteArrayOutputStream(256);
    /** Writes into {@code extra}, line after line; a refused line may leave it in the middle, and then it goes. */
    private @Nullable JsonGenerator extras;

    private boolean hasExtras;

    /** @param takesTexts whether the project's assets are texts */
    LineParser(String fileName, boolean takesTexts, OfferReader offers) {
        this.fileName = fileName;
        this.takesTexts = takesTexts;
        this.preLabels = new PreLabelPart(offers);
    }

    ParsedLine parse(byte[] bytes, RawPiece.Line line) {
        if (!line.fault().isEmpty()) {
            return new ParsedLine.Rejected(line.number(), line.fault());
        }
        if (isBlank(bytes, line)) {
            return new ParsedLine.Blank(line.number());
        }
        if (takesTexts && quick.read(bytes, line.from(), line.to())) {
            return quick(line.number());
        }
        clear();
        try (var json = JSON.createParser(ObjectReadContext.empty(), bytes, line.from(), line.to() - line.from())) {
            read(json);
            return made(line.number());
        } catch (Refusal e) {
            return new ParsedLine.Rejected(line.number(), String.valueOf(e.getMessage()));
        } catch (StreamConstraintsException e) {
            return new ParsedLine.Rejected(
                    line.number(), "has more than " + MAX_DEPTH + " levels, or a name or number that is too long");
        } catch (JacksonException e) {
            var column = e.getLocation() == null ? -1 : e.getLocation().getColumnNr();
            return new ParsedLine.Rejected(
                    line.number(), "is not JSON in UTF-8" + (column < 1 ? "" : ", near column " + column));
        }
    }

    private ParsedLine quick(long line) {
        var given = quick.name();
        var content = ContentHash.of(digest.digest(quick.text()));
        var read = new TextLine(
                given == null ? label(line) : given, content, quick.text(), quick.codePoints(), quick.extra());
        return new ParsedLine.Text(line, read, quick.priority(), List.of());
    }

    private void clear() {
        text = null;
        name = null;
        asset = null;
        hash = null;
        priority = 0;
        preLabels.clear();
        extra.reset();
        if (hasExtras) {
            extras = null;
            hasExtras = false;
        }
    }

    private static boolean isBlank(byte[] bytes, RawPiece.Line line) {
        for (var i = line.from(); i < line.to(); i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private void read(JsonParser json) {
        var first = json.nextToken();
        if (first == JsonToken.START_ARRAY) {
            throw new Refusal(
                    "begins a JSON array; write the objects themselves, one a line, without brackets and commas"
                            + " between them (jq -c '.[]' does it)");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new Refusal("is not a JSON object; write one a line, such as {\"text\":\"…\"}");
        }
        for (var member = json.nextName(); member != null; member = json.nextName()) {
            json.nextToken();
            switch (member) {
                case "text" -> text = once(text, string(json, member), member);
                case "name" -> name = once(name, string(json, member), member);
                case "asset" -> asset = once(asset, uuid(string(json, member)), member);
                case "sha256" -> hash = once(hash, hash(string(json, member)), member);
                case "priority" -> priority = priority(json);
                case PreLabelPart.MEMBER -> preLabels.take(json);
                default -> keep(json, member);
            }
        }
        if (json.nextToken() != null) {
            throw new Refusal("goes on after its JSON object");
        }
    }

    private static <T> T once(@Nullable T before, T now, String member) {
        if (before != null) {
            throw new Refusal("has “" + member + "” twice");
        }
        return now;
    }

    private static String string(JsonParser json, String member) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new Refusal("“" + member + "” is not a text");
        }
        return json.getString();
    }

    private static UUID uuid(String value) {
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw new Refusal("“asset” is not an asset's id");
        }
    }

    private static ContentHash hash(String value) {
        try {
            if (value.length() == 64) {
                return ContentHash.of(HexFormat.of().parseHex(value));
            }
        } catch (IllegalArgumentException e) {
            throw new Refusal("“sha256” is not 64 hex digits");
        }
        throw new Refusal("“sha256” is not 64 hex digits");
    }

    private static int priority(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() == JsonParser.NumberType.INT
                && Math.abs(json.getIntValue()) <= MOST_PRIORITY) {
            return json.getIntValue();
        }
        throw new Refusal("“priority” is not a whole number from " + -MOST_PRIORITY + " to " + MOST_PRIORITY);
    }

    private void keep(JsonParser json, String member) {
        var to = extras == null ? JSON.createGenerator(ObjectWriteContext.empty(), extra) : extras;
        extras = to;
        if (!hasExtras) {
            hasExtras = true;
            to.writeStartObject();
        }
        to.writeName(member);
        to.copyCurrentStructure(json);
    }

    private ParsedLine made(long line) {
        if (text == null) {
            return existing(line);
        }
        if (asset != null || hash != null) {
            throw new Refusal("has a text and an asset; one of them is a task");
        }
        if (!takesTexts) {
            throw new Refusal("has a text; this project's tasks are images, named by “asset” or “sha256”");
        }
        if (text.isEmpty()) {
            throw new Refusal("“text” is empty");
        }
        var codePoints = codePoints(text);
        var bytes = text.getBytes(UTF_8);
        var label = name == null ? label(line) : name;
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME || hasControl(name))) {
            throw new Refusal("“name” must have 1 to " + LONGEST_NAME + " characters and no control character");
        }
        codePoints(label);
        var offers = preLabels.read();
        preLabels.check(offers, new TextExtent(codePoints));
        var read = new TextLine(label, ContentHash.of(digest.digest(bytes)), bytes, codePoints, extra());
        return new ParsedLine.Text(line, read, priority, offers);
    }

    /** With zeros in front, so that names sort as lines do, and their index grows at its edge. */
    private String label(long line) {
        var digits = Long.toString(line);
        return fileName + ":" + "0".repeat(Math.max(0, LINE_DIGITS - digits.length())) + digits;
    }

    private byte[] extra() {
        if (!hasExtras || extras == null) {
            return NOTHING;
        }
        extras.writeEndObject();
        extras.flush();
        hasExtras = false;
        return extra.toByteArray();
    }

    private ParsedLine existing(long line) {
        if (asset == null == (hash == null)) {
            throw new Refusal("has neither “text” nor one of “asset” and “sha256”");
        }
        if (hasExtras || name != null) {
            throw new Refusal("names an asset and says more; only “priority” and “preLabels” are kept with it");
        }
        return new ParsedLine.Existing(line, asset, hash, priority, preLabels.read());
    }

    private static boolean hasControl(String value) {
        return value.chars().anyMatch(Character::isISOControl);
    }

    /** Half a surrogate pair can be written in JSON and is no text. */
    private static int codePoints(String value) {
        var count = value.length();
        for (var i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                if (i + 1 == value.length() || !Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1))) {
                    throw new Refusal("holds half a character (an unpaired surrogate)");
                }
                i++;
                count--;
            }
        }
        return count;
    }
}
