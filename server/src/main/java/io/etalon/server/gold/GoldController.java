package io.etalon.server.gold;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Gold under {@code /clients/{client}/projects/{project}/gold}: hidden from whom it is meant for. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}")
@Tag(name = "Gold")
final class GoldController {
    private static final int MAX_IMPORT = 2_000_000;

    private final Golds golds;
    private final Pauses pauses;
    private final Grants grants;

    GoldController(Golds golds, Pauses pauses, Grants grants) {
        this.grants = grants;
        this.golds = golds;
        this.pauses = pauses;
    }

    @GetMapping("/gold")
    @Allow({Role.QUALITY_LEAD, Role.REQUESTER})
    Page<GoldBodies.GoldLine> list(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var most = Page.limit(limit);
        var after = cursor == null ? 0 : Cursor.decode(cursor, 1).number(0);
        var lines = golds.list(caller, project, after, most + 1).stream()
                .map(GoldBodies.GoldLine::of)
                .toList();
        return Page.cut(lines, most, line -> Cursor.of(line.id()));
    }

    @PostMapping("/gold")
    @Allow({Role.QUALITY_LEAD, Role.REQUESTER})
    @ResponseStatus(HttpStatus.CREATED)
    GoldBodies.GoldMade add(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @RequestBody GoldBodies.NewGoldItem body) {
        return golds.add(caller, project, body, attempt);
    }

    /** Text of one JSON object a line, each as for adding one; whatever type the sender calls it. */
    @PostMapping("/gold/imports")
    @Allow({Role.QUALITY_LEAD, Role.REQUESTER})
    GoldBodies.GoldImport importAll(
            ClientCaller caller, Attempt attempt, @PathVariable ProjectId project, HttpServletRequest request)
            throws IOException {
        var bytes = request.getInputStream().readNBytes(MAX_IMPORT + 1);
        if (bytes.length > MAX_IMPORT) {
            throw EtalonException.invalid("an import of gold has at most " + MAX_IMPORT + " bytes");
        }
        return golds.importAll(caller, project, new String(bytes, UTF_8), attempt);
    }

    @GetMapping("/gold/{gold}")
    @Allow({Role.QUALITY_LEAD, Role.REQUESTER})
    GoldBodies.GoldDetail detail(ClientCaller caller, @PathVariable ProjectId project, @PathVariable long gold) {
        return golds.detail(caller, project, gold);
    }

    @PostMapping("/gold/{gold}/retirement")
    @Allow({Role.QUALITY_LEAD, Role.REQUESTER})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retire(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long gold,
            @RequestBody GoldBodies.Reason body) {
        golds.retire(caller, project, gold, body, attempt);
    }

    @GetMapping("/gold/policy")
    @Allow({Role.QUALITY_LEAD, Role.REQUESTER})
    GoldBodies.PolicyBody policy(ClientCaller caller, @PathVariable ProjectId project) {
        return golds.policy(caller, project);
    }

    @PutMapping("/gold/policy")
    @Allow({Role.QUALITY_LEAD, Role.REQUESTER})
    GoldBodies.PolicyBody change(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @RequestBody GoldBodies.PolicyRequest body) {
        return golds.change(caller, project, body, attempt);
    }

    @GetMapping("/gold/annotators")
    @Allow({Role.QUALITY_LEAD, Role.REQUESTER})
    Page<GoldBodies.GoldAnnotator> annotators(ClientCaller caller, @PathVariable ProjectId project) {
        return Page.all(pauses.annotators(caller, project));
    }

    @GetMapping("/pauses")
    @Allow({Role.QUALITY_LEAD, Role.REQUESTER, Role.WORKFORCE_MANAGER})
    Page<GoldBodies.PauseBody> pauses(ClientCaller caller, @PathVariable ProjectId project) {
        var all = caller.is(Role.QUALITY_LEAD) || caller.is(Role.REQUESTER);
        return Page.all(pauses.all(caller, project).stream()
                .filter(pause -> all || isOwn(caller, new PersonId(pause.person())))
                .toList());
    }

    /** Whether somebody works for the caller's workforce. */
    private boolean isOwn(ClientCaller caller, PersonId person) {
        var workforce = caller.workforce();
        return workforce != null
                && workforce.equals(grants.workforceAt(person, caller.client().id()));
    }

    @PostMapping("/pauses/{pause}/lift")
    @Allow(Role.QUALITY_LEAD)
    GoldBodies.PauseBody lift(
            ClientCaller caller,
            Attempt attempt,
            @PathVariable ProjectId project,
            @PathVariable long pause,
            @RequestBody GoldBodies.Reason body) {
        return pauses.lift(caller, project, pause, body, attempt);
    }
}
