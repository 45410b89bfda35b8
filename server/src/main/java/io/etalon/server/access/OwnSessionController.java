package io.etalon.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A person's own open sessions, and what others did to his account. */
@RestController
@RequestMapping("/api/v1/me")
@Tag(name = "Me")
final class OwnSessionController {
    private final Sessions sessions;
    private final AccountNotices notices;
    private final Resets resets;

    /**
     * An open session.
     *
     * @param way how it was opened; absent where that was not kept
     * @param strong whether by two factors
     * @param lastSeenAt to the minute
     * @param current whether it is the one that asks
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OpenSession(
            UUID id,
            @Nullable Way way,
            boolean strong,
            Instant openedAt,
            Instant lastSeenAt,
            Instant endsAt,
            boolean current) {}

    OwnSessionController(Sessions sessions, AccountNotices notices, Resets resets) {
        this.sessions = sessions;
        this.notices = notices;
        this.resets = resets;
    }

    @GetMapping("/sessions")
    @AllowSignedIn(sessionOnly = true)
    @Operation(summary = "List one's own open sessions", description = "The newest first.")
    Page<OpenSession> sessions(Caller caller) {
        return Page.all(sessions.of(caller.person()).stream()
                .map(one -> new OpenSession(
                        one.id(),
                        one.way(),
                        one.strong(),
                        one.createdAt(),
                        one.lastSeenAt(),
                        one.expiresAt(),
                        one.id().toString().equals(caller.session())))
                .toList());
    }

    @DeleteMapping("/sessions/{session}")
    @AllowSignedIn(sessionOnly = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End one of one's own sessions")
    void end(Caller caller, @PathVariable UUID session) {
        sessions.end(caller.person(), session);
    }

    @DeleteMapping("/sessions")
    @AllowSignedIn(sessionOnly = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End all one's other sessions")
    void endOthers(Caller caller) {
        sessions.closeOthers(caller.person(), UUID.fromString(caller.session()));
    }

    /** Whoever came by a link may be who should not have had it: what tells of it is not his to put away. */
    @DeleteMapping("/notices/{notice}")
    @AllowSignedIn(sessionOnly = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Put away a notice of what was done to one's account",
            description = "Not in a session that a link opened.")
    void read(Caller caller, HttpServletRequest request, @PathVariable UUID notice) {
        var session = Credential.required(request).session();
        if (session == null || session.way() == Way.LINK) {
            throw new EtalonException(ErrorCode.FORBIDDEN, "Sign in by yourself to put this away.");
        }
        // Who reads of a link and is here needs none.
        resets.voidOperators(Grants.By.of(caller), caller.person());
        notices.read(caller.person(), notice);
    }
}
