package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.SignerKey;
import io.etalon.server.audit.LogSigners;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.Tx;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/**
 * The clients' log-signing keys: Ed25519, named {@code etalon/<client id>}, kept in the cell under the client's
 * key-encrypting key. Thread-safe.
 */
@Component
final class LogSigningKeys implements LogSigners {
    private record Cached(SignerKey key, Instant until) {}

    private static final int SEED_BYTES = 32;

    private final KeyEncryption encryption;
    private final Ids ids;
    private final Clock clock;
    private final ConcurrentMap<ClientId, Cached> cache = new ConcurrentHashMap<>();

    LogSigningKeys(KeyEncryption encryption, Ids ids, Clock clock) {
        this.encryption = encryption;
        this.ids = ids;
        this.clock = clock;
        encryption.onClose(cache::remove);
    }

    @Override
    public SignerKey signer(Tx clientTx, ClientId client) {
        var now = clock.instant();
        var cached = cache.get(client);
        if (cached != null && now.isBefore(cached.until())) {
            return cached.key();
        }
        try {
            var sealed = sealed(clientTx);
            if (sealed.isEmpty()) {
                // Not cached: the transaction that keeps it may still be rolled back.
                create(clientTx, client);
                return open(client, sealed(clientTx).orElseThrow());
            }
            var key = open(client, sealed.get());
            cache.put(client, new Cached(key, now.plus(ClientKeys.KEPT_UNWRAPPED)));
            return key;
        } catch (GeneralSecurityException e) {
            throw new EtalonException(
                    KeyEncryption.KEY_MISSING, "The client's log-signing key does not open under its keyset.", e);
        }
    }

    private static Optional<byte[]> sealed(Tx tx) {
        return tx.db().sql("select sealed from log_key").query(byte[].class).optional();
    }

    private void create(Tx tx, ClientId client) throws GeneralSecurityException {
        var key = SignerKey.ofSeed("etalon/" + client, ids.bytes(SEED_BYTES));
        var sealed = encryption.key(client).aead().encrypt(key.secretText().getBytes(UTF_8), label(client));
        tx.db()
                .sql("insert into log_key (sealed, made_at) values (?, ?) on conflict do nothing")
                .params(sealed, clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private SignerKey open(ClientId client, byte[] sealed) throws GeneralSecurityException {
        var text = encryption.key(client).aead().decrypt(sealed, label(client));
        return SignerKey.parse(new String(text, UTF_8));
    }

    private static byte[] label(ClientId client) {
        return ("log key " + client).getBytes(UTF_8);
    }
}
