package io.etalon.server.project;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Listing;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sight;
import io.etalon.server.access.WorkforceNames;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.ProjectBodies.NewGuidelines;
import io.etalon.server.project.ProjectBodies.NewOntology;
import io.etalon.server.project.ProjectBodies.NewProject;
import io.etalon.server.project.ProjectBodies.OntologyBody;
import io.etalon.server.project.ProjectBodies.OntologyChanged;
import io.etalon.server.project.ProjectBodies.OntologyDraft;
import io.etalon.server.project.ProjectBodies.OntologyPreview;
import io.etalon.server.project.ProjectBodies.ProjectBody;
import io.etalon.server.project.ProjectStore.VersionTable;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Projects, ontologies and guidelines over HTTP. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects")
class ProjectController {
    private final Projects projects;
    private final Relabellings relabellings;
    private final Bases bases;
    private final ProgressSource progress;
    private final CodeNames codeNames;
    private final WorkforceNames workforces;
    private final Sight sight;

    /** How projects and workforces are called. */
    @org.springframework.stereotype.Component
    record Names(CodeNames codeNames, WorkforceNames workforces) {}

    ProjectController(
            Projects projects,
            Relabellings relabellings,
            Bases bases,
            ProgressSource progress,
            Names names,
            Sight sight) {
        this.projects = projects;
        this.relabellings = relabellings;
        this.bases = bases;
        this.progress = progress;
        this.codeNames = names.codeNames();
        this.workforces = names.workforces();
        this.sight = sight;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.REVIEWER, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    Page<ProjectBody> list(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        // Ids grow with time, so that this is the order of making.
        var page = Listing.page(
                projects.all(caller.client().id()).stream()
                        .filter(project -> sight.seesProjectOf(caller, project.workforces()))
                        .toList(),
                project -> project.id().toString(),
                limit,
                cursor);
        return new Page<>(
                page.items().stream().map(project -> body(caller, project)).toList(), page.next());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Allow(Role.REQUESTER)
    ProjectBody create(ClientCaller caller, Attempt attempt, @RequestBody NewProject body) {
        var draft = body.draft(codeNames.next());
        DraftCheck.check(draft);
        ownWorkforces(caller, body.workforces());
        return body(caller, projects.create(caller, draft, attempt, body));
    }

    @GetMapping("/{project}")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.REVIEWER, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    ProjectBody get(ClientCaller caller, @PathVariable ProjectId project) {
        return body(caller, shown(caller, project));
    }

    /** A project that does not draw on the caller's workforce is not there for him. */
    private Project shown(ClientCaller caller, ProjectId project) {
        var found = projects.get(caller.client().id(), project);
        if (!sight.seesProjectOf(caller, found.workforces())) {
            throw EtalonException.notFound();
        }
        return found;
    }

    @PatchMapping("/{project}")
    @Allow(Role.REQUESTER)
    ProjectBody change(ClientCaller caller, @PathVariable ProjectId project, @RequestBody Versions.Patch patch) {
        projects.get(caller.client().id(), project);
        ownWorkforces(caller, patch.workforces());
        return body(caller, projects.change(caller, project, patch::applyTo));
    }

    /** A project draws on workforces of its own client alone; another's is as unknown as one that does not exist. */
    private void ownWorkforces(ClientCaller caller, @Nullable List<UUID> named) {
        for (var i = 0; named != null && i < named.size(); i++) {
            if (workforces
                    .name(caller.client().id(), Checks.required(named.get(i), "/workforces/" + i))
                    .isEmpty()) {
                throw Checks.fault("/workforces/" + i, "must be the id of a workforce of this client");
            }
        }
    }

    @GetMapping("/{project}/ontology")
    @Allow({})
    OntologyBody ontology(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable Integer version) {
        var found = shown(caller, project);
        return OntologyBody.of(
                projects.readOntology(caller, project, version == null ? found.ontologyVersion() : version));
    }

    @GetMapping("/{project}/ontologies")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.REVIEWER, Role.AUDITOR})
    Page<OntologyBody> ontologies(ClientCaller caller, @PathVariable ProjectId project) {
        shown(caller, project);
        return Page.all(projects.readOntologies(caller, project).stream()
                .map(OntologyBody::of)
                .toList());
    }

