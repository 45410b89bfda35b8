package io.etalon.server.workforce;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The control tables {@code person_language} and {@code person_country}. */
final class ProfileStore {
    List<String> languages(Tx tx, PersonId person) {
        return tx.db()
                .sql("select language from person_language where person = ? order by language")
                .param(person.value())
                .query(String.class)
                .list();
    }

    void setLanguages(Tx tx, PersonId person, List<String> languages) throws SQLException {
        tx.db()
                .sql("delete from person_language where person = ? and not language = any(?)")
                .params(person.value(), tx.connection().createArrayOf("text", languages.toArray()))
                .update();
        tx.db()
                .sql("""
                        insert into person_language (person, language) select ?, l from unnest(?) l
                        on conflict do nothing""")
                .params(person.value(), tx.connection().createArrayOf("text", languages.toArray()))
                .update();
    }

    Optional<String> country(Tx tx, ClientId client, PersonId person) {
        return tx.db()
                .sql("select country from person_country where client = ? and person = ?")
                .params(client.value(), person.value())
                .query(String.class)
                .optional();
    }

    Optional<String> residence(Tx tx, PersonId person) {
        return tx.db()
                .sql("select country from person_residence where person = ?")
                .param(person.value())
                .query(String.class)
                .optional();
    }

    void setCountry(Tx tx, ClientId client, PersonId person, String country, PersonId by, Instant at) {
        tx.db()
                .sql("""
                        insert into person_country (client, person, country, set_by, set_at) values (?, ?, ?, ?, ?)
                        on conflict (client, person) do update
                        set country = excluded.country, set_by = excluded.set_by, set_at = excluded.set_at""")
                .params(client.value(), person.value(), country, by.value(), at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
