package io.etalon.server.custody;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.custody.BrokenStore.Broken;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.ArrayList;
import org.springframework.stereotype.Service;

/**
 * Looks whether every object is there that a row names, without reading it: what has to be known when rows and objects come back from
 * a backup. Thread-safe.
 */
@Service
public final class Presence {
    /** How many objects rows name, and how many of them are not there. */
    public record Found(long objects, long missing) {}

    private final TenantScope scope;
    private final Projects projects;
    private final KeptObjects objects;
    private final AuditLog log;
    private final Clock clock;
    private final BrokenStore store = new BrokenStore();

    Presence(TenantScope scope, Projects projects, KeptObjects objects, AuditLog log, Clock clock) {
        this.scope = scope;
        this.projects = projects;
        this.objects = objects;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Looks at all of a client's projects. What is missing is entered in the client's log and listed with what a scrub finds
     * broken, so that no release vouches for it.
     *
     * @throws EtalonException while the client's key is away
     */
    public Found check(ClientId client) {
        var all = 0L;
        var gone = 0L;
        for (var project : projects.all(client)) {
            var kept = objects.of(client, project.id());
            var missing = new ArrayList<Broken>();
            for (var one : kept) {
                if (!objects.isThere(client, project.id(), one)) {
                    missing.add(new Broken(objects.nameOf(client, project.id(), one), one.asset(), clock.instant()));
                }
            }
            tell(client, project.id(), missing);
            all += kept.size();
            gone += missing.size();
        }
        return new Found(all, gone);
    }

    private void tell(ClientId client, ProjectId project, ArrayList<Broken> missing) {
        if (missing.isEmpty()) {
            return;
        }
        scope.clientDo(client, tx -> store.add(tx, project, missing));
        log.commit(
                client, AuditEvent.of(AuditOp.BIT_ROT, null, "system", project).with("broken", (long) missing.size()));
    }
}
