package io.etalon.server.identity;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A certificate of nobody's, made by the JDK's own tool. */
final class OtherCertificate {
    private OtherCertificate() {}

    static String pem() throws Exception {
        var folder = Files.createTempDirectory(Path.of("target"), "certificate");
        var store = folder.resolve("store.p12");
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=other",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        if (made.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        var keys = java.security.KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.getCertificate("a").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
