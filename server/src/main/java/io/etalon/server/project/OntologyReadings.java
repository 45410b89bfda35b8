package io.etalon.server.project;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who read which version of an ontology under which session or key, as far as that is remembered: such a reading has one
 * entry, one that was forgotten has another. Thread-safe.
 */
final class OntologyReadings {
    private static final int REMEMBERED = 100_000;

    private record Reading(ClientId client, ProjectId project, int version, PersonId person, String session) {}

    private final AuditLog audit;
    private final Set<Reading> known = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Reading, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    OntologyReadings(AuditLog audit) {
        this.audit = audit;
    }

    /** Commits an entry for each version that is not known to be read; of two at once both may write one. */
    void once(ClientCaller caller, ProjectId project, Collection<Integer> versions) {
        var client = caller.client().id();
        for (int version : versions) {
            var reading = new Reading(client, project, version, caller.person(), caller.session());
            if (!known.contains(reading)) {
                audit.commit(
                        client,
                        AuditEvent.of(AuditOp.READ, caller.person(), caller.via(), project)
                                .with("ontology", version));
                known.add(reading);
            }
        }
    }
}
