package io.etalon.server.work.queue;

import io.etalon.annotation.Fault;
import io.etalon.annotation.Ontology;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.People;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.Projects;
import io.etalon.server.qualification.Qualifications;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.policy.QueuePolicy;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The rules of queues: read, and replaced by a new version that is in force at once. Thread-safe. */
@Service
public final class Queues {
    static final ErrorCode CHANGED = ErrorCode.of(
                    "queue-changed", ErrorKind.CONFLICT, "The queue's rules were changed meanwhile")
            .withStatus(412);
    static final ErrorCode INVALID = ErrorCode.of("queue-invalid", ErrorKind.INVALID, "The queue's rules have faults");

    private final Policies policies;
    private final Projects projects;
    private final Engines engines;
    private final AuditLog audit;
    private final TenantScope scope;
    private final People people;
    /** Versions are put into force in their order. */
    private final ReentrantLock changes = new ReentrantLock();

    Queues(Policies policies, Projects projects, Engines engines, AuditLog audit, TenantScope scope, People people) {
        this.policies = policies;
        this.projects = projects;
        this.engines = engines;
        this.audit = audit;
        this.scope = scope;
        this.people = people;
    }

    Policies.Version get(ClientId client, ProjectId project) {
        projects.get(client, project);
        return policies.newest(client, project);
    }

    /**
     * Replaces the rules.
     *
     * @param expected the version that the caller has seen; null for whichever is there
     * @throws EtalonException invalid, with each fault's place; 412, when another version is in force
     */
    Policies.Version set(ClientCaller caller, ProjectId id, QueuePolicy policy, @Nullable Integer expected) {
        var client = caller.client().id();
        var project = projects.get(client, id);
        check(policy, projects.ontology(client, id, project.ontologyVersion()).ontology());
        changes.lock();
        try {
            var made = scope.client(client, tx -> {
                var before = policies.newest(tx, id).version();
                if (expected != null && expected != before) {
                    throw changed(policies.newest(tx, id), expected);
                }
                policies.add(tx, id, before + 1, policy, caller.person());
                audit.append(
                        tx,
                        AuditEvent.of(AuditOp.PROJECT_CHANGE, caller.person(), caller.via(), id)
                                .with("queueVersion", before + 1));
                return policies.newest(tx, id);
            });
            engines.of(client).policy(id, policy);
            // Whether pre-labels are shown is decided with the gold that is in use.
            engines.of(client).regild(id);
            return made;
        } finally {
            changes.unlock();
        }
    }

    private EtalonException changed(Policies.Version inForce, int expected) {
        var by = inForce.setBy();
        var at = inForce.setAt();
        var who = by == null || at == null
                ? ""
                : ": " + people.get(by).name() + " set it at " + at.truncatedTo(ChronoUnit.SECONDS);
        return new EtalonException(
                CHANGED,
                "Version " + inForce.version() + " of the rules is in force, not " + expected + who
                        + ". Look at it and make your change from there.");
    }

    private static void check(QueuePolicy policy, Ontology ontology) {
        List<Fault> faults = new ArrayList<>(policy.faults());
        if (policy.adaptive() != null && Redundancies.comparable(ontology).isEmpty()) {
            faults.add(new Fault(
                    "/adaptive", "needs a question with options to compare; the project's ontology has none"));
        }
        var audience = policy.audience();
        var keys = audience == null ? List.<String>of() : audience.qualifications();
        for (var i = 0; i < keys.size(); i++) {
            if (!Qualifications.isKey(keys.get(i))) {
                faults.add(new Fault(
                        "/audience/qualifications/" + i,
                        "must be a qualification's key: 1 to 63 of a-z, 0-9, dot, hyphen and underscore"));
            }
        }
        if (!faults.isEmpty()) {
            throw EtalonException.withFaults(INVALID, "The queue's rules have faults; nothing was changed.", faults);
        }
    }
}
