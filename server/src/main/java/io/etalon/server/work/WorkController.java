package io.etalon.server.work;

import io.etalon.server.access.AllowSignedIn;
import io.etalon.server.access.Caller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.MayAnswer;
import io.etalon.server.access.Role;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.project.Project;
import io.etalon.server.project.ProjectState;
import io.etalon.server.project.Projects;
import io.etalon.server.residency.Residency;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.wall.Act;
import io.etalon.server.wall.Walls;
import io.etalon.server.work.engine.OpenLease;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/** What waits for the person who asks, over all clients he works for: code names only. */
@RestController
final class WorkController {
    private final Clients clients;
    private final Grants grants;
    private final Projects projects;
    private final Tasks tasks;
    private final Workflows workflows;
    private final Walls walls;
    private final Residency residency;
    private final ObjectProvider<OtherServer> others;
    private final ObjectMapper json;

    /** Where the lines come from. */
    @Component
    record Sources(
            Projects projects,
            Tasks tasks,
            Workflows workflows,
            Walls walls,
            Residency residency,
            ObjectProvider<OtherServer> others) {}

    WorkController(Clients clients, Grants grants, Sources sources, ObjectMapper json) {
        this.clients = clients;
        this.grants = grants;
        this.projects = sources.projects();
        this.tasks = sources.tasks();
        this.workflows = sources.workflows();
        this.walls = sources.walls();
        this.residency = sources.residency();
        this.others = sources.others();
        this.json = json;
    }

    /** @param only the slug of the one client to look at; absent for all */
    @GetMapping("/api/v1/work")
    @AllowSignedIn
    @MayAnswer(status = 403, when = "A key works at one client; the list over all clients is a person's own.")
    Page<WorkBodies.WorkLine> work(
            Caller caller,
            HttpServletRequest request,
            @RequestParam(name = "client", required = false) @Nullable String only) {
        if (only != null && !only.matches("[a-z][a-z0-9-]{1,31}")) {
            throw EtalonException.invalid("client must be the slug of a client");
        }
        if (!caller.via().equals(Caller.VIA_SESSION)) {
            throw new EtalonException(
                    ErrorCode.FORBIDDEN, "A key works at one client; the list over all clients is a person's own.");
        }
        var lines = new ArrayList<WorkBodies.WorkLine>();
        for (var client : clients.all()) {
            if ((only == null || only.equals(client.slug()))
                    && !grants.rolesAt(caller.person(), client.id()).isEmpty()) {
                lines.addAll(told(client, request).orElseGet(() -> at(client, caller)));
            }
        }
        return Page.all(lines);
    }

    /** The lines of a client whose queues another server has. */
    private Optional<List<WorkBodies.WorkLine>> told(Client client, HttpServletRequest request) {
        return others.stream()
                .flatMap(other -> other.ask(client, request, "/api/v1/work?client=" + client.slug()).stream())
                .findFirst()
                .map(answer -> json.readValue(answer, Lines.class).items());
    }

    /** The other server's answer. */
    private record Lines(
            List<WorkBodies.WorkLine> items, @Nullable String next) {}

    private List<WorkBodies.WorkLine> at(Client client, Caller caller) {
        var roles = grants.rolesAt(caller.person(), client.id());
        var workforce = grants.workforceAt(caller.person(), client.id());
        var lines = new ArrayList<WorkBodies.WorkLine>();
        if (roles.isEmpty()
                || walls.look(client.id(), caller.person(), workforce, Act.VIEW).isPresent()) {
            return lines;
        }
        for (var kind : OpenLease.Kind.values()) {
            projects.all(client.id()).stream()
                    .filter(project -> project.state() == ProjectState.ACTIVE)
                    .filter(project -> !residency.isOutside(client.id(), caller.person(), project.id()))
                    .filter(project -> LeaseRules.worksHere(workforce, project, kind))
                    .map(project -> line(client, project, caller, kind, roles))
                    .filter(line -> isFor(line, kind, roles))
                    .forEach(lines::add);
        }
        return lines;
    }

    /** Quality leads and requesters review only what is brought before them. */
    private static boolean isFor(WorkBodies.WorkLine line, OpenLease.Kind kind, Set<Role> roles) {
        return switch (kind) {
            case ANNOTATE -> roles.contains(Role.ANNOTATOR);
            case REVIEW ->
                roles.contains(Role.REVIEWER)
                        || line.waiting() > 0 && (roles.contains(Role.QUALITY_LEAD) || roles.contains(Role.REQUESTER));
        };
    }

    private WorkBodies.WorkLine line(
            Client client, Project project, Caller caller, OpenLease.Kind kind, Set<Role> roles) {
        var reach = workflows.reach(client.id(), project.id(), caller.person(), roles);
        var share = tasks.share(client.id(), project, caller.person(), kind, reach);
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
