package io.etalon.server.job;

import io.etalon.server.access.Allow;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.job.JobBodies.JobBody;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs over HTTP. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/jobs")
class JobController {
    private final Jobs jobs;

    JobController(Jobs jobs) {
        this.jobs = jobs;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    Page<JobBody> list(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var most = Page.limit(limit);
        var before = cursor == null ? null : id(Cursor.decode(cursor, 1).key(0));
        var fetched = jobs.list(caller.client().id(), project, before, most + 1).stream()
                .map(JobBody::of)
                .toList();
        return Page.cut(fetched, most, job -> Cursor.of(job.id()));
    }

    @GetMapping("/{job}")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    JobBody get(ClientCaller caller, @PathVariable ProjectId project, @PathVariable String job) {
        return body(caller, jobs.get(caller.client().id(), project, id(job)));
    }

    @PostMapping("/{job}/cancel")
    @Allow(Role.REQUESTER)
    JobBody cancel(ClientCaller caller, @PathVariable ProjectId project, @PathVariable String job) {
        return body(caller, jobs.cancel(caller, project, id(job)));
    }

    @PostMapping("/{job}/resume")
    @Allow(Role.REQUESTER)
    JobBody resume(ClientCaller caller, @PathVariable ProjectId project, @PathVariable String job) {
        return body(caller, jobs.resume(caller, project, id(job)));
    }

    private JobBody body(ClientCaller caller, Job job) {
        return JobBody.of(job, jobs.log(caller.client().id(), job.id()));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new EtalonException(ErrorCode.NOT_FOUND, "Nothing is here under this address for you.", e);
        }
    }
}
