package io.etalon.server.custody;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.EvenWithoutKey;
import io.etalon.server.access.Role;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.custody.KeyBodies.KeeperAnswer;
import io.etalon.server.custody.KeyBodies.KeeperLog;
import io.etalon.server.custody.KeyBodies.KeyChange;
import io.etalon.server.custody.KeyBodies.KeysBody;
import io.etalon.server.custody.KeyBodies.MinimumVersion;
import io.etalon.server.custody.KeyBodies.UnwrapPage;
import io.etalon.server.keys.Unwraps;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A client's keys over HTTP. */
@RestController
@RequestMapping("/api/v1/clients/{client}/keys")
@EvenWithoutKey
@Tag(name = "Keys")
class KeyController {
    private final Custody custody;
    private final Unwraps unwraps;

    KeyController(Custody custody, Unwraps unwraps) {
        this.custody = custody;
        this.unwraps = unwraps;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(summary = "The client's keys: who keeps them, their versions, whether they may be used")
    KeysBody keys(ClientCaller caller) {
        return custody.keys(caller);
    }

    @PutMapping
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Have another keep the client's key",
            description = "Makes a version with that keeper and wraps all data keys anew; reads and writes go on.")
    KeysBody move(ClientCaller caller, @RequestBody KeyChange body) {
        return custody.move(caller, Checks.text(body.provider(), "/provider", 100));
    }

    @PostMapping("/rotate")
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Make a new version of the client's key",
            description = "Wraps all data keys anew and retires the version before; reads and writes go on.")
    KeysBody rotate(ClientCaller caller, Attempt attempt) {
        return custody.rotate(caller, attempt);
    }

    @PostMapping("/disable")
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Close everything under the client's key",
            description =
                    "On this server at once, on others within 60 seconds. Reads and writes answer 503 key-disabled.")
    KeysBody disable(ClientCaller caller) {
        return custody.disable(caller);
    }

    @PostMapping("/enable")
    @Allow(Role.REQUESTER)
    @Operation(summary = "Let the client's key be used again")
    KeysBody enable(ClientCaller caller) {
        return custody.enable(caller);
    }

    @PostMapping("/providers/{provider}/test")
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Ask a keeper whether it answers",
            description = "Changes nothing. 503 tells why it cannot be used.")
    KeeperAnswer test(ClientCaller caller, @PathVariable String provider) {
        custody.reach(caller, provider);
        return new KeeperAnswer(provider, true);
    }

    @GetMapping("/unwraps")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(summary = "Uses of the client's key, as its log tells them")
    UnwrapPage unwraps(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable Integer limit) {
        return UnwrapPage.of(unwraps.page(caller.client().id(), index(from), Page.limit(limit)));
    }

    @PostMapping("/unwraps/compare")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(
            summary = "Compare the client's log with its keeper's",
            description =
                    "Takes the ids of unwrappings that the keeper's own log tells of as done, and says which are told by one"
                            + " log alone.")
    Unwraps.Balance compare(ClientCaller caller, @RequestBody KeeperLog body) {
        var keepers = Checks.required(body.unwraps(), "/unwraps");
        if (keepers.size() > Unwraps.MOST || keepers.contains(null)) {
            throw EtalonException.invalidAt(
                    "/unwraps", "must have at most " + Unwraps.MOST + " ids, none of them null");
        }
        var provider = Checks.text(body.provider(), "/provider", 100);
        var from = body.from();
        if (from != null && from < 0) {
            throw Checks.fault("/from", "must be an index from 0 on");
        }
        return unwraps.compare(caller.client().id(), provider, index(from), keepers);
    }

    private static long index(@Nullable Long from) {
        if (from != null && from < 0) {
            throw EtalonException.invalid("from is " + from + "; it must be an index from 0 on");
        }
        return from == null ? 0 : from;
    }

    @PostMapping("/projects/{project}/rotate")
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Make a new version of a project's data key",
            description = "New writes are sealed under it; what is under older ones is read on.")
    KeysBody rotateProject(ClientCaller caller, @PathVariable ProjectId project, Attempt attempt) {
        return custody.rotateProject(caller, project, attempt);
    }

    @PutMapping("/projects/{project}")
    @Allow(Role.REQUESTER)
    @Operation(
            summary = "Refuse older versions of a project's data key",
            description = "After everything was sealed anew; 1 refuses none.")
    KeysBody setMinimum(ClientCaller caller, @PathVariable ProjectId project, @RequestBody MinimumVersion body) {
        return custody.setMinimum(caller, project, Checks.required(body.minimumVersion(), "/minimumVersion"));
    }
}
