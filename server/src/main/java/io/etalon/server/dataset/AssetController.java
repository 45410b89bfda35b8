package io.etalon.server.dataset;

import io.etalon.server.access.Allow;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sight;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Assets over HTTP. Upload bodies are raw bytes; see {@link RawBodyFilter}. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}")
class AssetController {
    private final Assets assets;
    private final Ingest ingest;
    private final ArchiveIngest archives;
    private final ProjectDoor door;
    private final ObjectProvider<TaskCounts> tasks;
    private final ObjectProvider<ViewRight> rights;
    private final Sight sight;

    /** What the features above tell of assets, and who sees which. */
    @Component
    record Lookers(ObjectProvider<TaskCounts> tasks, ObjectProvider<ViewRight> rights, Sight sight) {}

    AssetController(Assets assets, Ingest ingest, ProjectDoor door, Lookers lookers) {
        this.assets = assets;
        this.ingest = ingest;
        this.archives = new ArchiveIngest(ingest);
        this.door = door;
        this.tasks = lookers.tasks();
        this.rights = lookers.rights();
        this.sight = lookers.sight();
    }

    @PostMapping("/assets")
    @Allow(Role.REQUESTER)
    ResponseEntity<AssetBody> add(
            ClientCaller caller, @PathVariable ProjectId project, @RequestParam String name, HttpServletRequest request)
            throws IOException {
        var taken = ingest.take(upload(caller, project), name, request.getInputStream());
        return ResponseEntity.status(taken.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(body(caller, taken.asset()));
    }

    @PostMapping("/archives")
    @Allow(Role.REQUESTER)
    ArchiveReport addArchive(ClientCaller caller, @PathVariable ProjectId project, HttpServletRequest request)
            throws IOException {
        return archives.take(upload(caller, project), request.getInputStream());
    }

    private static Upload upload(ClientCaller caller, ProjectId project) {
        return new Upload(caller.client().id(), project, caller.person(), caller.via());
    }

    @GetMapping("/assets")
    @Allow(
            value = {Role.REQUESTER, Role.REVIEWER, Role.QUALITY_LEAD, Role.AUDITOR},
            ownPeopleOnly = true)
    Page<AssetBody> list(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var client = caller.client().id();
        door.require(client, project);
        var page = assets.list(client, project, AssetQuery.of(sort, type, name, cursor, limit));
        var counts =
                counts(caller, project, page.items().stream().map(Asset::id).toList());
        var bodies = page.items().stream()
                .map(asset -> AssetBody.of(asset, counts.getOrDefault(asset.id(), 0)))
                .toList();
        return new Page<>(bodies, page.next());
    }

    @GetMapping("/assets/{asset}")
    @Allow({Role.REQUESTER, Role.REVIEWER, Role.QUALITY_LEAD, Role.AUDITOR})
    AssetBody get(ClientCaller caller, @PathVariable ProjectId project, @PathVariable String asset) {
        var found = caller.is(Role.AUDITOR) && sight.seesAll(caller)
                ? assets.get(caller.client().id(), project, id(asset))
                : visible(caller, project, asset);
        return body(caller, found);
    }

    @GetMapping("/assets/{asset}/content")
    @Allow({Role.REQUESTER, Role.REVIEWER, Role.QUALITY_LEAD, Role.ANNOTATOR})
    void content(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @PathVariable String asset,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var client = caller.client().id();
        var found = visible(caller, project, asset);
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        ContentReply.send(found, false, request, response, () -> assets.view(client, found, caller.caller()));
    }

    @PostMapping("/assets/{asset}/view")
    @Allow({Role.REQUESTER, Role.REVIEWER, Role.QUALITY_LEAD, Role.ANNOTATOR})
    SignedUrl view(ClientCaller caller, @PathVariable ProjectId project, @PathVariable String asset) {
        var found = visible(caller, project, asset);
        return assets.sign(caller.client().id(), project, found.id(), caller.caller());
    }

    /** Annotators, and everybody of a workforce, see what they hold a lease on, and of the rest not even that it exists. */
    private Asset visible(ClientCaller caller, ProjectId project, String asset) {
        var client = caller.client().id();
        var found = assets.get(client, project, id(asset));
        var seesAll = sight.seesAll(caller)
                && (caller.is(Role.REQUESTER) || caller.is(Role.REVIEWER) || caller.is(Role.QUALITY_LEAD));
        var right = rights.getIfAvailable();
        if (!seesAll && (right == null || !right.mayView(client, project, found.id(), caller.person()))) {
            throw EtalonException.notFound();
        }
        return found;
    }

    private AssetBody body(ClientCaller caller, Asset asset) {
        return AssetBody.of(
                asset, counts(caller, asset.project(), List.of(asset.id())).getOrDefault(asset.id(), 0));
    }

    /** Without the work feature there are no tasks. */
    private Map<UUID, Integer> counts(ClientCaller caller, ProjectId project, List<UUID> ids) {
        var source = tasks.getIfAvailable();
        return source == null ? Map.of() : source.of(caller.client().id(), project, ids);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new EtalonException(ErrorCode.NOT_FOUND, "Nothing is here under this address for you.", e);
        }
    }
}
