package io.etalon.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Seals small secrets under a key of the installation (AES-256-GCM), each bound to what it is for. Thread-safe. */
@Component
final class Seal {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final Ids ids;

    Seal(InstallationSecret secret, Ids ids) {
        this.key = new SecretKeySpec(secret.derive("identity secrets"), "AES");
        this.ids = ids;
    }

    byte[] seal(String context, byte[] plain) {
        try {
            var nonce = ids.bytes(NONCE);
            var cipher = cipher(Cipher.ENCRYPT_MODE, context, nonce);
            var sealed = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** Empty for what was not sealed here, or for something else. */
    Optional<byte[]> open(String context, byte[] sealed) {
        if (sealed.length < NONCE + TAG_BITS / 8) {
            return Optional.empty();
        }
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, context, Arrays.copyOf(sealed, NONCE));
            return Optional.of(cipher.doFinal(sealed, NONCE, sealed.length - NONCE));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, String context, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(UTF_8));
        return cipher;
    }
}
