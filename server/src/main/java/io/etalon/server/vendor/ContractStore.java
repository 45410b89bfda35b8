package io.etalon.server.vendor;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** The cell's table {@code vendor_contract}. */
final class ContractStore {
    record Row(UUID party, int version, String body, Instant at) {}

    /** Newest first. */
    List<Row> all(Tx tx) {
        return tx.db()
                .sql("select party, version, body::text as body, at from vendor_contract order by party, version desc")
                .query((row, n) -> new Row(
                        row.getObject("party", UUID.class),
                        row.getInt("version"),
                        row.getString("body"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    void insert(Tx tx, UUID party, int version, String body, PersonId by) {
        tx.db()
                .sql("insert into vendor_contract (party, version, body, set_by) values (?, ?, ?::jsonb, ?)")
                .params(party, version, body, by.value())
                .update();
    }

    /** Versions of one party are made one after the other. */
    void lock(Tx tx, UUID party) {
        tx.db()
                .sql("select pg_advisory_xact_lock(hashtextextended(?, 83))::text")
                .param(party.toString())
                .query(String.class)
                .single();
    }
}
