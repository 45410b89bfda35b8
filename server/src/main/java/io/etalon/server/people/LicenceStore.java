package io.etalon.server.people;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control tables {@code licence} and {@code licence_act}. */
final class LicenceStore {
    private static final String TODAY = "(clock_timestamp() at time zone 'UTC')::date";
    private static final String SELECT = """
            select l.*, a.act, a.by, a.note, a.at,
              l.valid_from <= %1$s and (l.valid_to is null or l.valid_to >= %1$s) as today
            from licence l left join lateral
              (select * from licence_act where licence = l.id order by id desc limit 1) a on true
            where l.client = ?""".formatted(TODAY);

    /** The kinds that count, and how many seconds of the database's day are left: what is told is good for no longer. */
    record Held(List<String> keys, double seconds) {}

    /** What a person states. */
    record Stated(
            UUID id,
            PersonId person,
            String kind,
            String country,
            byte[] number,
            LocalDate from,
            @Nullable LocalDate to) {}

    void insert(Tx tx, ClientId client, Stated stated) {
        tx.db()
                .sql("""
                insert into licence (id, client, person, kind, country, number, valid_from, valid_to)
                values (:id, :client, :person, :kind, :country, :number, :from, :to)
                """)
                .param("id", stated.id())
                .param("client", client.value())
                .param("person", stated.person().value())
                .param("kind", stated.kind())
                .param("country", stated.country())
                .param("number", stated.number())
                .param("from", stated.from())
                .param("to", stated.to(), Types.DATE)
                .update();
    }

    void act(Tx tx, UUID licence, String act, PersonId by, @Nullable String note) {
        tx.db()
                .sql("insert into licence_act (licence, act, by, note) values (:licence, :act, :by, :note)")
                .param("licence", licence)
                .param("act", act)
                .param("by", by.value())
                .param("note", note, Types.VARCHAR)
                .update();
    }

    Optional<Licence> find(Tx tx, ClientId client, UUID id) {
        return tx.db()
                .sql(SELECT + " and l.id = ?")
                .params(client.value(), id)
                .query((row, n) -> licence(row))
                .optional();
    }

    /** Newest first. */
    List<Licence> of(Tx tx, ClientId client, PersonId person) {
        return tx.db()
                .sql(SELECT + " and l.person = ? order by l.stated_at desc, l.id")
                .params(client.value(), person.value())
                .query((row, n) -> licence(row))
                .list();
    }

    /** Of everybody, newest first. */
    List<Licence> all(Tx tx, ClientId client) {
        return tx.db()
                .sql(SELECT + " order by l.stated_at desc, l.id")
                .param(client.value())
                .query((row, n) -> licence(row))
                .list();
    }

    Held held(Tx tx, ClientId client, PersonId person) {
        // Before the rows: a day that ends in between makes the answer good for a moment only.
        var seconds = tx.db()
                .sql("select extract(epoch from (" + TODAY + " + 1)::timestamp"
                        + " - (clock_timestamp() at time zone 'UTC'))::float8")
                .query(Double.class)
                .single();
        var keys = of(tx, client, person).stream()
                .filter(Licence::isHeld)
                .flatMap(licence -> Licences.keys(licence).stream())
                .toList();
        return new Held(keys, seconds);
    }

    private static Licence licence(ResultSet row) throws SQLException {
        var at = row.getObject("at", OffsetDateTime.class);
        return new Licence(
                row.getObject("id", UUID.class),
                new PersonId(row.getObject("person", UUID.class)),
                row.getString("kind"),
                row.getString("country"),
                row.getBytes("number"),
                row.getObject("valid_from", LocalDate.class),
                row.getObject("valid_to", LocalDate.class),
                row.getObject("stated_at", OffsetDateTime.class).toInstant(),
                row.getString("act"),
                row.getObject("by", UUID.class),
                row.getString("note"),
                at == null ? null : at.toInstant(),
                row.getBoolean("today"));
    }
}
