package io.etalon.server.work;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.ClientGate;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.Project;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.Fence;
import io.etalon.server.work.engine.OpenLease;
import io.etalon.server.work.engine.Pick;
import io.etalon.server.work.engine.Reach;
import io.etalon.server.work.engine.TaskAct;
import io.etalon.server.work.engine.WorkQueue;
import io.etalon.server.work.policy.Refusal;
import io.etalon.server.work.policy.Shares;
import io.etalon.server.work.queue.Admissions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/** The work as those see it who divide it among workforces: what each has done, may do, and must leave. Thread-safe. */
@Service
public final class Crews {
    private final Dispatchers dispatchers;
    private final LeaseRules rules;
    private final AuditLog audit;
    private final TenantScope scope;
    private final Doors doors;
    private final OutputStore store = new OutputStore();

    /** What else is asked before somebody is given a task. */
    @Component
    record Doors(Admissions admissions, ObjectProvider<ClientGate> gates) {}

    Crews(Dispatchers dispatchers, LeaseRules rules, Doors doors, AuditLog audit, TenantScope scope) {
        this.dispatchers = dispatchers;
        this.rules = rules;
        this.doors = doors;
        this.audit = audit;
        this.scope = scope;
    }

    /** What each person handed in, by day; gold left aside. */
    public List<Output> outputs(ClientId client, ProjectId project) {
        return scope.client(client, tx -> store.outputs(tx, project));
    }

    /** How many new answers each person has given since a moment. */
    public Map<PersonId, Long> since(ClientId client, ProjectId project, Instant from) {
        return scope.client(client, tx -> store.since(tx, project, from));
    }

    /** How the work of a project is divided now. */
    public WorkQueue.Portions portions(ClientId client, ProjectId project) {
        return dispatchers.of(client).with(project, WorkQueue::portions);
    }

    /** Puts shares into force that are committed; see {@link io.etalon.server.work.engine.Roster#shares}. */
    public void divide(ClientId client, ProjectId project, @Nullable Shares shares, boolean anew) {
        dispatchers.of(client).roster().shares(project, shares, anew);
    }

    /** Who may annotate in a project now. */
    public List<PersonId> annotators(ClientId client, ProjectId project) {
        return dispatchers.annotators(client, project);
    }

    /**
     * What keeps this caller from annotating in a project, without a trace: all that is asked before a lease (walls, contracts,
     * places, texts, courses, the queue's languages, countries and qualifications) but how much he has taken already.
     */
    public Optional<String> denied(ClientCaller caller, Project project) {
        var client = caller.client().id();
        var visitor = new ClientGate.Visitor(caller.person(), caller.workforce(), caller.via(), null);
        return rules.refusal(caller, project, OpenLease.Kind.ANNOTATE)
                .or(() -> doors.gates()
                        .orderedStream()
                        .flatMap(gate -> gate.look(client, visitor, project.id()).stream())
                        .findFirst())
                .map(no -> String.valueOf(no.getMessage()))
                .or(() -> doors.admissions()
                        .unfit(client, caller.person(), project.id())
                        .map(Refusal::message));
    }

    /**
     * Whether something of a project waits, and nothing of it for any of these people: they have answered it all. Looks at
     * every task of the queue until one of them can go on.
     */
    public boolean haveDoneTheirs(ClientId client, Project project, Collection<PersonId> people) {
        return dispatchers
                .of(client)
                .with(
                        project.id(),
                        queue -> queue.portions().waiting() > 0
                                && people.stream()
                                        .allMatch(person -> queue.share(
                                                                person,
                                                                OpenLease.Kind.ANNOTATE,
                                                                project.repeats()
                                                                        .roundsOf(person),
                                                                Reach.STAGES)
                                                        .waiting()
                                                == 0));
    }

    /** Gives these people of a client nothing any more. */
    public void bar(ClientId client, Collection<PersonId> people) {
        dispatchers.of(client).roster().bar(people);
    }

    /** Undoes {@link #bar}. */
    public void admit(ClientId client, Collection<PersonId> people) {
        dispatchers.of(client).roster().admit(people);
    }

    /**
     * What was taken out of people's hands in one project.
     *
     * @param leases that ended; an answer under one of them is refused
     * @param returned answers sent back to them that others do now
     * @param kept answers sent back to them that nobody else can do
     * @param unassigned tasks that were theirs alone and are everybody's now
     */
    public record Freed(int leases, int returned, int kept, int unassigned) {}

    /** Takes everything out of the hands of people who are {@linkplain #bar barred}. Can be repeated. */
    public Freed free(ClientId client, ProjectId project, Collection<PersonId> people, PersonId by, String via) {
        var engine = dispatchers.of(client);
        var fence = new Fence(Set.copyOf(people), "drained", via);
        var fenced = engine.roster().fence(project, fence, annotators(client, project));
        if (fenced.assigned().length > 0) {
            engine.act(
                    project,
                    new Dispatcher.ActOrder(
                            new TaskAct.Assign(List.of()),
                            new Pick(null, null, null, fenced.assigned()),
                            by,
                            via,
                            (tx, tally) -> audit.append(
                                    tx,
                                    AuditEvent.of(AuditOp.TASK_CHANGE, by, via, project)
                                            .with("act", "unassign")
                                            .with("tasks", tally.tasks()))),
                    work -> work);
        }
        return new Freed(fenced.leases(), fenced.returned(), fenced.kept(), fenced.assigned().length);
    }
}
