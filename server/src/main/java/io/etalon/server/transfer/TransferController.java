package io.etalon.server.transfer;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.RangeReply;
import io.etalon.server.job.JobBodies.JobBody;
import io.etalon.server.job.JobKind;
import io.etalon.server.job.Jobs;
import io.etalon.server.transfer.TransferBodies.ImportLine;
import io.etalon.server.transfer.TransferBodies.NewExport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
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

/** Imports and exports over HTTP. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}")
class TransferController {
    private final Imports imports;
    private final Exports exports;
    private final Jobs jobs;

    TransferController(Imports imports, Exports exports, Jobs jobs) {
        this.imports = imports;
        this.exports = exports;
        this.jobs = jobs;
    }

    @PostMapping("/imports")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow(Role.REQUESTER)
    JobBody add(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam String name,
            @RequestParam(required = false) @Nullable String format,
            HttpServletRequest request)
            throws IOException {
        return JobBody.of(imports.add(caller, project, name, format, request.getInputStream()));
    }

    @PostMapping("/exports")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow(Role.REQUESTER)
    JobBody export(ClientCaller caller, Attempt attempt, @PathVariable ProjectId project, @RequestBody NewExport body) {
        return JobBody.of(exports.add(caller, project, body, attempt));
    }

    @GetMapping("/exports/{job}/file")
    @Allow(Role.REQUESTER)
    void file(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable String job,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var export = exports.get(caller.client().id(), project, id(job));
        exports.requireLeave(caller, project);
        var file = new RangeReply.File(
                export.request().stem() + "-" + export.job().id() + "."
                        + export.request().format().ending(),
                export.request().format().type(),
                export.sha256(),
                export.size(),
                TransferObjects.LOST);
        RangeReply.send(file, request, response, () -> exports.open(caller, export));
    }

    @GetMapping("/imports/{job}/lines")
    @Allow(Role.REQUESTER)
    Page<ImportLine> lines(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable String job,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var client = caller.client().id();
        var found = jobs.get(client, project, id(job));
        if (found.kind() != JobKind.IMPORT) {
            throw EtalonException.notFound();
        }
        if (outcome != null && !outcome.equals(LineNote.REJECTED) && !outcome.equals(LineNote.DUPLICATE)) {
            throw EtalonException.invalidAt("/outcome", "is “" + outcome + "”; it must be rejected or duplicate");
        }
        var most = Page.limit(limit);
        var after = cursor == null ? 0 : Cursor.decode(cursor, 1).number(0);
        var lines = imports.notes(client, found.id(), outcome, after, most + 1).stream()
                .map(ImportLine::of)
                .toList();
        return Page.cut(lines, most, line -> Cursor.of(line.line()));
    }

    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new EtalonException(ErrorCode.NOT_FOUND, "Nothing is here under this address for you.", e);
        }
    }
}
