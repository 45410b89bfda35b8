package io.etalon.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.keys.SecretAead;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Seals signing keys under a key of the installation, each bound to its endpoint. Not under the client's key: news that this
 * key was disabled is signed too. Thread-safe.
 */
@Component
final class Secrets {
    private final Aead aead;

    Secrets(InstallationSecret secret) {
        this.aead = SecretAead.of(secret.derive("webhook signing keys"));
    }

    byte[] seal(ClientId client, UUID endpoint, SigningKey key) {
        try {
            return aead.encrypt(key.text().getBytes(UTF_8), label(client, endpoint));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM encrypts every value", e);
        }
    }

    SigningKey open(ClientId client, UUID endpoint, byte[] sealed) {
        try {
            return SigningKey.parse(new String(aead.decrypt(sealed, label(client, endpoint)), UTF_8));
        } catch (GeneralSecurityException e) {
            throw new EtalonException(ErrorCode.INTERNAL, "A webhook's signing key does not open.", e);
        }
    }

    private static byte[] label(ClientId client, UUID endpoint) {
        return ("webhook " + client + " " + endpoint).getBytes(UTF_8);
    }
}
