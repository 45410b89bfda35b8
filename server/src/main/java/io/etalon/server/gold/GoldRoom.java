package io.etalon.server.gold;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.Tasks;
import org.springframework.stereotype.Component;

/** Where gold is read and changed: in one transaction, after which those who keep it in memory are told. Thread-safe. */
@Component
final class GoldRoom {
    private final TenantScope scope;
    private final Projects projects;
    private final GoldRoster roster;
    private final Tasks tasks;

    GoldRoom(TenantScope scope, Projects projects, GoldRoster roster, Tasks tasks) {
        this.scope = scope;
        this.projects = projects;
        this.roster = roster;
        this.tasks = tasks;
    }

    /** @throws io.etalon.server.base.EtalonException not found, when the client has no such project */
    <T> T read(ClientCaller caller, ProjectId project, Tx.Work<T> work) {
        projects.get(caller.client().id(), project);
        return scope.client(caller.client().id(), work);
    }

    /** The same for a change of gold or of its policy. */
    <T> T change(ClientCaller caller, ProjectId project, Tx.Work<T> work) {
        var made = changePauses(caller, project, work);
        tasks.regild(caller.client().id(), project);
        return made;
    }

    /** The same for a change of pauses, of which the queue need not know. */
    <T> T changePauses(ClientCaller caller, ProjectId project, Tx.Work<T> work) {
        var made = read(caller, project, work);
        roster.forget(caller.client().id(), project);
        return made;
    }
}
