package io.etalon.server.forward;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where other servers of the installation reach this one.
 *
 * @param port that speaks TLS with them and with nobody else; 0 when this server is alone
 * @param address what they are told; empty when it is alone
 * @param plain whether requests may go to other machines unencrypted
 */
public record NodePlace(int port, String address, boolean plain) {
    /** Nobody else is there. */
    public static final NodePlace ALONE = new NodePlace(0, "", false);

    /** Whether other servers speak TLS with this one. */
    boolean isEncrypted() {
        return address.startsWith("https:");
    }

    /** Why requests may not be handed on to an address; empty when they may. */
    public Optional<String> refusal(String to) {
        if (to.isEmpty() || plain) {
            return Optional.empty();
        }
        try {
            var uri = URI.create(to);
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (scheme.equals("https")
                    || scheme.equals("http")
                            && uri.getHost() != null
                            && InetAddress.getByName(uri.getHost()).isLoopbackAddress()) {
                return Optional.empty();
            }
        } catch (IllegalArgumentException | UnknownHostException e) {
            return Optional.of("The address " + to + ", at which other servers are to reach this one, is none.");
        }
        return Optional.of(
                "At " + to + " requests between servers would go over the network unencrypted, with sessions and"
                        + " content in them. Leave etalon.node.address out, or begin it with https:// and give the port as"
                        + " etalon.node.port; where something else encrypts that network, say so with etalon.node.plain=true.");
    }
}
