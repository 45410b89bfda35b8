package io.etalon.server.work;

import io.etalon.server.access.Allow;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.Project;
import io.etalon.server.project.Projects;
import io.etalon.server.work.engine.OpenLease;
import io.etalon.server.work.engine.Reach;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What an annotator is told of a queue: above all, why nothing comes. */
@RestController
@Tag(name = "Queues")
final class MyQueueController {
    private final Leases leases;
    private final Tasks tasks;
    private final Projects projects;

    MyQueueController(Leases leases, Tasks tasks, Projects projects) {
        this.leases = leases;
        this.tasks = tasks;
        this.projects = projects;
    }

    @GetMapping("/api/v1/clients/{client}/projects/{project}/queue/mine")
    @Allow(Role.ANNOTATOR)
    WorkBodies.MyQueue mine(ClientCaller caller, @PathVariable ProjectId project) {
        var client = caller.client().id();
        var settings = projects.get(client, project);
        var waiting = tasks.share(client, settings, caller.person(), OpenLease.Kind.ANNOTATE, Reach.STAGES)
                .waiting();
        var taken = leases.dispatcher(caller)
                .with(project, queue -> queue.taken(caller.person()))
                .taken();
        return new WorkBodies.MyQueue(waiting, taken, why(caller, settings, waiting));
    }

    private WorkBodies.@Nullable WhyNot why(ClientCaller caller, Project project, long waiting) {
        var barred = leases.barred(caller, project);
        if (barred.isPresent()) {
            return told(barred.get());
        }
        var refusal = leases.whyNot(caller, project.id(), OpenLease.Kind.ANNOTATE);
        return switch (refusal.reason()) {
            case NOTHING_LEFT -> waiting > 0 ? null : told(refusal);
            case QUALIFICATION, PERSON_CAP, LANGUAGE, COUNTRY, BUDGET, SHARE -> told(refusal);
        };
    }

    private static WorkBodies.WhyNot told(io.etalon.server.work.policy.Refusal refusal) {
        return new WorkBodies.WhyNot(refusal.reason().key(), refusal.message());
    }

    private static WorkBodies.WhyNot told(EtalonException refusal) {
        return new WorkBodies.WhyNot(refusal.code().name(), String.valueOf(refusal.getMessage()));
    }
}
