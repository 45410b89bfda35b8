package io.etalon.ledger;

import java.io.ByteArrayOutputStream;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret key that signs notes. Text form as in Go's {@code sumdb/note}:
 * {@code PRIVATE+KEY+<name>+<key id>+<base64 of type 0x01 and the 32-byte seed>}. Thread-safe; {@link #toString} shows
 * no secret.
 */
public final class SignerKey {
    private static final String PREFIX = "PRIVATE+KEY+";

    private final byte[] seed;
    private final PrivateKey key;
    private final VerifierKey verifier;

    private SignerKey(String name, byte[] seed) {
        VerifierKey.requireName(name);
        this.seed = seed;
        this.key = Ed25519.privateKey(seed);
        this.verifier = VerifierKey.of(name, Ed25519.publicKeyOf(seed));
    }

    /** A new key from 32 bytes of the source. */
    public static SignerKey generate(String name, SecureRandom random) {
        var seed = new byte[Ed25519.KEY_LENGTH];
        random.nextBytes(seed);
        return new SignerKey(name, seed);
    }

    /** The key of a given 32-byte seed (RFC 8032, section 5.1.5), for keys kept elsewhere. */
    public static SignerKey ofSeed(String name, byte[] seed) {
        if (seed.length != Ed25519.KEY_LENGTH) {
            throw new FormatException("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        return new SignerKey(name, seed.clone());
    }

    /** Reads the text form. Messages of a refusal do not repeat the secret. */
    public static SignerKey parse(String text) {
        var parts = text.startsWith(PREFIX) ? text.substring(PREFIX.length()).split("\\+", 3) : new String[0];
        if (parts.length != 3) {
            throw new FormatException("a signer key is «PRIVATE+KEY+name+id+base64»");
        }
        byte[] seed;
        try {
            seed = VerifierKey.keyBytes(parts[2], "signer key");
        } catch (FormatException e) {
            // The cause's message would show the secret.
            throw new FormatException(
                    "the signer key of «" + Text.shown(parts[0]) + "» is not type 1 and 32 bytes in base64");
        }
        var signer = new SignerKey(parts[0], seed);
        if (!signer.verifier.idHex().equals(parts[1])) {
            throw new FormatException(
                    "the signer key has id " + signer.verifier.idHex() + ", not «" + Text.shown(parts[1]) + "»");
        }
        return signer;
    }

    /** The public half. */
    public VerifierKey verifier() {
        return verifier;
    }

    /** Signs: 64 bytes, the same for the same message. */
    public byte[] sign(byte[] message) {
        return Ed25519.sign(key, message);
    }

    /** The secret text form that {@link #parse} reads; for a key file, never for a log. */
    public String secretText() {
        var bytes = new ByteArrayOutputStream();
        bytes.write(VerifierKey.TYPE);
        bytes.writeBytes(seed);
        return PREFIX + verifier.name() + "+" + verifier.idHex() + "+"
                + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Names the public half only. */
    @Override
    public String toString() {
        return "signer of " + verifier;
    }
}
