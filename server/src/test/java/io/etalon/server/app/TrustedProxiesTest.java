package io.etalon.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {
    private final TrustedProxies proxies = TrustedProxies.of(List.of("10.1.0.0/16", "::1"));

    @Test
    void believesNobodyWhoIsNoProxy() {
        assertThat(TrustedProxies.NONE.client("10.1.0.1", List.of("192.0.2.1"))).isEqualTo("10.1.0.1");
        assertThat(proxies.client("10.2.0.1", List.of("192.0.2.1"))).isEqualTo("10.2.0.1");
    }

    @Test
    void takesTheLastAddressThatNoProxyHas() {
        assertThat(proxies.client("10.1.2.3", List.of("192.0.2.1"))).isEqualTo("192.0.2.1");
        assertThat(proxies.client("0:0:0:0:0:0:0:1", List.of("203.0.113.9, 192.0.2.1, 10.1.9.9")))
                .as("what stands left of it is the sender's own invention")
                .isEqualTo("192.0.2.1");
        assertThat(proxies.client("10.1.2.3", List.of("203.0.113.9", "192.0.2.1")))
                .as("several headers are one list")
                .isEqualTo("192.0.2.1");
        assertThat(proxies.client("10.1.2.3", List.of("10.1.0.7"))).isEqualTo("10.1.0.7");
    }

    @Test
    void givesEveryAddressOneSpelling() {
        assertThat(proxies.client("10.1.2.3", List.of("192.0.2.1:4711"))).isEqualTo("192.0.2.1");
        assertThat(proxies.client("10.1.2.3", List.of("[2001:DB8::1]:4711")))
                .isEqualTo(proxies.client("10.1.2.3", List.of("2001:db8:0:0::1")));
        assertThat(proxies.client("10.1.2.3", List.of("::ffff:192.0.2.1"))).isEqualTo("192.0.2.1");
    }

    @Test
    void staysWithWhomItKnowsWhenAHopIsNoAddress() {
        for (var hop : List.of("", "unknown", "example.org", "[::1", "1.2.3.4.5")) {
            assertThat(proxies.client("10.1.2.3", List.of("192.0.2.1, " + hop))).isEqualTo("10.1.2.3");
        }
        assertThat(proxies.client("10.1.2.3", List.of())).isEqualTo("10.1.2.3");
    }

    @Test
    void refusesWhatIsNoNetwork() {
        for (var text : List.of("", "10.0.0.0/33", "::1/129", "10.0.0.0/-1", "10.0.0.0/x", "proxy.example")) {
            assertThatThrownBy(() -> TrustedProxies.of(List.of(text)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("--trusted-proxy");
        }
    }

    @Test
    void countsAttemptsByTheSenderBehindAProxyAndByThePeerOtherwise() {
        try (var behind = TestServer.behind(List.of("127.0.0.0/8", "::1"))) {
            assertThat(lastOfEleven(behind, false).status()).isEqualTo(429);
            var another = attempt(behind, "198.51.100.200");
            assertThat(another.status()).as("another sender is heard").isEqualTo(401);
        }
        assertThat(lastOfEleven(TestServer.shared(), true).status())
                .as("without a proxy the header changes nothing")
                .isEqualTo(429);
    }

    private static Http.Answer lastOfEleven(TestServer server, boolean changing) {
        for (var i = 0; i < 10; i++) {
            assertThat(attempt(server, "198.51.100." + (changing ? i : 1)).status())
                    .isEqualTo(401);
        }
        return attempt(server, "198.51.100." + (changing ? 10 : 1));
    }

    private static Http.Answer attempt(TestServer server, String from) {
        return Http.of(server)
                .with("X-Forwarded-For", from)
                .post("/session", Map.of("email", "nobody@proxy.example", "password", "wrong wrong wrong"));
    }
}
