package io.etalon.server.base;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A SHA-256 digest as a value: ordered as its bytes are, and 48 bytes in a set of millions. */
public record ContentHash(long a, long b, long c, long d) implements Comparable<ContentHash> {
    /** A digest to be used by one thread over and over. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @param bytes 32 of them */
    public static ContentHash of(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        return new ContentHash(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(32)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array();
    }

    @Override
    public int compareTo(ContentHash other) {
        var order = Long.compareUnsigned(a, other.a);
        order = order != 0 ? order : Long.compareUnsigned(b, other.b);
        order = order != 0 ? order : Long.compareUnsigned(c, other.c);
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }

    @Override
    public int hashCode() {
        return (int) (a ^ d >>> 32);
    }
}
