package io.etalon.server.project;

import io.etalon.server.base.PersonId;
import java.util.Map;

/**
 * How often one person may judge the same task. Once, unless the project says otherwise: repeated judgements by one
 * annotator measure how constant he is, as in Dawid and Skene's table.
 *
 * @param byDefault rounds for everybody who is not named
 * @param people rounds of named people
 */
public record Repeats(int byDefault, Map<PersonId, Integer> people) {
    public static final Repeats ONCE = new Repeats(1, Map.of());
    static final int MOST = 20;

    public Repeats {
        people = Map.copyOf(people);
    }

    public int roundsOf(PersonId person) {
        return people.getOrDefault(person, byDefault);
    }
}
