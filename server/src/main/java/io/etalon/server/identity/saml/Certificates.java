package io.etalon.server.identity.saml;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;

/**
 * The certificates of an identity provider: carriers of a key that the operator has pinned. Neither their dates nor their
 * issuers are looked at (SAML metadata interoperability profile, section 2.6): what is pinned is trusted until it is taken away.
 */
public final class Certificates {
    private static final int SHORTEST_RSA = 2048;
    private static final int SHORTEST_EC = 256;
    private static final int LONGEST = 20_000;

    private Certificates() {}

    /** PEM or base64 as base64 of DER on one line; empty for what is no certificate, or of a key that is too weak. */
    public static Optional<String> normal(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        var bare = text.replaceAll("-----(BEGIN|END) CERTIFICATE-----", "").replaceAll("\\s", "");
        return key(bare).map(found -> bare);
    }

    static Optional<PublicKey> key(String base64) {
        try {
            var der = Base64.getDecoder().decode(base64.getBytes(US_ASCII));
            var certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (!(certificate instanceof X509Certificate)) {
                return Optional.empty();
            }
            var key = certificate.getPublicKey();
            return isStrong(key) ? Optional.of(key) : Optional.empty();
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isStrong(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= SHORTEST_RSA;
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= SHORTEST_EC;
            default -> false;
        };
    }
}
