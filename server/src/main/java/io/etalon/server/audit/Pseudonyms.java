package io.etalon.server.audit;

import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Persons' names in a client's log: {@code p-} and the first 8 bytes, in hex, of HMAC-SHA-256 over the person's id under a
 * random key of his own. Two clients' logs show unlike names of one person. Thread-safe.
 */
final class Pseudonyms {
    private record Place(String cell, PersonId person) {}

    private record Row(byte[] key, boolean mine) {}

    private record Known(String name, Instant until) {}

    private static final int KEY_LENGTH = 32;
    private static final int SHOWN_BYTES = 8;
    /** After this time a destroyed key is forgotten by every process. */
    private static final Duration KEPT = Duration.ofSeconds(60);

    private final Ids ids;
    private final Clock clock;
    private final ConcurrentMap<Place, Known> known = new ConcurrentHashMap<>();

    Pseudonyms(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    String of(Tx tx, PersonId person) {
        var place = new Place(CellName.of(tx), person);
        var now = clock.instant();
        var cached = known.get(place);
        if (cached != null && now.isBefore(cached.until())) {
            return cached.name();
        }
        var row = find(tx, person);
        if (row == null) {
            create(tx, person);
            row = find(tx, person);
        }
        if (row == null) {
            throw new IllegalStateException("the pseudonym's key was destroyed while it was being made");
        }
        var name = "p-" + HexFormat.of().formatHex(hmac(row.key(), person), 0, SHOWN_BYTES);
        // A row of this very transaction may still be rolled back: then the next one makes another key.
        if (!row.mine()) {
            known.put(place, new Known(name, now.plus(KEPT)));
        }
        return name;
    }

    void forget(Tx tx, PersonId person) {
        tx.db()
                .sql("delete from pseudonym where person = ?")
                .param(person.value())
                .update();
        known.remove(new Place(CellName.of(tx), person));
    }

    private static @Nullable Row find(Tx tx, PersonId person) {
        return tx.db()
                .sql("select key, xmin = pg_current_xact_id()::xid as mine from pseudonym where person = ?")
                .param(person.value())
                .query((row, n) -> new Row(row.getBytes("key"), row.getBoolean("mine")))
                .optional()
                .orElse(null);
    }

    private void create(Tx tx, PersonId person) {
        tx.db()
                .sql("insert into pseudonym (person, key, created_at) values (?, ?, ?) on conflict do nothing")
                .params(person.value(), ids.bytes(KEY_LENGTH), clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static byte[] hmac(byte[] key, PersonId person) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(ByteBuffer.allocate(16)
                    .putLong(person.value().getMostSignificantBits())
                    .putLong(person.value().getLeastSignificantBits())
                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
