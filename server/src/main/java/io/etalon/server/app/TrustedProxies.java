package io.etalon.server.app;

import io.etalon.server.base.Network;
import java.net.InetAddress;
import java.util.List;

/**
 * The reverse proxies whose word is taken on where a request comes from. Everybody else may write what he likes into
 * {@code X-Forwarded-For}: it counts only as far as trusted peers wrote it, that is from its right end to the first
 * address that is no proxy of ours. Immutable.
 */
final class TrustedProxies {
    static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<Network> networks;

    private TrustedProxies(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * Reads networks such as {@code 10.0.0.0/8} or {@code ::1}.
     *
     * @throws StartFailure naming the one that is none
     */
    static TrustedProxies of(List<String> networks) {
        return new TrustedProxies(
                networks.stream().map(text -> network(text.strip())).toList());
    }

    private static Network network(String text) {
        try {
            return Network.parse(text);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "“" + text + "” is no network; --trusted-proxy takes addresses such as 10.0.0.0/8 or ::1.", e);
        }
    }

    boolean isEmpty() {
        return networks.isEmpty();
    }

    /**
     * Where a request comes from.
     *
     * @param peer who holds the connection
     * @param forwarded the request's {@code X-Forwarded-For} headers in their order
     * @return an address in its one spelling; the peer's own when it is not trusted
     */
    String client(String peer, List<String> forwarded) {
        var client = Network.literal(peer).orElse(null);
        if (client == null) {
            return peer;
        }
        var hops = String.join(",", forwarded).split(",", -1);
        for (var i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            var hop = Network.literal(withoutPort(hops[i].strip())).orElse(null);
            if (hop == null) {
                // What stands further left was not written by anybody we know.
                break;
            }
            client = hop;
        }
        return client.getHostAddress();
    }

    private boolean isTrusted(InetAddress address) {
        return networks.stream().anyMatch(network -> network.has(address));
    }

    /** Some proxies add the port: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            var end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        var colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
