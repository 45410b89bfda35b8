package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control table {@code person}. */
final class PersonStore {
    private static final String COLUMNS = "select id, email, name, locale, created_at from person ";

    /** Whose password it is, and its hash; null when the person has none. */
    record PasswordOf(PersonId person, @Nullable String hash) {}

    void insert(Tx tx, Person person) {
        tx.db()
                .sql("insert into person (id, email, name, locale, created_at) values (?, ?, ?, ?, ?)")
                .params(
                        person.id().value(),
                        person.email(),
                        person.name(),
                        person.locale(),
                        Sql.time(person.createdAt()))
                .update();
    }

    Optional<Person> find(Tx tx, PersonId id) {
        return tx.db()
                .sql(COLUMNS + "where id = ?")
                .param(id.value())
                .query((row, n) -> person(row))
                .optional();
    }

    Optional<Person> findByEmail(Tx tx, String email) {
        return tx.db()
                .sql(COLUMNS + "where email = ?")
                .param(email)
                .query((row, n) -> person(row))
                .optional();
    }

    Optional<PasswordOf> password(Tx tx, String email) {
        return tx.db()
                .sql("select id, password_hash from person where email = ?")
                .param(email)
                .query((row, n) ->
                        new PasswordOf(new PersonId(row.getObject("id", UUID.class)), row.getString("password_hash")))
                .optional();
    }

    Optional<PasswordOf> password(Tx tx, PersonId id) {
        return tx.db()
                .sql("select id, password_hash from person where id = ?")
                .param(id.value())
                .query((row, n) -> new PasswordOf(id, row.getString("password_hash")))
                .optional();
    }

    void setPassword(Tx tx, PersonId id, String hash) {
        tx.db()
                .sql("update person set password_hash = ? where id = ?")
                .params(hash, id.value())
                .update();
    }

    void update(Tx tx, Person person) {
        tx.db()
                .sql("update person set email = ?, name = ?, locale = ? where id = ?")
                .params(
                        person.email(),
                        person.name(),
                        person.locale(),
                        person.id().value())
                .update();
    }

    boolean hasCredential(Tx tx, PersonId id) {
        return tx.db().sql("""
                        select password_hash is not null or exists (select 1 from passkey where passkey.person = person.id)
                        from person where id = ?
                        """).param(id.value()).query(Boolean.class).single();
    }

    boolean isDisabled(Tx tx, PersonId id) {
        return tx.db()
                .sql("select exists (select from person where id = ? and disabled_at is not null)")
                .param(id.value())
                .query(Boolean.class)
                .single();
    }

    /** Whether anything changed. */
    boolean disable(Tx tx, PersonId id, @Nullable PersonId by, Instant now) {
        return tx.db()
                        .sql("update person set disabled_at = ?, disabled_by = ? where id = ? and disabled_at is null")
                        .param(Sql.time(now))
                        .param(by == null ? null : by.value())
                        .param(id.value())
                        .update()
                == 1;
    }

    /** Whether anything changed. */
    boolean enable(Tx tx, PersonId id) {
        return tx.db()
                        .sql("update person set disabled_at = null, disabled_by = null"
                                + " where id = ? and disabled_at is not null")
                        .param(id.value())
                        .update()
                == 1;
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                new PersonId(row.getObject("id", UUID.class)),
                row.getString("email"),
                row.getString("name"),
                row.getString("locale"),
                Sql.instant(row, "created_at"));
    }
}
