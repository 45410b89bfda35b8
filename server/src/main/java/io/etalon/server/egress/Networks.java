package io.etalon.server.egress;

import io.etalon.server.base.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are the public internet's. The tables are IANA's registries of special-purpose addresses (RFC 6890, as of
 * 2025): of IPv4 all but what is listed is public; of IPv6 only global unicast (2000::/3) is, but for what is listed. The
 * JDK's own questions ({@code isSiteLocalAddress} and so on) miss half of them. Immutable.
 */
final class Networks {
    private static final List<Network> RESERVED_IPV4 = parsed(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");
    private static final Network GLOBAL_IPV6 = Network.parse("2000::/3");
    /** Tunnels among them: an address that wraps another one could lead to any. */
    private static final List<Network> RESERVED_IPV6 = parsed("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private Networks() {}

    private static List<Network> parsed(String... networks) {
        return Stream.of(networks).map(Network::parse).toList();
    }

    static boolean isPublic(InetAddress address) {
        // The JDK hands out an IPv4 address for one that IPv6 maps (::ffff:0:0/96).
        if (address instanceof Inet4Address) {
            return RESERVED_IPV4.stream().noneMatch(network -> network.has(address));
        }
        return GLOBAL_IPV6.has(address) && RESERVED_IPV6.stream().noneMatch(network -> network.has(address));
    }
}
