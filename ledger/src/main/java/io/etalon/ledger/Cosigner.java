package io.etalon.ledger;

import io.etalon.ledger.SignedNote.NoteSignature;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A witness's key: it signs that at a time it had seen a checkpoint, and no other log than that (C2SP tlog-cosignature,
 * "cosignature/v1", Ed25519, signature type 0x04). Thread-safe; {@link #toString} shows no secret.
 */
public final class Cosigner {
    private static final byte TYPE = 4;
    private static final String PREFIX = "PRIVATE+KEY+";
    private static final int SIGNATURE = 64;

    private final byte[] seed;
    private final PrivateKey secret;
    private final Key key;

    private Cosigner(String name, byte[] seed) {
        this.seed = seed;
        this.secret = Ed25519.privateKey(seed);
        this.key = new Key(VerifierKey.requireName(name), Ed25519.publicKeyOf(seed));
    }

    /** A new key. */
    public static Cosigner generate(String name, SecureRandom random) {
        var seed = new byte[Ed25519.KEY_LENGTH];
        random.nextBytes(seed);
        return new Cosigner(name, seed);
    }

    /** Reads what {@link #secretText} wrote. */
    public static Cosigner parse(String text) {
        var parts = text.startsWith(PREFIX) ? text.substring(PREFIX.length()).split("\\+", 3) : new String[0];
        if (parts.length != 3) {
            throw new FormatException("a witness's secret key is «PRIVATE+KEY+name+id+base64»");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(parts[2]);
        } catch (IllegalArgumentException e) {
            throw new FormatException("the witness's secret key is not base64");
        }
        if (bytes.length != 1 + Ed25519.KEY_LENGTH || bytes[0] != TYPE) {
            throw new FormatException("the witness's secret key is not of type 4 with 32 bytes");
        }
        var cosigner = new Cosigner(parts[0], Arrays.copyOfRange(bytes, 1, bytes.length));
        if (!HexFormat.of().toHexDigits(cosigner.key.id()).equals(parts[1])) {
            throw new FormatException("the witness's secret key has another id than it says");
        }
        return cosigner;
    }

    /** The public half. */
    public Key key() {
        return key;
    }

    /** The secret text form, for a key file that its owner alone can read. */
    public String secretText() {
        return PREFIX + key.name() + "+" + HexFormat.of().toHexDigits(key.id()) + "+" + key.base64(seed);
    }

    /** Signs that this checkpoint was seen at this time, in seconds since 1970. */
    public NoteSignature cosign(SignedNote checkpoint, long seconds) {
        var signature = Ed25519.sign(secret, message(checkpoint.text(), seconds));
        return new NoteSignature(
                key.name(),
                key.id(),
                ByteBuffer.allocate(Long.BYTES + SIGNATURE)
                        .putLong(seconds)
                        .put(signature)
                        .array());
    }

    private static byte[] message(String text, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    /** Names the public half only. */
    @Override
    public String toString() {
        return "witness " + key;
    }

    /**
     * The public half of a witness's key, {@code name+id+base64} of type 0x04 and 32 bytes.
     *
     * @param name by custom an address without its scheme
     * @param bytes as RFC 8032, section 5.1.5
     */
    public record Key(String name, byte[] bytes) {
        public Key {
            VerifierKey.requireName(name);
            bytes = bytes.clone();
            if (bytes.length != Ed25519.KEY_LENGTH) {
                throw new FormatException("an Ed25519 key has 32 bytes, not " + bytes.length);
            }
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        /** Reads the text form; any other spelling is refused. */
        public static Key parse(String text) {
            var parts = text.split("\\+", 3);
            if (parts.length == 3) {
                var found = Text.base64(parts[2], "the witness's key");
                if (found.length == 1 + Ed25519.KEY_LENGTH && found[0] == TYPE) {
                    var key = new Key(parts[0], Arrays.copyOfRange(found, 1, found.length));
                    if (key.toString().equals(text)) {
                        return key;
                    }
                }
            }
            throw new FormatException(
                    "a witness's key is «name+id+base64» of type 4, found «" + Text.shown(text) + "»");
        }

        /** The first four bytes of SHA-256(name, newline, type, key), big-endian. */
        public int id() {
            return ByteBuffer.wrap(Hash.sha256(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', TYPE}, bytes)
                            .bytes())
                    .getInt();
        }

        /**
         * When the witness saw the checkpoint, in seconds since 1970; empty when it did not sign it.
         *
         * @throws FormatException when a signature of this key does not fit the text
         */
        public Optional<Long> seenAt(SignedNote checkpoint) {
            PublicKey key = Ed25519.publicKey(bytes);
            Optional<Long> seen = Optional.empty();
            for (var line : checkpoint.signatures()) {
                if (line.name().equals(name) && line.keyId() == id()) {
                    var signed = line.signature();
                    if (signed.length != Long.BYTES + SIGNATURE) {
                        throw new FormatException("a cosignature has 72 bytes, not " + signed.length);
                    }
                    var seconds = ByteBuffer.wrap(signed).getLong();
                    var signature = Arrays.copyOfRange(signed, Long.BYTES, signed.length);
                    if (!Ed25519.verify(key, message(checkpoint.text(), seconds), signature)) {
                        throw new FormatException("the cosignature of " + this + " does not fit the text");
                    }
                    seen = Optional.of(seconds);
                }
            }
            return seen;
        }

        private String base64(byte[] half) {
            var out = new ByteArrayOutputStream();
            out.write(TYPE);
            out.writeBytes(half);
            return Base64.getEncoder().encodeToString(out.toByteArray());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key k && name.equals(k.name) && Arrays.equals(bytes, k.bytes);
        }

        @Override
        public int hashCode() {
            return id();
        }

        @Override
        public String toString() {
            return name + "+" + HexFormat.of().toHexDigits(id()) + "+" + base64(bytes);
        }
    }
}
