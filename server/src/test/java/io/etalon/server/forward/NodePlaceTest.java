package io.etalon.server.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.app.ServerConfig.Addresses;
import io.etalon.server.app.ServerConfig.Storage;
import io.etalon.server.app.StartFailure;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.testing.TestServer;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class NodePlaceTest {
    private static final NodePlace PLACE = new NodePlace(8430, "https://10.0.0.7:8430", false);

    @Test
    void sendsNothingUnencryptedToAnotherMachineUnlessSomebodySaysSo() {
        for (var good : new String[] {"https://10.0.0.8:8430", "http://127.0.0.1:8420", "http://[::1]:8420"}) {
            assertThat(PLACE.refusal(good)).as(good).isEmpty();
        }
        for (var bad : new String[] {"http://10.0.0.8:8420", "HTTP://192.0.2.1:80", "ftp://127.0.0.1", "no address"}) {
            assertThat(PLACE.refusal(bad)).as(bad).isPresent();
        }
        assertThat(PLACE.refusal("http://10.0.0.8:8420").orElseThrow())
                .contains("unencrypted", "etalon.node.port", "etalon.node.plain=true");
        assertThat(new NodePlace(8430, "http://10.0.0.7:8420", true).refusal("http://10.0.0.8:8420"))
                .isEmpty();
    }

    @Test
    void aServerWithSuchAnAddressDoesNotStart() {
        System.setProperty("etalon.node.address", "http://192.0.2.1:8420");
        try {
            var config = new ServerConfig(
                    TestServer.freshData(), Addresses.local(0, 0), Storage.of("postgresql://a:b@127.0.0.1:1/c", null));
            assertThatThrownBy(() -> RunningServer.start(config))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("http://192.0.2.1:8420")
                    .hasMessageContaining("unencrypted");
        } finally {
            System.clearProperty("etalon.node.address");
        }
    }

    @Test
    void allServersOfAnInstallationMakeTheSameCertificateAndOthersAnother() throws Exception {
        var secret = new InstallationSecret("one installation's secret of enough bytes".getBytes(UTF_8));
        var other = new InstallationSecret("another installation's secret of enough bytes".getBytes(UTF_8));
        var one = new NodeTls(secret).trusted().getCertificate(NodeTls.ALIAS);
        assertThat(new NodeTls(secret).trusted().getCertificate(NodeTls.ALIAS)).isEqualTo(one);
        assertThat(new NodeTls(other).trusted().getCertificate(NodeTls.ALIAS)).isNotEqualTo(one);
        one.verify(one.getPublicKey());
        assertThat(Collections.list(new NodeTls(secret).store().aliases())).containsExactly(NodeTls.ALIAS);
    }
}
