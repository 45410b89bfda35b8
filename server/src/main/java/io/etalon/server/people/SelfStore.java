package io.etalon.server.people;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control tables of what people say of themselves. */
final class SelfStore {
    private record Of<T>(UUID person, T what) {}

    /** What these people say; everybody has an entry. */
    Map<PersonId, SelfDescription> of(Tx tx, Collection<PersonId> people) throws SQLException {
        var ids = tx.connection()
                .createArrayOf("uuid", people.stream().map(PersonId::value).toArray());
        var residences = new HashMap<UUID, String>();
        tx.db()
                .sql("select person, country from person_residence where person = any(?)")
                .param(ids)
                .query(row -> {
                    residences.put(row.getObject("person", UUID.class), row.getString("country"));
                });
        var languages = tx.db()
                .sql("select person, language, level from person_language where person = any(?) order by language")
                .param(ids)
                .query((row, n) -> new Of<>(
                        row.getObject("person", UUID.class),
                        new SelfDescription.Spoken(row.getString("language"), row.getString("level"))))
                .list();
        var skills = tx.db()
                .sql("select person, skill, level from person_skill where person = any(?) order by skill")
                .param(ids)
                .query((row, n) -> new Of<>(
                        row.getObject("person", UUID.class),
                        new SelfDescription.Skill(row.getString("skill"), row.getInt("level"))))
                .list();
        var hours = availabilities(tx, ids);
        var all = new HashMap<PersonId, SelfDescription>();
        for (var person : people) {
            all.put(
                    person,
                    new SelfDescription(
                            residences.get(person.value()),
                            picked(languages, person),
                            picked(skills, person),
                            hours.get(person.value())));
        }
        return all;
    }

    private static <T> List<T> picked(List<Of<T>> all, PersonId person) {
        return all.stream()
                .filter(one -> one.person().equals(person.value()))
                .map(Of::what)
                .toList();
    }

    private static Map<UUID, SelfDescription.Availability> availabilities(Tx tx, java.sql.Array ids) {
        var off = tx.db()
                .sql("select person, day from person_day_off where person = any(?) order by day")
                .param(ids)
                .query((row, n) -> new Of<>(row.getObject("person", UUID.class), row.getObject("day", LocalDate.class)))
                .list();
        var hours = new HashMap<UUID, SelfDescription.Availability>();
        tx.db()
                .sql("select person, time_zone, minutes from person_availability where person = any(?)")
                .param(ids)
                .query(row -> {
                    var person = row.getObject("person", UUID.class);
                    var minutes = (Integer[]) row.getArray("minutes").getArray();
                    hours.put(
                            person,
                            new SelfDescription.Availability(
                                    row.getString("time_zone"),
                                    Arrays.asList(minutes),
                                    picked(off, new PersonId(person))));
                });
        return hours;
    }

    /** Puts this in the place of all that the person said before. */
    void set(Tx tx, PersonId person, SelfDescription said) throws SQLException {
        for (var table : List.of(
                "person_residence", "person_language", "person_skill", "person_availability", "person_day_off")) {
            tx.db()
                    .sql("delete from " + table + " where person = ?")
                    .param(person.value())
                    .update();
        }
        if (said.residence() != null) {
            tx.db()
                    .sql("insert into person_residence (person, country) values (?, ?)")
                    .params(person.value(), said.residence())
                    .update();
        }
        tx.db()
                .sql(
                        "insert into person_language (person, language, level) select ?, l, v from unnest(?, ?) as x (l, v)")
                .params(person.value())
                .param(texts(
                        tx,
                        said.languages().stream()
                                .map(SelfDescription.Spoken::language)
                                .toArray()))
                .param(texts(
                        tx,
                        said.languages().stream()
                                .map(SelfDescription.Spoken::level)
                                .toArray()))
                .update();
        tx.db()
                .sql("insert into person_skill (person, skill, level) select ?, s, v from unnest(?, ?) as x (s, v)")
                .params(person.value())
                .param(texts(
                        tx,
                        said.skills().stream().map(SelfDescription.Skill::skill).toArray()))
                .param(tx.connection()
                        .createArrayOf(
                                "int4",
                                said.skills().stream()
                                        .map(SelfDescription.Skill::level)
                                        .toArray()))
                .update();
        setAvailability(tx, person, said.availability());
    }

    private static void setAvailability(Tx tx, PersonId person, SelfDescription.@Nullable Availability said)
            throws SQLException {
        if (said == null) {
            return;
        }
        tx.db()
                .sql("insert into person_availability (person, time_zone, minutes) values (?, ?, ?)")
                .params(person.value(), said.timeZone())
                .param(tx.connection().createArrayOf("int4", said.minutes().toArray()))
                .update();
        tx.db()
                .sql("insert into person_day_off (person, day) select ?, d from unnest(?) d")
                .params(person.value())
                .param(tx.connection().createArrayOf("date", said.daysOff().toArray()))
                .update();
    }

    private static java.sql.Array texts(Tx tx, @Nullable Object[] items) throws SQLException {
        return tx.connection().createArrayOf("text", items);
    }
}
