package io.etalon.server.release;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Role;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.RangeReply;
import io.etalon.server.project.Projects;
import io.etalon.server.quality.MethodNames;
import io.etalon.server.release.ReleaseBodies.NewRelease;
import io.etalon.server.release.ReleaseBodies.ReleaseBody;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.wall.ExportRequests;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Releases over HTTP. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/releases")
class ReleaseController {
    private final Releases releases;
    private final Projects projects;
    private final Idempotency idempotency;
    private final TenantScope scope;
    private final ExportRequests leave;

    ReleaseController(
            Releases releases, Projects projects, Idempotency idempotency, TenantScope scope, ExportRequests leave) {
        this.releases = releases;
        this.projects = projects;
        this.idempotency = idempotency;
        this.scope = scope;
        this.leave = leave;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow(Role.REQUESTER)
    ReleaseBody cut(
            ClientCaller caller, Attempt attempt, @PathVariable ProjectId project, @RequestBody NewRelease body) {
        var client = caller.client().id();
        var notes = body.notes() == null ? "" : body.notes();
        var draft = releases.draft(client, project, MethodNames.method(body.method()), notes);
        var reply = scope.client(
                client,
                tx -> idempotency.once(
                        tx,
                        attempt,
                        body,
                        ReleaseBody.class,
                        same -> ReleaseBody.of(releases.cut(same, caller, draft), Releases.BuildProgress.NONE)));
        releases.start(client, releases.get(client, project, reply.number()));
        return reply;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.AUDITOR})
    Page<ReleaseBody> list(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var most = Page.limit(limit);
        var below = cursor == null ? Long.MAX_VALUE : Cursor.decode(cursor, 1).number(0);
        var fetched = releases.list(caller.client().id(), project, below, most + 1).stream()
                .map(release -> body(caller, release))
                .toList();
        return Page.cut(fetched, most, release -> Cursor.of(release.number()));
    }

    @GetMapping("/{number}")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    ReleaseBody get(ClientCaller caller, @PathVariable ProjectId project, @PathVariable int number) {
        return body(caller, releases.get(caller.client().id(), project, number));
    }

    private ReleaseBody body(ClientCaller caller, Release release) {
        return ReleaseBody.of(release, releases.progress(caller.client().id(), release));
    }

    @GetMapping("/{number}/archive")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    void archive(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable int number,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var release = releases.get(caller.client().id(), project, number);
        var built = release.built();
        if (built == null) {
            throw new EtalonException(
                    ReleaseCodes.NOT_READY,
                    "Release " + number + " is " + release.state().text() + "; it has no archive.");
        }
        leave.require(caller, project);
        var codeName = projects.get(caller.client().id(), project).codeName().replace(' ', '-');
        var file = new RangeReply.File(
                codeName + "-" + number + ".zip",
                "application/zip",
                built.sha256(),
                built.size(),
                ReleaseCodes.BYTES_LOST);
        RangeReply.send(file, request, response, () -> releases.export(caller, release));
    }
}
