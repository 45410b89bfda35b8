package io.etalon.server.audit;

import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;

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
        var name = name(row.key(), person);
        // A row of this very transaction may still be rolled back: then the next one makes another key.
        if (!row.mine()) {
            known.put(place, new Known(name, now.plus(KEPT)));
        }
        return name;
    }

    /** The same for several at once, in one query for those that are not known. */
    Map<PersonId, String> of(Tx tx, Collection<PersonId> persons) {
        var cell = CellName.of(tx);
        var now = clock.instant();
        var names = new HashMap<PersonId, String>();
        var unknown = new ArrayList<UUID>();
        for (var person : persons) {
            var cached = known.get(new Place(cell, person));
            if (cached != null && now.isBefore(cached.until())) {
                names.put(person, cached.name());
            } else {
                unknown.add(person.value());
            }
        }
        if (unknown.size() > 1) {
            read(tx, unknown, cell, now.plus(KEPT));
        }
        // Who has no key yet gets one, in an order that two transactions share: else they would lock each other out.
        unknown.stream().sorted().map(PersonId::new).forEach(person -> names.put(person, of(tx, person)));
        return names;
    }

    private void read(Tx tx, List<UUID> persons, String cell, Instant until) {
        try {
            tx.db()
                    .sql(
                            "select person, key from pseudonym where person = any(?) and xmin <> pg_current_xact_id()::xid")
                    .param(tx.connection().createArrayOf("uuid", persons.toArray()))
                    .query(row -> {
                        var person = new PersonId(row.getObject("person", UUID.class));
                        known.put(new Place(cell, person), new Known(name(row.getBytes("key"), person), until));
                    });
        } catch (SQLException e) {
            throw new UncategorizedSQLException("pseudonyms", null, e);
        }
    }

    Set<PersonId> all(Tx tx) {
        return Set.copyOf(tx.db()
                .sql("select person from pseudonym")
                .query((row, n) -> new PersonId(row.getObject("person", UUID.class)))
                .list());
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

    private static String name(byte[] key, PersonId person) {
        return "p-" + HexFormat.of().formatHex(hmac(key, person), 0, SHOWN_BYTES);
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
