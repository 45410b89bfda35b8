package io.etalon.server.work;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.wall.WorkInHand;
import io.etalon.server.work.engine.Fence;
import io.etalon.server.work.engine.WorkCodes;
import io.etalon.server.work.engine.WorkQueue;
import io.etalon.server.workforce.Workforces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Ends the open work of people who may not go on: each lease gets an end that names the reason, each task goes back into
 * the queue, and an answer that comes too late is kept as its author's draft. Refuse them new leases first: one that is
 * being granted meanwhile is not seen. Can be repeated. Thread-safe.
 */
@Service
public final class Fences implements WorkInHand {
    private static final Logger LOG = LoggerFactory.getLogger(Fences.class);

    private final Dispatchers dispatchers;
    private final Workforces workforces;
    private final Projects projects;
    private final TenantScope scope;
    private final AuditLog audit;
    private final MergeStore merges = new MergeStore();

    Fences(Dispatchers dispatchers, Workforces workforces, Projects projects, TenantScope scope, AuditLog audit) {
        this.dispatchers = dispatchers;
        this.workforces = workforces;
        this.projects = projects;
        this.scope = scope;
        this.audit = audit;
    }

    /**
     * Fences all who work for a workforce now, in every project of the client.
     *
     * @param reason 1 to 100 characters without content, such as a rule's id; stands in the tables and in the log
     */
    public Fenced fence(ClientId client, UUID workforce, String reason) {
        var people = workforces.people(client, workforce).stream()
                .map(member -> member.person().id())
                .collect(Collectors.toSet());
        return fence(client, people, reason);
    }

    /** The same for single people. */
    @Override
    public Fenced fence(ClientId client, Set<PersonId> people, String reason) {
        var leases = people.isEmpty() ? 0 : scope.client(client, tx -> adjudications(tx, people, reason));
        var returns = 0;
        var complete = true;
        if (!people.isEmpty()) {
            var fence = new Fence(people, reason, "system");
            for (var project : scope.client(client, tx -> busy(tx, people))) {
                try {
                    var others = dispatchers.annotators(client, project).stream()
                            .filter(person -> !people.contains(person))
                            .toList();
                    var fenced = dispatchers.of(client).roster().fence(project, fence, others);
                    leases += fenced.leases();
                    returns += fenced.returned();
                } catch (EtalonException e) {
                    if (!e.code().equals(WorkCodes.QUEUE_ELSEWHERE)) {
                        throw e;
                    }
                    complete = false;
                }
            }
        }
        if (leases + returns > 0) {
            LOG.info("leases fenced client={} leases={} returns={} reason={}", client, leases, returns, reason);
        }
        return new Fenced(leases, returns, complete);
    }

    /** Tasks that they have taken to merge go back: whoever merges one later than that is refused. */
    private int adjudications(Tx tx, Set<PersonId> people, String reason) {
        var taken = merges.giveBack(tx, ids(people));
        for (var one : taken) {
            audit.append(
                    tx,
                    AuditEvent.of(AuditOp.FENCE, null, "system", one.project())
                            .with("task", one.task())
                            .with("kind", "adjudicate")
                            .with("reason", reason));
        }
        return taken.size();
    }

    @Override
    public List<Load> load(ClientId client, Set<PersonId> people) {
        var open = scope.client(client, tx -> open(tx, people));
        return projects.all(client).stream()
                .map(project -> new Load(
                        project.id(),
                        project.name(),
                        open.getOrDefault(project.id(), 0),
                        dispatchers
                                .of(client)
                                .with(project.id(), WorkQueue::counts)
                                .open(),
                        project.workforces()))
                .toList();
    }

    /** Leases without an end, an answer or a decision, by project. */
    private static Map<ProjectId, Integer> open(Tx tx, Set<PersonId> people) {
        var open = new HashMap<ProjectId, Integer>();
        tx.db().sql("""
                select l.project, count(*) as leases from lease l where l.person = any(?)
                and not exists (select from lease_end e where e.lease = l.id)
                and not exists (select from submission s where s.lease = l.id)
                and not exists (select from review_decision d where d.lease = l.id)
                group by l.project
                """).param(ids(people)).query(row -> {
            open.put(new ProjectId(row.getObject("project", UUID.class)), row.getInt("leases"));
        });
        return open;
    }

    private static UUID[] ids(Set<PersonId> people) {
        return people.stream().map(PersonId::value).toArray(UUID[]::new);
    }

    /** The projects in which one of these people was ever given something; reads the leases once. */
    private static List<ProjectId> busy(Tx tx, Set<PersonId> people) {
        return tx.db()
                .sql("select distinct project from lease where person = any(?) order by project")
                .param(ids(people))
                .query((row, n) -> new ProjectId(row.getObject("project", UUID.class)))
                .list();
    }
}
