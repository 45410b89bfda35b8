package io.etalon.server.keys;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * Clients' keys in files beside the data, under the installation's passphrase: an older key of a file opens until it is
 * retired, which takes it out of the file. The file is read again for every use, so that taking it away disables the client as
 * soon as the caches run out. A key's name is Tink's id of it. Thread-safe.
 */
final class LocalKeysets implements KeyEncryption {
    static final String NAME = "local";
    private static final int KEY_BYTES = 32;

    private final KeysetFolder folder;
    private final Ids ids;

    LocalKeysets(KeysetFolder folder, Ids ids) {
        this.folder = folder;
        this.ids = ids;
    }

    /** A file without a row is one whose making was cut off: it has encrypted nothing yet, and is kept. */
    @Override
    public synchronized String make(ClientId client, int version) {
        try {
            var held = folder.read(client);
            if (held.isEmpty()) {
                folder.create(client);
                return String.valueOf(keyset(client).getPrimary().getId());
            }
            if (version == 1) {
                return String.valueOf(held.get().getPrimary().getId());
            }
            folder.write(
                    client,
                    KeysetHandle.newBuilder(held.get())
                            .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                                    .withRandomId()
                                    .makePrimary())
                            .build());
            return String.valueOf(keyset(client).getPrimary().getId());
        } catch (GeneralSecurityException e) {
            throw closed(client, e);
        } catch (IOException e) {
            throw unwritable(client, e);
        }
    }

    @Override
    public void reach(ClientId client) {
        try {
            folder.read(client);
        } catch (GeneralSecurityException e) {
            throw closed(client, e);
        } catch (IOException e) {
            throw unwritable(client, e);
        }
    }

    @Override
    public DataKey dataKey(Use use) {
        var plain = ids.bytes(KEY_BYTES);
        return new DataKey(plain, wrap(use, plain));
    }

    @Override
    public byte[] wrap(Use use, byte[] plain) {
        try {
            return aead(use).encrypt(plain, use.bound());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM encrypts every value", e);
        }
    }

    @Override
    public byte[] unwrap(Use use, byte[] wrapped) {
        var key = aead(use);
        try {
            return key.decrypt(wrapped, use.bound());
        } catch (GeneralSecurityException e) {
            throw new EtalonException(
                    KeyFaults.BROKEN,
                    "A data key does not open under the keyset " + folder.file(use.client()) + ".",
                    e);
        }
    }

    /** Destroys all keys of a client for good. Can be repeated. */
    synchronized void destroy(ClientId client) {
        try {
            folder.destroy(client);
        } catch (IOException e) {
            throw unwritable(client, e);
        }
    }

    @Override
    public synchronized void retire(ClientId client, String key) {
        try {
            var held = folder.read(client);
            if (held.isEmpty() || held.get().size() == 1) {
                return;
            }
            var kept = KeysetHandle.newBuilder(held.get());
            for (var i = kept.size() - 1; i >= 0; i--) {
                var entry = held.get().getAt(i);
                if (String.valueOf(entry.getId()).equals(key) && !entry.isPrimary()) {
                    kept.deleteAt(i);
                }
            }
            folder.write(client, kept.build());
        } catch (GeneralSecurityException e) {
            throw closed(client, e);
        } catch (IOException e) {
            throw unwritable(client, e);
        }
    }

    /** One key of a client's file. */
    @AccessesPartialKey
    Aead aead(Use use) {
        var keyset = keyset(use.client());
        try {
            for (var i = 0; i < keyset.size(); i++) {
                var entry = keyset.getAt(i);
                if (String.valueOf(entry.getId()).equals(use.key())) {
                    return KeysetHandle.newBuilder()
                            .addEntry(KeysetHandle.importKey(entry.getKey())
                                    .withFixedId(entry.getId())
                                    .makePrimary())
                            .build()
                            .getPrimitive(RegistryConfiguration.get(), Aead.class);
                }
            }
        } catch (GeneralSecurityException e) {
            throw closed(use.client(), e);
        }
        throw new EtalonException(
                KeyFaults.MISSING,
                "The keyset " + folder.file(use.client()) + " is another one than the client's data were written under."
                        + " Put the right one back from your backup.");
    }

    private KeysetHandle keyset(ClientId client) {
        try {
            return folder.read(client).orElseThrow(() -> missing(client));
        } catch (GeneralSecurityException e) {
            throw closed(client, e);
        } catch (IOException e) {
            throw new EtalonException(KeyFaults.MISSING, "The keyset " + folder.file(client) + " cannot be read.", e);
        }
    }

    private EtalonException missing(ClientId client) {
        return new EtalonException(
                KeyFaults.MISSING,
                "The keyset " + folder.file(client) + " is missing, and only it opens the data of client " + client
                        + ". Put it back from your backup; no new one is made.");
    }

    private EtalonException closed(ClientId client, GeneralSecurityException cause) {
        return new EtalonException(
                KeyFaults.MISSING,
                "The keyset " + folder.file(client) + " does not open under this installation's passphrase.",
                cause);
    }

    private EtalonException unwritable(ClientId client, IOException cause) {
        return new EtalonException(
                KeyFaults.UNREACHABLE, "The keyset " + folder.file(client) + " cannot be read or written.", cause);
    }
}
