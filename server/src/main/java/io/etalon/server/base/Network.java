package io.etalon.server.base;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** A network in CIDR notation (RFC 4632); all bits of the address after the prefix are free. Immutable. */
public final class Network {
    private final byte[] address;
    private final int prefix;

    private Network(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /**
     * Reads a network such as {@code 10.0.0.0/8}, or one address such as {@code ::1}.
     *
     * @throws IllegalArgumentException when it is none; no name server is asked
     */
    public static Network parse(String text) {
        var slash = text.indexOf('/');
        var address = literal(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(text));
        return of(address, slash < 0 ? bits(address) : Integer.parseInt(text.substring(slash + 1)));
    }

    /**
     * The network of an address.
     *
     * @param prefix how many bits are fixed
     * @throws IllegalArgumentException when the address has fewer
     */
    public static Network of(InetAddress address, int prefix) {
        var bytes = address.getAddress();
        if (prefix < 0 || prefix > bits(address)) {
            throw new IllegalArgumentException(address.getHostAddress() + "/" + prefix);
        }
        for (var bit = prefix; bit < bits(address); bit++) {
            bytes[bit >> 3] &= (byte) ~(0x80 >> (bit & 7));
        }
        return new Network(bytes, prefix);
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    /** An address as it is written; empty for a name, which nobody is asked about. */
    public static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean has(InetAddress one) {
        var other = one.getAddress();
        if (other.length != address.length) {
            return false;
        }
        for (var bit = 0; bit < prefix; bit++) {
            if (((address[bit >> 3] ^ other[bit >> 3]) & (0x80 >> (bit & 7))) != 0) {
                return false;
            }
        }
        return true;
    }

    /** How many bits are fixed: of two networks that hold an address, the one with more says more. */
    public int prefix() {
        return prefix;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network network && prefix == network.prefix && Arrays.equals(address, network.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + prefix;
    }
}
