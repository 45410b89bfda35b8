package io.etalon.server.exit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.EtalonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opened bytes as one JSON value, without loss and with one spelling: a string where they are UTF-8, else an object with
 * the member {@code base64}; a pack of small texts is an array of its entries. Stateless.
 */
final class Plain {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PACK_HEAD = 16 + 2 * Integer.BYTES;

    private Plain() {}

    static String json(byte @Nullable [] plain) {
        if (plain == null) {
            return "null";
        }
        var text = text(plain);
        return text == null
                ? "{\"base64\":\"" + Base64.getEncoder().encodeToString(plain) + "\"}"
                : JSON.writeValueAsString(text);
    }

    private static @Nullable String text(byte[] plain) {
        try {
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(plain))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    static byte @Nullable [] bytes(@Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return null;
        }
        if (json.isString()) {
            return json.stringValue().getBytes(UTF_8);
        }
        try {
            return Base64.getDecoder().decode(json.path("base64").asString(""));
        } catch (IllegalArgumentException e) {
            throw new EtalonException(ArchiveCodes.BROKEN, "A sealed value is neither text nor base64.", e);
        }
    }

    /** A pack's entries, in their order: after each other an asset's id, two lengths, text and extra. */
    static String packJson(byte[] pack) {
        var in = ByteBuffer.wrap(pack);
        var entries = new ArrayList<String>();
        while (in.hasRemaining()) {
            var asset = new UUID(in.getLong(), in.getLong());
            var text = new byte[in.getInt()];
            var extra = new byte[in.getInt()];
            in.get(text).get(extra);
            entries.add("{\"asset\":\"" + asset + "\",\"text\":" + json(text) + ",\"extra\":" + json(extra) + "}");
        }
        return "[" + String.join(",", entries) + "]";
    }

    static byte[] packBytes(JsonNode entries) {
        var parts = new ArrayList<byte[]>();
        var size = 0;
        for (var entry : entries) {
            var asset = UUID.fromString(entry.path("asset").asString(""));
            var text = present(bytes(entry.get("text")));
            var extra = present(bytes(entry.get("extra")));
            parts.add(ByteBuffer.allocate(PACK_HEAD + text.length + extra.length)
                    .putLong(asset.getMostSignificantBits())
                    .putLong(asset.getLeastSignificantBits())
                    .putInt(text.length)
                    .putInt(extra.length)
                    .put(text)
                    .put(extra)
                    .array());
            size += parts.getLast().length;
        }
        var pack = ByteBuffer.allocate(size);
        parts.forEach(pack::put);
        return pack.array();
    }

    private static byte[] present(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new EtalonException(ArchiveCodes.BROKEN, "An entry of a pack of texts lacks a part.");
        }
        return bytes;
    }
}
