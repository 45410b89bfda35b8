package io.etalon.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 value: 32 immutable bytes, ordered bytewise (unsigned). Thread-safe. */
public final class Hash implements Comparable<Hash> {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies exactly 32 bytes. */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new FormatException("a hash has 32 bytes, found " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /** Copies the 32 bytes at {@code offset}. */
    static Hash at(byte[] bytes, int offset) {
        return new Hash(Arrays.copyOfRange(bytes, offset, offset + LENGTH));
    }

    /** SHA-256 of the concatenated parts. */
    public static Hash sha256(byte[]... parts) {
        var digest = newDigest();
        for (var part : parts) {
            digest.update(part);
        }
        return new Hash(digest.digest());
    }

    /** Reads 64 lower-case hex digits. Upper case is refused: one value has one spelling. */
    public static Hash ofHex(String hex) {
        if (!isHex(hex)) {
            throw new FormatException("a hash is 64 lower-case hex digits, found «" + Text.shown(hex) + "»");
        }
        return new Hash(HexFormat.of().parseHex(hex));
    }

    static boolean isHex(String text) {
        return text.length() == 2 * LENGTH
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** Reads standard base64 with padding (RFC 4648, section 4), in its one canonical spelling. */
    public static Hash ofBase64(String text) {
        var bytes = Text.base64(text, "hash");
        if (bytes.length != LENGTH) {
            throw new FormatException("a hash has 32 bytes, found " + bytes.length + " in «" + Text.shown(text) + "»");
        }
        return new Hash(bytes);
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must provide SHA-256", e);
        }
    }

    static Hash finish(MessageDigest digest) {
        return new Hash(digest.digest());
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, LENGTH);
    }

    void update(MessageDigest digest) {
        digest.update(bytes);
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Standard base64 with padding. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The hex form. */
    @Override
    public String toString() {
        return hex();
    }
}
