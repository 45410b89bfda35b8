package io.etalon.server.exit;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control table {@code departure}, and the cell's table {@code exit_consent}. */
final class DepartureStore {
    private static final String COLUMNS =
            "select client, slug, ordered_at, facts->>'json' as facts, certificate from departure ";

    /** That somebody agreed in the client's name. */
    record Consent(UUID id, PersonId person, @Nullable UUID export, Instant at, Instant expiresAt) {}

    void insert(Tx tx, Departure departure, PersonId by) {
        tx.db()
                .sql("""
                        insert into departure (client, slug, ordered_by, ordered_at, facts)
                        values (?, ?, ?, ?, jsonb_build_object('json', ?::text))
                        on conflict (client) do update
                        set ordered_by = excluded.ordered_by, ordered_at = excluded.ordered_at, facts = excluded.facts,
                          ended_at = null, certificate = null""")
                .params(
                        departure.client().value(),
                        departure.slug(),
                        by.value(),
                        departure.orderedAt().atOffset(ZoneOffset.UTC),
                        departure.facts())
                .update();
    }

    void ended(Tx tx, ClientId client, String certificate, Instant at) {
        tx.db()
                .sql("update departure set ended_at = ?, certificate = ? where client = ? and ended_at is null")
                .params(at.atOffset(ZoneOffset.UTC), certificate, client.value())
                .update();
    }

    Optional<Departure> find(Tx tx, UUID client) {
        return tx.db()
                .sql(COLUMNS + "where client = ?")
                .param(client)
                .query((row, n) -> read(row))
                .optional();
    }

    /** Newest first. */
    List<Departure> all(Tx tx) {
        return tx.db()
                .sql(COLUMNS + "order by ordered_at desc, client limit 200")
                .query((row, n) -> read(row))
                .list();
    }

    List<Departure> unfinished(Tx tx) {
        return tx.db()
                .sql(COLUMNS + "where ended_at is null order by ordered_at")
                .query((row, n) -> read(row))
                .list();
    }

    private static Departure read(ResultSet row) throws SQLException {
        return new Departure(
                new ClientId(row.getObject("client", UUID.class)),
                row.getString("slug"),
                row.getObject("ordered_at", OffsetDateTime.class).toInstant(),
                row.getString("facts"),
                row.getString("certificate"));
    }

    void insert(Tx cellTx, Consent consent) {
        cellTx.db()
                .sql("insert into exit_consent (id, person, export, at, expires_at) values (?, ?, ?, ?, ?)")
                .param(consent.id())
                .param(consent.person().value())
                .param(consent.export())
                .param(consent.at().atOffset(ZoneOffset.UTC))
                .param(consent.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Whether there was one to take back. */
    boolean withdraw(Tx cellTx, UUID id, Instant at) {
        return cellTx.db()
                        .sql("update exit_consent set ended_at = ? where id = ? and ended_at is null")
                        .params(at.atOffset(ZoneOffset.UTC), id)
                        .update()
                == 1;
    }

    /** Those in force, newest first. */
    List<Consent> consents(Tx cellTx, Instant now) {
        return cellTx.db()
                .sql("""
                        select id, person, export, at, expires_at from exit_consent
                        where ended_at is null and expires_at > ? order by at desc, id""")
                .param(now.atOffset(ZoneOffset.UTC))
                .query((row, n) -> new Consent(
                        row.getObject("id", UUID.class),
                        new PersonId(row.getObject("person", UUID.class)),
                        row.getObject("export", UUID.class),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
