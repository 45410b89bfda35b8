package io.etalon.server.ownership;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control tables {@code stake} and, for its organisation, {@code client}. */
final class StakeStore {
    private static final String COLUMNS = "select * from stake ";
    /** "stakes" in ASCII. */
    private static final long LOCK = 0x7374_616B_6573L;

    /** Changes of the register come one after the other, so that each sees the sum that it adds to. */
    void lock(Tx tx) {
        tx.db().sql("select pg_advisory_xact_lock(?)").param(LOCK).query(row -> {});
    }

    LocalDate today(Tx tx) {
        return tx.db()
                .sql("select (clock_timestamp() at time zone 'UTC')::date")
                .query(LocalDate.class)
                .single();
    }

    void insert(Tx tx, Stake stake, PersonId by) {
        tx.db()
                .sql("""
                insert into stake (id, owner, held, percent, voting, since, until, source, entered_by, entered_at,
                  closed_by, closed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(stake.id(), stake.owner(), stake.held(), stake.percent(), stake.voting(), stake.since())
                .param(stake.until())
                .params(stake.source(), by.value(), stake.enteredAt().atOffset(ZoneOffset.UTC))
                .param(stake.until() == null ? null : by.value())
                .param(stake.closedAt() == null ? null : stake.closedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Whether it was open. */
    boolean close(Tx tx, UUID id, LocalDate until, PersonId by, OffsetDateTime at) {
        return tx.db()
                        .sql("update stake set until = ?, closed_by = ?, closed_at = ? where id = ? and until is null")
                        .params(until, by.value(), at, id)
                        .update()
                == 1;
    }

    Optional<Stake> find(Tx tx, UUID id) {
        return tx.db()
                .sql(COLUMNS + "where id = ?")
                .param(id)
                .query((row, n) -> stake(row))
                .optional();
    }

    List<Stake> of(Tx tx, UUID held) {
        return tx.db()
                .sql(COLUMNS + "where held = ?")
                .param(held)
                .query((row, n) -> stake(row))
                .list();
    }

    /** All there ever were, oldest first. */
    List<Stake> all(Tx tx) {
        return tx.db()
                .sql(COLUMNS + "order by since, id")
                .query((row, n) -> stake(row))
                .list();
    }

    /** Whether there is such a client. */
    boolean setOrganisation(Tx tx, String slug, @Nullable UUID organisation) {
        return tx.db()
                        .sql("update client set organisation = ? where slug = ?")
                        .param(organisation)
                        .param(slug)
                        .update()
                == 1;
    }

    private static Stake stake(ResultSet row) throws SQLException {
        var closed = row.getObject("closed_at", OffsetDateTime.class);
        return new Stake(
                row.getObject("id", UUID.class),
                row.getObject("owner", UUID.class),
                row.getObject("held", UUID.class),
                row.getBigDecimal("percent"),
                row.getBoolean("voting"),
                row.getObject("since", LocalDate.class),
                row.getObject("until", LocalDate.class),
                row.getString("source"),
                row.getObject("entered_at", OffsetDateTime.class).toInstant(),
                closed == null ? null : closed.toInstant());
    }
}
