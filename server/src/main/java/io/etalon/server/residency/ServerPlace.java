package io.etalon.server.residency;

import io.etalon.server.base.Network;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where this server stands, and which networks stand where, both by its operator's word. Immutable. */
public final class ServerPlace {
    private final @Nullable String country;
    private final Map<Network, String> networks;
    /** The lengths that occur, longest first. */
    private final List<Integer> prefixes;

    /**
     * @param country of the server (ISO 3166-1 alpha-2); null when nobody said
     * @param networks with their countries; empty when nobody said
     */
    public ServerPlace(@Nullable String country, Map<Network, String> networks) {
        this.country = country;
        this.networks = Map.copyOf(networks);
        this.prefixes = networks.keySet().stream()
                .map(Network::prefix)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    @Nullable
    String country() {
        return country;
    }

    int networks() {
        return networks.size();
    }

    /** Whether anything is said of networks; then an address of none is in no country. */
    boolean knowsNetworks() {
        return !networks.isEmpty();
    }

    /** The country of the narrowest network that holds an address: one look a length of prefix. */
    Optional<String> countryOf(String address) {
        var literal = Network.literal(address).orElse(null);
        if (literal == null) {
            return Optional.empty();
        }
        var bits = literal.getAddress().length * Byte.SIZE;
        return prefixes.stream()
                .filter(prefix -> prefix <= bits)
                .map(prefix -> networks.get(Network.of(literal, prefix)))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
