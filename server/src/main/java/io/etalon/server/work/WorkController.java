package io.etalon.server.work;

import io.etalon.server.access.AllowSignedIn;
import io.etalon.server.access.Caller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.project.Project;
import io.etalon.server.project.ProjectState;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.work.engine.OpenLease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What waits for the person who asks, over all clients he works for: code names only. */
@RestController
final class WorkController {
    private static final Map<Role, OpenLease.Kind> KINDS =
            Map.of(Role.ANNOTATOR, OpenLease.Kind.ANNOTATE, Role.REVIEWER, OpenLease.Kind.REVIEW);

    private final Clients clients;
    private final Grants grants;
    private final Projects projects;
    private final Tasks tasks;

    WorkController(Clients clients, Grants grants, Projects projects, Tasks tasks) {
        this.clients = clients;
        this.grants = grants;
        this.projects = projects;
        this.tasks = tasks;
    }

    @GetMapping("/api/v1/work")
    @AllowSignedIn
    Page<WorkBodies.WorkLine> work(Caller caller) {
        if (!caller.via().equals(Caller.VIA_SESSION)) {
            throw new EtalonException(
                    ErrorCode.FORBIDDEN, "A key works at one client; the list over all clients is a person's own.");
        }
        var lines = new ArrayList<WorkBodies.WorkLine>();
        for (var client : clients.all()) {
            lines.addAll(at(client, caller));
        }
        return Page.all(lines);
    }

    private List<WorkBodies.WorkLine> at(Client client, Caller caller) {
        var roles = grants.rolesAt(caller.person(), client.id());
        var workforce = grants.workforceAt(caller.person(), client.id());
        var lines = new ArrayList<WorkBodies.WorkLine>();
        for (var role : List.of(Role.ANNOTATOR, Role.REVIEWER)) {
            var kind = KINDS.get(role);
            if (kind == null || !roles.contains(role)) {
                continue;
            }
            projects.all(client.id()).stream()
                    .filter(project -> project.state() == ProjectState.ACTIVE)
                    .filter(project -> LeaseRules.worksHere(workforce, project, kind))
                    .forEach(project -> lines.add(line(client, project, caller, kind)));
        }
        return lines;
    }

    private WorkBodies.WorkLine line(Client client, Project project, Caller caller, OpenLease.Kind kind) {
        var share = tasks.share(client.id(), project, caller.person(), kind);
        return new WorkBodies.WorkLine(
                client.slug(),
                project.id().value(),
                project.codeName(),
                project.kind(),
                switch (kind) {
                    case ANNOTATE -> "annotate";
                    case REVIEW -> "review";
                },
                share.waiting(),
                share.done());
    }
}
