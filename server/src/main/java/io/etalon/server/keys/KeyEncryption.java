package io.etalon.server.keys;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.DataFolders;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * The clients' key-encrypting keys and the rule that one is made once. The file is read again for every unwrapping, so
 * that taking it away disables the client as soon as the caches run out. Thread-safe.
 */
@Component
final class KeyEncryption {
    static final ErrorCode KEY_MISSING =
            ErrorCode.of("client-key-missing", ErrorKind.EXHAUSTED, "The client's key is not there");

    private final KeysetFolder folder;
    private final TenantScope scope;
    private final Clock clock;

    KeyEncryption(DataFolders folders, InstallationSecret secret, TenantScope scope, Clock clock) {
        this.folder = new KeysetFolder(folders.keys().resolve("clients"), secret);
        this.scope = scope;
        this.clock = clock;
    }

    /** Makes the key of a client that never had one; checks the key of every other. See {@link ClientKeys#open}. */
    synchronized void open(ClientId client) {
        scope.clientDo(client, tx -> {
            var known = tx.db()
                    .sql("select key_id from client_key")
                    .query(Long.class)
                    .optional();
            if (known.isPresent()) {
                require(client, known.get());
                return;
            }
            // A file without a row is one whose making was cut off: it has encrypted nothing yet, and is kept.
            if (folder.read(client).isEmpty()) {
                folder.create(client);
            }
            tx.db()
                    .sql("insert into client_key (key_id, made_at) values (?, ?)")
                    .params(key(client).id(), clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        });
    }

    /** Calls a listener when a client's cell is closed for good. */
    void onClose(Consumer<ClientId> closer) {
        scope.onClose(closer);
    }

    /** Destroys a client's key for good. Can be repeated. */
    synchronized void destroy(ClientId client) {
        try {
            folder.destroy(client);
        } catch (IOException e) {
            throw new EtalonException(
                    KEY_MISSING, "The keyset " + folder.file(client) + " could not be destroyed: " + e.getMessage(), e);
        }
    }

    private void require(ClientId client, long id) {
        if (key(client).id() != id) {
            throw new EtalonException(
                    KEY_MISSING,
                    "The keyset " + folder.file(client) + " is another one than the client's data were written under."
                            + " Put the right one back from your backup.");
        }
    }

    /** @throws EtalonException exhausted, when the keyset is missing or cannot be opened */
    KeysetFolder.ClientKey key(ClientId client) {
        try {
            return folder.read(client)
                    .orElseThrow(() -> new EtalonException(
                            KEY_MISSING,
                            "The keyset " + folder.file(client) + " is missing, and only it opens the data of client "
                                    + client + ". Put it back from your backup; no new one is made."));
        } catch (GeneralSecurityException e) {
            throw new EtalonException(
                    KEY_MISSING,
                    "The keyset " + folder.file(client) + " does not open under this installation's passphrase.",
                    e);
        } catch (IOException e) {
            throw new EtalonException(KEY_MISSING, "The keyset " + folder.file(client) + " cannot be read.", e);
        }
    }
}
