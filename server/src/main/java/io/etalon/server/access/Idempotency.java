package io.etalon.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.Tx;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.ObjectMapper;

/**
 * Makes creating requests repeatable (draft-ietf-httpapi-idempotency-key-header). The first reply is kept in the same
 * transaction as the act itself, so a crash leaves both or neither; two tries at once wait for each other in the
 * database. Replies may hold what a client calls secret, therefore they are sealed (AES-256-GCM). Kept for a day.
 * Thread-safe.
 */
@Service
public final class Idempotency {
    static final Duration KEPT = Duration.ofDays(1);
    static final ErrorCode MISMATCH = ErrorCode.of(
                    "idempotency-mismatch", ErrorKind.INVALID, "This Idempotency-Key was used for another request")
            .withStatus(422);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private record Kept(byte[] requestHash, byte @Nullable [] reply) {}

    private final ObjectMapper json;
    private final Ids ids;
    private final Clock clock;
    private final SecretKeySpec key;

    Idempotency(ObjectMapper json, Ids ids, Clock clock, InstallationSecret secret) {
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.key = new SecretKeySpec(secret.derive("idempotent replies"), "AES");
    }

    /**
     * Runs an act, or gives the first run's reply again and marks the response as a replay. Without a key it just runs.
     *
     * @param tx a transaction on the database in which the act takes place, the control database or a client's cell
     * @param body the request's body as it was read, or null; the same key with another body is refused
     * @param type what the act returns; it must survive JSON
     * @throws EtalonException 422, when the key was used with another body
     */
    public <T> T once(Tx tx, Attempt attempt, @Nullable Object body, Class<T> type, Tx.Work<T> act) throws Exception {
        var name = attempt.key();
        if (name == null) {
            return act.run(tx);
        }
        var hash = Sha256.of(json.writeValueAsBytes(body));
        if (claim(tx, attempt, name, hash)) {
            var reply = act.run(tx);
            keep(tx, attempt, name, json.writeValueAsBytes(reply));
            return reply;
        }
        var kept = tx.db()
                .sql("select request_hash, reply from idempotent_reply where person = ? and operation = ? and key = ?")
                .params(attempt.person().value(), attempt.operation(), name)
                .query((row, n) -> new Kept(row.getBytes("request_hash"), row.getBytes("reply")))
                .single();
        if (!Arrays.equals(kept.requestHash(), hash) || kept.reply() == null) {
            throw new EtalonException(MISMATCH, "Send a fresh Idempotency-Key with a new request.");
        }
        var reply = json.readValue(open(kept.reply(), context(attempt, name)), type);
        attempt.markReplay();
        return reply;
    }

    /** Whether this try is the first; waits for another one that is under way. */
    private boolean claim(Tx tx, Attempt attempt, String name, byte[] hash) {
        var now = clock.instant();
        tx.db()
                .sql("delete from idempotent_reply where created_at < ?")
                .param(Sql.time(now.minus(KEPT)))
                .update();
        return tx.db()
                        .sql("""
                        insert into idempotent_reply (person, operation, key, request_hash, created_at)
                        values (?, ?, ?, ?, ?) on conflict do nothing
                        """)
                        .params(attempt.person().value(), attempt.operation(), name, hash, Sql.time(now))
                        .update()
                == 1;
    }

    private void keep(Tx tx, Attempt attempt, String name, byte[] reply) {
        tx.db()
                .sql("update idempotent_reply set reply = ? where person = ? and operation = ? and key = ?")
                .params(seal(reply, context(attempt, name)), attempt.person().value(), attempt.operation(), name)
                .update();
    }

    private static byte[] context(Attempt attempt, String name) {
        return (attempt.person() + "\n" + attempt.operation() + "\n" + name).getBytes(UTF_8);
    }

    private byte[] seal(byte[] plain, byte[] context) {
        try {
            var nonce = ids.bytes(NONCE);
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context);
            var sealed = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private byte[] open(byte[] sealed, byte[] context) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
            cipher.updateAAD(context);
            return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (GeneralSecurityException e) {
            throw new EtalonException(ErrorCode.INTERNAL, "A kept reply cannot be opened.", e);
        }
    }
}
