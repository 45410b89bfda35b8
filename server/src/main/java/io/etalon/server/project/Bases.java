package io.etalon.server.project;

import io.etalon.annotation.Fault;
import io.etalon.server.access.People;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.project.ProjectStore.VersionTable;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The versions that changes are thought of: who changes an older one than that in force would undo what he never saw. */
@Component
final class Bases {
    private final People people;
    private final ProjectStore store = new ProjectStore();

    Bases(People people) {
        this.people = people;
    }

    /** @throws EtalonException invalid, when a request does not say what it was thought of */
    static int given(@Nullable Integer base) {
        if (base == null) {
            throw EtalonException.invalidAt(
                    "/baseVersion", "is missing; it is the version that the change was made from");
        }
        return base;
    }

    /** @throws EtalonException conflict, naming who made the version in force, and when */
    void require(Tx tx, ProjectId project, VersionTable table, int inForce, int base) {
        if (inForce == base) {
            return;
        }
        var made = store.made(tx, table, project, inForce);
        var what = switch (table) {
            case ONTOLOGY -> "ontology";
            case GUIDELINE -> "guidelines";
        };
        throw EtalonException.withFaults(
                ErrorCode.CONFLICT,
                "Version " + inForce + " of the " + what + " is in force, not " + base + ": "
                        + people.get(made.by()).name() + " made it at "
                        + made.at().truncatedTo(ChronoUnit.SECONDS)
                        + ". Look at it and make your change from there.",
                List.of(new Fault("/baseVersion", "is " + base + "; version " + inForce + " is in force")));
    }
}
