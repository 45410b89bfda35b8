package io.etalon.server.egress;

import java.net.InetAddress;

/** A network in CIDR notation (RFC 4632); all bits of the address after the prefix are free. */
record Network(byte[] address, int prefix) {
    /** @throws IllegalArgumentException when it is none */
    static Network parse(String text) {
        var slash = text.indexOf('/');
        var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                .getAddress();
        var prefix = slash < 0 ? address.length * Byte.SIZE : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > address.length * Byte.SIZE) {
            throw new IllegalArgumentException(text + " has no such prefix");
        }
        return new Network(address, prefix);
    }

    boolean has(InetAddress one) {
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
}
