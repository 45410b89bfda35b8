package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Clients' keys in a PKCS#11 module (OASIS PKCS #11 2.40), reached by the JDK's SunPKCS11: AES-256 keys that are sensitive and
 * cannot be extracted, labelled {@code etalon-<client>-v<version>}. Wrapped bytes are a nonce of 12 bytes and AES-GCM's
 * ciphertext with its tag of 16. Labels are read again for every use; one use at a time. Thread-safe.
 */
final class Pkcs11Keys implements KeyEncryption {
    /**
     * Where the module is.
     *
     * @param library the module's shared library
     * @param slot the slot's id; null for the first slot that the module lists
     * @param pinFile a file with the user's PIN, read when a session is opened
     */
    record Settings(Path library, @Nullable Long slot, Path pinFile) {}

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final String GCM = "AES/GCM/NoPadding";

    /** One step with the module; what it throws is told as a fault of its own kind. */
    private interface Step<T> {
        T run(Provider module, KeyStore token) throws GeneralSecurityException, IOException;
    }

    private final String name;
    private final Settings settings;
    private final Ids ids;
    private @Nullable Provider module;

    Pkcs11Keys(String name, Settings settings, Ids ids) {
        this.name = name;
        this.settings = settings;
        this.ids = ids;
    }

    @Override
    public String make(ClientId client, int version) {
        var label = "etalon-" + client + "-v" + version;
        return with((provider, token) -> {
            // One that was made before the row was written has wrapped nothing yet, and is as good as another.
            if (!token.containsAlias(label)) {
                var generator = KeyGenerator.getInstance("AES", provider);
                generator.init(8 * KEY_BYTES);
                token.setKeyEntry(label, generator.generateKey(), null, null);
            }
            return label;
        });
    }

    @Override
    public void reach(ClientId client) {
        with((provider, token) -> token.size());
    }

    @Override
    public DataKey dataKey(Use use) {
        var plain = ids.bytes(KEY_BYTES);
        return new DataKey(plain, wrap(use, plain));
    }

    @Override
    public byte[] wrap(Use use, byte[] plain) {
        var nonce = ids.bytes(NONCE);
        return with((provider, token) -> {
            var sealed = cipher(Cipher.ENCRYPT_MODE, provider, key(token, use), nonce, use.bound())
                    .doFinal(plain);
            var wrapped = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, wrapped, NONCE, sealed.length);
            return wrapped;
        });
    }

    @Override
    public byte[] unwrap(Use use, byte[] wrapped) {
        if (wrapped.length < NONCE + TAG_BITS / 8) {
            throw broken(null);
        }
        var nonce = Arrays.copyOf(wrapped, NONCE);
        return with((provider, token) -> cipher(Cipher.DECRYPT_MODE, provider, key(token, use), nonce, use.bound())
                .doFinal(wrapped, NONCE, wrapped.length - NONCE));
    }

    /** The module's owner deletes keys, not its user: a backup of before may still need this one. */
    @Override
    public void retire(ClientId client, String key) {}

    private SecretKey key(KeyStore token, Use use) throws GeneralSecurityException {
        if (token.getKey(use.key(), null) instanceof SecretKey key) {
            return key;
        }
        throw new EtalonException(
                KeyFaults.MISSING,
                "The module “" + name + "” has no key labelled " + use.key() + " that it lets us use.");
    }

    private static Cipher cipher(int mode, Provider provider, SecretKey key, byte[] nonce, byte[] bound)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance(GCM, provider);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    private synchronized <T> T with(Step<T> step) {
        try {
            var provider = module();
            var token = KeyStore.getInstance("PKCS11", provider);
            token.load(null, pin());
            return step.run(provider, token);
        } catch (AEADBadTagException e) {
            throw broken(e);
        } catch (InvalidKeyException e) {
            throw fault(KeyFaults.REFUSED, "does not let the key be used for this", e);
        } catch (GeneralSecurityException | IOException | ProviderException | InvalidParameterException e) {
            // A token that was taken out leaves sessions behind that never work again.
            module = null;
            throw fault(KeyFaults.UNREACHABLE, "cannot be used", e);
        }
    }

    private char[] pin() throws IOException {
        return Files.readString(settings.pinFile(), UTF_8).strip().toCharArray();
    }

    private Provider module() {
        var known = module;
        if (known != null) {
            return known;
        }
        if (!Files.isReadable(settings.library())) {
            throw new ProviderException("there is no library " + settings.library());
        }
        var which = settings.slot() == null ? "slotListIndex = 0" : "slot = " + settings.slot();
        var base = Security.getProvider("SunPKCS11");
        if (base == null) {
            throw new ProviderException("this Java has no SunPKCS11");
        }
        var made = base.configure("""
                --name = %s
                library = "%s"
                %s
                attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
                  CKA_SENSITIVE = true
                  CKA_EXTRACTABLE = false
                  CKA_ENCRYPT = true
                  CKA_DECRYPT = true
                }
                """.formatted(name.replaceAll("[^A-Za-z0-9]", "_"), settings.library(), which));
        module = made;
        return made;
    }

    private EtalonException broken(@Nullable Throwable cause) {
        return fault(
                KeyFaults.BROKEN, "did not open a wrapped key: it was changed, or is bound to something else", cause);
    }

    private EtalonException fault(ErrorCode code, String what, @Nullable Throwable cause) {
        var detail = "The PKCS#11 module “" + name + "” " + what + ".";
        return cause == null ? new EtalonException(code, detail) : new EtalonException(code, detail, cause);
    }
}
