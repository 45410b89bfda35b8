package io.etalon.server.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of this installation, from which the secrets of its parts are derived by label (HMAC-SHA-256 as a key
 * derivation function, RFC 5869 expand with one block). Never printed, never stored in a database. Thread-safe.
 */
public final class InstallationSecret {
    private final byte[] secret;

    /** @param secret at least 32 bytes of entropy, as the passphrase file holds them */
    public InstallationSecret(byte[] secret) {
        if (secret.length < 32) {
            throw new IllegalArgumentException("the installation's secret must have at least 32 bytes");
        }
        this.secret = secret.clone();
    }

    /** 32 bytes that belong to this label alone. */
    public byte[] derive(String label) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(label.getBytes(UTF_8));
            mac.update((byte) 1);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "InstallationSecret[…]";
    }
}
