package io.etalon.server.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.base.InstallationSecret;
import io.etalon.server.forward.NodeTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The ports at which servers reach each other, as somebody on their network finds them. */
final class NodesDoor {
    private NodesDoor() {}

    static void opensToServersOfThisInstallationAlone(List<String> addresses, Path data) throws Exception {
        assertThat(addresses).hasSize(2).allMatch(address -> address.startsWith("https://127.0.0.1:"));
        var ours = new InstallationSecret(
                Files.readString(data.resolve("keys/passphrase")).strip().getBytes(UTF_8));
        var theirs = new InstallationSecret("the secret of an installation of somebody else".getBytes(UTF_8));
        for (var address : addresses) {
            assertThatThrownBy(() -> get(new NodeTls(theirs).context(), address))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(withoutCertificate(), address)).isInstanceOf(IOException.class);
            var plain = HttpClient.newHttpClient()
                    .send(request(address.replace("https:", "http:")), BodyHandlers.ofString());
            assertThat(plain.statusCode()).isEqualTo(400);
            // One of ours is let in, and has nothing to do there without an envelope.
            var known = get(new NodeTls(ours).context(), address);
            assertThat(known.statusCode()).isEqualTo(403);
            assertThat(known.body()).contains("envelope-refused");
        }
    }

    private static HttpRequest request(String address) {
        return HttpRequest.newBuilder(URI.create(address + "/api/v1/about")).build();
    }

    private static HttpResponse<String> get(SSLContext context, String address)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            return http.send(request(address), BodyHandlers.ofString());
        }
    }

    /** Somebody who trusts everybody and shows nothing. */
    private static SSLContext withoutCertificate() throws Exception {
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new Credulous()}, null);
        return context;
    }

    private static final class Credulous extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
