package io.etalon.server.people;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cell's table {@code unlinking}; times are the database's. */
final class UnlinkingStore {
    /**
     * That somebody asks to destroy the key behind a person's pseudonym, and what a second person said.
     *
     * @param person null once it is destroyed, as the reason is
     */
    record Unlinking(
            UUID id,
            @Nullable PersonId person,
            @Nullable String reason,
            PersonId requestedBy,
            Instant requestedAt,
            @Nullable PersonId decidedBy,
            @Nullable Instant decidedAt,
            @Nullable Boolean approved) {}

    /** Whether there was none for the person that waits. */
    boolean insert(Tx tx, UUID id, PersonId person, String reason, PersonId by) {
        return tx.db()
                        .sql("insert into unlinking (id, person, reason, requested_by) values (?, ?, ?, ?)"
                                + " on conflict (person) where decided_by is null do nothing")
                        .params(id, person.value(), reason, by.value())
                        .update()
                == 1;
    }

    /** Whether it waited for a decision of this person. */
    boolean decide(Tx tx, UUID id, PersonId by, boolean approved) {
        return tx.db()
                        .sql("""
                        update unlinking set decided_by = ?, decided_at = clock_timestamp(), approved = ?,
                          person = case when ? then null else person end, reason = case when ? then null else reason end
                        where id = ? and decided_by is null and requested_by <> ?
                        """)
                        .params(by.value(), approved, approved, approved, id, by.value())
                        .update()
                == 1;
    }

    Optional<Unlinking> find(Tx tx, UUID id) {
        return tx.db()
                .sql("select * from unlinking where id = ?")
                .param(id)
                .query((row, n) -> unlinking(row))
                .optional();
    }

    List<Unlinking> all(Tx tx) {
        return tx.db()
                .sql("select * from unlinking order by id")
                .query((row, n) -> unlinking(row))
                .list();
    }

    private static Unlinking unlinking(ResultSet row) throws SQLException {
        var person = row.getObject("person", UUID.class);
        var by = row.getObject("decided_by", UUID.class);
        var at = row.getObject("decided_at", OffsetDateTime.class);
        return new Unlinking(
                row.getObject("id", UUID.class),
                person == null ? null : new PersonId(person),
                row.getString("reason"),
                new PersonId(row.getObject("requested_by", UUID.class)),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                by == null ? null : new PersonId(by),
                at == null ? null : at.toInstant(),
                row.getObject("approved", Boolean.class));
    }
}
