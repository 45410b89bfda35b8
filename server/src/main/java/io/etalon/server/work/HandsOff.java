package io.etalon.server.work;

import io.etalon.server.access.Grants;
import io.etalon.server.access.SwitchedOff;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.project.Projects;
import java.util.List;
import org.springframework.stereotype.Component;

/** Takes the work out of the hands of who is switched off, as out of a drained vendor's people's. Thread-safe. */
@Component
final class HandsOff implements SwitchedOff {
    private final Crews crews;
    private final Projects projects;

    HandsOff(Crews crews, Projects projects) {
        this.crews = crews;
        this.projects = projects;
    }

    @Override
    public void off(ClientId client, PersonId person, Grants.By by) {
        var people = List.of(person);
        var who = by.person() == null ? person : by.person();
        crews.bar(client, people);
        for (var project : projects.all(client)) {
            crews.free(client, project.id(), people, who, by.via());
        }
    }

    @Override
    public void on(ClientId client, PersonId person) {
        crews.admit(client, List.of(person));
    }
}
