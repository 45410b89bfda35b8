package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import io.etalon.ledger.SignerKey;
import io.etalon.server.audit.LogSigners;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/**
 * The clients' log-signing keys: Ed25519, named {@code etalon/<client id>}, kept in the cell under a key of the installation.
 * Not under the client's: its log tells of the client's key being away, and must be signed then too. Thread-safe.
 */
@Component
final class LogSigningKeys implements LogSigners {
    private static final Duration KEPT = Duration.ofSeconds(60);

    private record Cached(SignerKey key, Instant until) {}

    private record Row(byte[] sealed, boolean byClient) {}

    private static final int SEED_BYTES = 32;

    private final Aead installation;
    private final KeyProviders providers;
    private final Ids ids;
    private final Clock clock;
    private final ConcurrentMap<ClientId, Cached> cache = new ConcurrentHashMap<>();

    LogSigningKeys(InstallationSecret secret, KeyProviders providers, TenantScope scope, Ids ids, Clock clock) {
        this.installation = SecretAead.of(secret.derive("log signing keys"));
        this.providers = providers;
        this.ids = ids;
        this.clock = clock;
        scope.onClose(cache::remove);
    }

    @Override
    public SignerKey signer(Tx clientTx, ClientId client) {
        var now = clock.instant();
        var cached = cache.get(client);
        if (cached != null && now.isBefore(cached.until())) {
            return cached.key();
        }
        try {
            var row = find(clientTx);
            if (row.isEmpty()) {
                // Not cached: the transaction that keeps it may still be rolled back.
                create(clientTx, client);
                return open(client, find(clientTx).orElseThrow());
            }
            var key = row.get().byClient() ? takenOver(clientTx, client, row.get()) : open(client, row.get());
            cache.put(client, new Cached(key, now.plus(KEPT)));
            return key;
        } catch (GeneralSecurityException e) {
            throw new EtalonException(
                    KeyFaults.MISSING,
                    "The client's log-signing key does not open under this installation's passphrase.",
                    e);
        }
    }

    private static Optional<Row> find(Tx tx) {
        return tx.db()
                .sql("select sealed, by_client from log_key")
                .query((row, n) -> new Row(row.getBytes("sealed"), row.getBoolean("by_client")))
                .optional();
    }

    private void create(Tx tx, ClientId client) throws GeneralSecurityException {
        var key = SignerKey.ofSeed("etalon/" + client, ids.bytes(SEED_BYTES));
        tx.db()
                .sql("insert into log_key (sealed, by_client, made_at) values (?, false, ?) on conflict do nothing")
                .params(sealed(client, key), clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private byte[] sealed(ClientId client, SignerKey key) throws GeneralSecurityException {
        return installation.encrypt(key.secretText().getBytes(UTF_8), label(client));
    }

    private SignerKey open(ClientId client, Row row) throws GeneralSecurityException {
        return SignerKey.parse(new String(installation.decrypt(row.sealed(), label(client)), UTF_8));
    }

    /** Earlier versions kept it under the client's first, local key. */
    private SignerKey takenOver(Tx tx, ClientId client, Row row) throws GeneralSecurityException {
        String first = tx.db()
                .sql("select reference from client_key where version = 1")
                .query(String.class)
                .single();
        var use = new KeyEncryption.Use(client, first, label(client), ids.next());
        var key = SignerKey.parse(new String(providers.local().unwrap(use, row.sealed()), UTF_8));
        tx.db()
                .sql("update log_key set sealed = ?, by_client = false where by_client")
                .param(sealed(client, key))
                .update();
        return key;
    }

    private static byte[] label(ClientId client) {
        return ("log key " + client).getBytes(UTF_8);
    }
}
