package io.etalon.server.residency;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.Network;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerPlaceTest {
    private final ServerPlace place = new ServerPlace(
            "FR",
            Map.of(
                    Network.parse("192.0.2.0/24"), "FR",
                    Network.parse("192.0.2.128/25"), "DE",
                    Network.parse("2001:db8::/32"), "ES"));

    @Test
    void theNarrowestNetworkTells() {
        assertThat(place.countryOf("192.0.2.127")).contains("FR");
        assertThat(place.countryOf("192.0.2.128")).contains("DE");
        assertThat(place.countryOf("2001:db8:1::7")).contains("ES");
    }

    @Test
    void anAddressOfNoNetworkIsInNoCountry() {
        assertThat(place.countryOf("192.0.3.1")).isEmpty();
        assertThat(place.countryOf("2001:db9::1")).isEmpty();
        assertThat(place.countryOf("example.org"))
                .as("nobody is asked about a name")
                .isEmpty();
    }
}
