package io.etalon.server.forward;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.etalon.server.base.InstallationSecret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * What the servers of an installation know each other by in TLS 1.3: one Ed25519 key, derived from the installation's secret,
 * and one certificate around it, which every server makes anew with the same bytes. Each side shows it and takes no other, so
 * that no authority, name or date is believed. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8410">RFC 8410: Ed25519 in X.509</a>
 */
public final class NodeTls {
    /** Of the one entry, which lies in memory alone. */
    public static final String ALIAS = "node";

    /** The platform's key stores want a word; there is nothing that it protects. */
    public static final String WORD = "in-memory";

    private static final int SEQUENCE = 0x30;
    private static final byte[] ED25519 = HexFormat.of().parseHex("06032b6570");
    private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");
    private static final byte[] VERSION_3 = HexFormat.of().parseHex("020102");
    private static final byte[] SERIAL = HexFormat.of().parseHex("020101");

    private final KeyPair pair;
    private final X509Certificate certificate;

    public NodeTls(InstallationSecret secret) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seed(secret.derive("tls between nodes")));
            pair = generator.generateKeyPair();
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            var body = body(pair);
            signer.update(body);
            var signed = der(SEQUENCE, body, der(SEQUENCE, ED25519), der(0x03, new byte[1], signer.sign()));
            certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519 and X.509", e);
        }
    }

    /** TBSCertificate of RFC 5280, section 4.1: without extensions, for all times. */
    private static byte[] body(KeyPair pair) {
        var name = der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, der(0x0c, "Etalon server".getBytes(US_ASCII)))));
        var always = der(
                SEQUENCE,
                der(0x17, "200101000000Z".getBytes(US_ASCII)),
                der(0x18, "99991231235959Z".getBytes(US_ASCII)));
        var key = pair.getPublic().getEncoded();
        return der(SEQUENCE, der(0xa0, VERSION_3), SERIAL, der(SEQUENCE, ED25519), name, always, name, key);
    }

    /** A value of fewer than 65,536 bytes in DER. */
    private static byte[] der(int tag, byte[]... parts) {
        var value = new ByteArrayOutputStream();
        for (var part : parts) {
            value.writeBytes(part);
        }
        var length = value.size();
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (length >= 0x80) {
            whole.write(length > 0xff ? 0x82 : 0x81);
            if (length > 0xff) {
                whole.write(length >> 8);
            }
        }
        whole.write(length & 0xff);
        whole.writeBytes(value.toByteArray());
        return whole.toByteArray();
    }

    /** The key with its certificate, and the certificate as the only one that is trusted. */
    public KeyStore store() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, pair.getPrivate(), WORD.toCharArray(), new X509Certificate[] {certificate});
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK has PKCS#12", e);
        }
    }

    /** A store that holds the certificate alone. */
    public KeyStore trusted() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(ALIAS, certificate);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK has PKCS#12", e);
        }
    }

    /** For calls to other servers of the installation. */
    public SSLContext context() {
        try {
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store(), WORD.toCharArray());
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), new TrustManager[] {new PinnedTrust(certificate)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS 1.3", e);
        }
    }

    /** The JDK makes an Ed25519 key of the first 32 random bytes that it asks for. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