    @PostMapping("/{project}/ontologies/preview")
    @Operation(
            summary = "What a whole new ontology would change",
            description =
                    "Changes nothing. Names what answers bear that it has no more: with any, it would be refused.")
    @Allow(Role.REQUESTER)
    OntologyPreview previewOntology(
            ClientCaller caller, @PathVariable ProjectId project, @RequestBody OntologyDraft body) {
        var ontology = ProjectBodies.parsed(Checks.required(body.ontology(), "/ontology"));
        var preview = relabellings.replacement(caller.client().id(), project, ontology);
        return new OntologyPreview(preview.baseVersion(), preview.change().entries(), preview.lost());
    }

    @PostMapping("/{project}/ontologies")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Put a whole new ontology in force",
            description =
                    "Made from the version in force, which the request names. Refused where answers bear a label, an option or"
                            + " a question that it has no more, or has with another type: those are merged or retired.")
    @Allow(Role.REQUESTER)
    OntologyChanged changeOntology(
            ClientCaller caller, Attempt attempt, @PathVariable ProjectId project, @RequestBody NewOntology body) {
        var ontology = ProjectBodies.parsed(Checks.required(body.ontology(), "/ontology"));
        var base = Bases.given(body.baseVersion());
        var version = relabellings.replace(caller, project, base, ontology, attempt, body);
        return new OntologyChanged(
                version, projects.change(caller.client().id(), project, version).entries());
    }

    @GetMapping("/{project}/guidelines")
    @Allow({})
    GuidelineVersion guidelines(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable Integer version) {
        var found = shown(caller, project);
        return projects.read(caller, project, version == null ? found.guidelineVersion() : version);
    }

    @GetMapping("/{project}/guideline-versions")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.REVIEWER, Role.AUDITOR})
    @Operation(
            summary = "List the versions of the guidelines",
            description = "Newest first, without their text: each reading of a text stands in the client's log.")
    Page<ProjectBodies.GuidelineLine> guidelineVersions(ClientCaller caller, @PathVariable ProjectId project) {
        shown(caller, project);
        return Page.all(projects.guidelineLines(caller.client().id(), project));
    }

    @PostMapping("/{project}/guidelines")
    @ResponseStatus(HttpStatus.CREATED)
    @Allow(Role.REQUESTER)
    GuidelineVersion changeGuidelines(
            ClientCaller caller, Attempt attempt, @PathVariable ProjectId project, @RequestBody NewGuidelines body) {
        var base = Bases.given(body.baseVersion());
        var version = projects.changeGuidelines(
                caller,
                project,
                Checks.required(body.markdown(), "/markdown"),
                (tx, before) -> bases.require(tx, project, VersionTable.GUIDELINE, before.guidelineVersion(), base),
                attempt,
                body);
        return projects.guidelines(caller.client().id(), project, version);
    }

    private ProjectBody body(ClientCaller caller, Project project) {
        var body = ProjectBody.of(project, progress.progress(caller.client().id(), project.id()));
        return sight.seesAll(caller) ? body : body.of(caller.workforce());
    }

    /** Code names that say nothing: a metal and a number, in the manner of the house. */
    @org.springframework.stereotype.Component
    static final class CodeNames {
        private static final String[] METALS = {
            "argent", "bronze", "cobalt", "cuivre", "iridium", "nickel", "or", "osmium", "platine", "titane"
        };
        private final io.etalon.server.base.Ids ids;

        CodeNames(io.etalon.server.base.Ids ids) {
            this.ids = ids;
        }

        String next() {
            var bytes = ids.bytes(3);
            var number = (bytes[1] & 0xFF) << 8 | bytes[2] & 0xFF;
            return String.format(Locale.ROOT, "%s-%05d", METALS[(bytes[0] & 0xFF) % METALS.length], number);
        }
    }
}
