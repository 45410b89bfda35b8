package io.etalon.server.work;

import io.etalon.server.access.Allow;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What annotators would not do, and why: for those who write the instructions. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/skips")
final class SkipController {
    private static final int MOST_COUNTED = 10_000;

    private final Projects projects;
    private final Answers answers;
    private final TenantScope scope;
    private final AuditLog audit;
    private final SkipStore store = new SkipStore();

    SkipController(Projects projects, Answers answers, TenantScope scope, AuditLog audit) {
        this.projects = projects;
        this.answers = answers;
        this.scope = scope;
        this.audit = audit;
    }

    @GetMapping
    @Operation(summary = "The tasks that people skipped, with reasons and notes, the newest first")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD})
    Page<TaskBodies.SkipBody> list(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        projects.get(caller.client().id(), project);
        if (reason != null && !Desk.SKIP_REASONS.contains(reason)) {
            throw EtalonException.invalid("reason is “" + reason + "”; it must be one of " + Desk.SKIP_REASONS);
        }
        var most = Page.limit(limit);
        var before = cursor == null ? Long.MAX_VALUE : Cursor.decode(cursor, 1).number(0);
        return scope.client(caller.client().id(), tx -> {
            var skips = store.newest(tx, project, reason, before, most + 1).stream()
                    .map(row -> body(tx, caller, project, row))
                    .toList();
            return Page.cut(skips, most, skip -> Cursor.of(skip.lease()));
        });
    }

    private TaskBodies.SkipBody body(Tx tx, ClientCaller caller, ProjectId project, SkipStore.Row row) {
        return new TaskBodies.SkipBody(
                row.lease(),
                row.task(),
                audit.pseudonym(tx, row.person()),
                row.reason(),
                answers.skipNote(caller.client().id(), project, row.lease(), row.note()),
                row.guidelineVersion(),
                row.at());
    }

    @GetMapping("/counts")
    @Operation(summary = "How often people skipped under the guidelines in force, of the newest 10,000 skips")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD})
    TaskBodies.SkipCounts counts(ClientCaller caller, @PathVariable ProjectId project) {
        var client = caller.client().id();
        var guidelines = projects.get(client, project).guidelineVersion();
        var counts = scope.client(client, tx -> store.counts(tx, project, guidelines, MOST_COUNTED));
        var skips = counts.values().stream().mapToInt(count -> count).sum();
        return new TaskBodies.SkipCounts(guidelines, counts.getOrDefault("unclear", 0), skips, skips == MOST_COUNTED);
    }
}
