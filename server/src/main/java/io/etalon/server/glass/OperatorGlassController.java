package io.etalon.server.glass;

import io.etalon.server.access.AllowOperator;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Caller;
import io.etalon.server.access.Checks;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.glass.GlassBodies.Asking;
import io.etalon.server.glass.GlassBodies.GrantBody;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
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

/** Breaking the glass, the operators' side. */
@RestController
@RequestMapping("/api/v1/operator/break-glass")
@Tag(name = "Break-glass")
class OperatorGlassController {
    private final BreakGlass glass;

    OperatorGlassController(BreakGlass glass) {
        this.glass = glass;
    }

    @PostMapping
    @AllowOperator
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Ask to look into a client's content for a while",
            description =
                    "The client sees it at once. Under an open grant the caller's GET requests below the client are"
                            + " answered as an auditor's and requester's, and each is written to the client's log first.")
    GrantBody ask(Caller caller, Attempt attempt, @RequestBody Asking body) {
        Checks.text(body.client(), "/client", 32);
        var reason = Checks.text(body.reason(), "/reason", BreakGlass.LONGEST_REASON);
        if (reason.length() < BreakGlass.SHORTEST_REASON) {
            throw EtalonException.invalidAt(
                    "/reason", "must have at least " + BreakGlass.SHORTEST_REASON + " characters: say why");
        }
        int minutes = Checks.required(body.minutes(), "/minutes");
        if (minutes < 1 || minutes > BreakGlass.LONGEST_MINUTES) {
            throw EtalonException.invalidAt("/minutes", "must be between 1 and " + BreakGlass.LONGEST_MINUTES);
        }
        return body(glass.ask(caller, attempt, body, reason, minutes));
    }

    @GetMapping
    @AllowOperator
    @Operation(summary = "Grants of all operators, newest first")
    Page<GrantBody> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        var most = Page.limit(limit);
        var before = cursor == null ? null : id(Cursor.decode(cursor, 1).key(0));
        var fetched =
                glass.list(null, before, most + 1).stream().map(this::body).toList();
        return Page.cut(fetched, most, one -> Cursor.of(one.id()));
    }

    @PostMapping("/{grant}/approve")
    @AllowOperator
    @Operation(summary = "Agree to another operator's asking, where the client's rule lets an operator")
    GrantBody approve(Caller caller, @PathVariable UUID grant) {
        return body(glass.approveAsOperator(caller, grant));
    }

    @PostMapping("/{grant}/end")
    @AllowOperator
    @Operation(summary = "End a grant before its time")
    GrantBody end(Caller caller, @PathVariable UUID grant) {
        return body(glass.end(caller, null, grant));
    }

    private GrantBody body(GlassGrant grant) {
        return GrantBody.of(grant, glass.slugOf(grant.client()), glass.clock().instant());
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new EtalonException(ErrorCode.INVALID, "cursor is not one that this list gave out", e);
        }
    }
}
