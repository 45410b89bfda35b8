package io.etalon.server.vendor;

import io.etalon.server.access.Membership;
import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The control tables {@code drain} and {@code drained_person}, and the cell's table {@code hand_over}. */
final class DrainStore {
    /** A drain that was ordered. */
    record Row(UUID id, ClientId client, UUID workforce, String reason, PersonId by, String via, Instant at) {}

    private static final String COLUMNS = "select id, client, workforce, reason, drained_by, via, at from drain ";

    Set<UUID> drained(Tx tx, ClientId client) {
        return new HashSet<>(tx.db()
                .sql("select workforce from drain where client = ? and lifted_at is null")
                .param(client.value())
                .query(UUID.class)
                .list());
    }

    /** The drain in force of a workforce. */
    Optional<Row> find(Tx tx, UUID workforce) {
        return tx.db()
                .sql(COLUMNS + "where workforce = ? and lifted_at is null")
                .param(workforce)
                .query((row, n) -> row(row))
                .optional();
    }

    /** All that are in force. */
    List<Row> all(Tx tx) {
        return tx.db()
                .sql(COLUMNS + "where lifted_at is null order by at, id")
                .query((row, n) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                new ClientId(row.getObject("client", UUID.class)),
                row.getObject("workforce", UUID.class),
                row.getString("reason"),
                new PersonId(row.getObject("drained_by", UUID.class)),
                row.getString("via"),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    void insert(Tx tx, Row drain) {
        tx.db()
                .sql(
                        "insert into drain (id, client, workforce, reason, drained_by, via, at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(drain.id(), drain.client().value(), drain.workforce())
                .params(drain.reason(), drain.by().value(), drain.via())
                .param(drain.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    void insert(Tx tx, UUID drain, Membership person) {
        tx.db()
                .sql("insert into drained_person (drain, person, roles) values (?, ?, ?)")
                .params(drain, person.person().id().value())
                .param(person.roles().stream().map(Role::text).sorted().toArray(String[]::new))
                .update();
    }

    List<PersonId> people(Tx tx, UUID drain) {
        return tx.db()
                .sql("select person from drained_person where drain = ? order by person")
                .param(drain)
                .query((row, n) -> new PersonId(row.getObject("person", UUID.class)))
                .list();
    }

    void lift(Tx tx, UUID drain, Instant now) {
        tx.db()
                .sql("update drain set lifted_at = ? where id = ?")
                .params(now.atOffset(ZoneOffset.UTC), drain)
                .update();
    }

    /** A report as the cell keeps it. */
    record Report(UUID drain, UUID party, UUID workforce, String body, Instant at) {}

    boolean isReported(Tx clientTx, UUID drain) {
        return clientTx.db()
                .sql("select exists (select 1 from hand_over where drain = ?)")
                .param(drain)
                .query(Boolean.class)
                .single();
    }

    /** Newest first. */
    List<Report> reports(Tx clientTx) {
        return clientTx.db()
                .sql("select drain, party, workforce, report::text as body, at from hand_over order by at desc, drain")
                .query((row, n) -> new Report(
                        row.getObject("drain", UUID.class),
                        row.getObject("party", UUID.class),
                        row.getObject("workforce", UUID.class),
                        row.getString("body"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    void report(Tx clientTx, UUID drain, UUID party, UUID workforce, String body) {
        clientTx.db()
                .sql("insert into hand_over (drain, party, workforce, report) values (?, ?, ?, ?::jsonb)")
                .params(drain, party, workforce, body)
                .update();
    }
}
