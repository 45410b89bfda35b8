package io.etalon.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key that verifies notes: {@code <name>+<key id, 8 hex>+<base64 of type 0x01 and the 32-byte key>} (the form
 * of Go's {@code sumdb/note}; key id by C2SP signed-note, "Ed25519 signatures"). Immutable and thread-safe.
 */
public final class VerifierKey {
    static final byte TYPE = 1;

    private final String name;
    private final int id;
    private final byte[] raw;
    private final PublicKey key;

    private VerifierKey(String name, byte[] raw) {
        this.name = requireName(name);
        this.raw = raw;
        this.id = keyId(name, raw);
        this.key = Ed25519.publicKey(raw);
    }

    /** The key of this name with these 32 bytes (RFC 8032, section 5.1.5). */
    public static VerifierKey of(String name, byte[] publicKey) {
        if (publicKey.length != Ed25519.KEY_LENGTH) {
            throw new FormatException("an Ed25519 key has 32 bytes, not " + publicKey.length);
        }
        return new VerifierKey(name, publicKey.clone());
    }

    /** Reads the text form; a wrong key id or any other spelling is refused. */
    public static VerifierKey parse(String text) {
        // Base64 may hold a plus, names and ids may not.
        var parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new FormatException("a verifier key is «name+id+base64», found «" + Text.shown(text) + "»");
        }
        var key = of(parts[0], keyBytes(parts[2], "verifier key"));
        if (!key.idHex().equals(parts[1])) {
            throw new FormatException("the verifier key of «" + Text.shown(key.name) + "» has id " + key.idHex()
                    + ", not «" + Text.shown(parts[1]) + "»");
        }
        return key;
    }

    static byte[] keyBytes(String base64, String what) {
        var bytes = Text.base64(base64, what);
        if (bytes.length != 1 + Ed25519.KEY_LENGTH || bytes[0] != TYPE) {
            throw new FormatException(what + " is not an Ed25519 key (type 1 and 32 bytes)");
        }
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    /** Key names are not empty and hold no Unicode space, no plus and no control character (C2SP signed-note). */
    static String requireName(String name) {
        var bad = name.isEmpty()
                || name.codePoints()
                        .anyMatch(c -> c == '+'
                                || Character.isSpaceChar(c)
                                || Character.isWhitespace(c)
                                || Character.isISOControl(c)
                                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        if (bad) {
            throw new FormatException(
                    "a key name is not empty and has no space and no plus, found «" + Text.shown(name) + "»");
        }
        return name;
    }

    private static int keyId(String name, byte[] raw) {
        var hash = Hash.sha256(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', TYPE}, raw);
        return ByteBuffer.wrap(hash.bytes()).getInt();
    }

    /** The name: by custom the log's origin. */
    public String name() {
        return name;
    }

    /** The first four bytes of SHA-256(name, newline, type, key), big-endian. */
    public int id() {
        return id;
    }

    String idHex() {
        return HexFormat.of().toHexDigits(id);
    }

    /** Whether the 64-byte signature over the message is by this key. */
    public boolean verify(byte[] message, byte[] signature) {
        return Ed25519.verify(key, message, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey k && name.equals(k.name) && Arrays.equals(raw, k.raw);
    }

    @Override
    public int hashCode() {
        return id;
    }

    /** The text form that {@link #parse} reads. */
    @Override
    public String toString() {
        var bytes = new ByteArrayOutputStream();
        bytes.write(TYPE);
        bytes.writeBytes(raw);
        return name + "+" + idHex() + "+" + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
