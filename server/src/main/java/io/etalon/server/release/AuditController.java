package io.etalon.server.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.Allow;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.EvenWithoutKey;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.audit.LogEntry;
import io.etalon.server.audit.OperatorLog;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * A client's transparency log over HTTP: entries for people, checkpoints, proofs and tiles for verifiers (C2SP). It stands
 * here, and not with the log, because a handler's rule is on a higher rung than the log.
 */
@RestController
@RequestMapping("/api/v1/clients/{client}/audit")
@EvenWithoutKey
class AuditController {
    private static final String TILES = "/audit/";

    private final AuditLog log;
    private final OperatorLog operator;

    AuditController(AuditLog log, OperatorLog operator) {
        this.log = log;
        this.operator = operator;
    }

    /**
     * The client's entries in the order of the log, or those of one project. {@code next} is the index to continue from,
     * as {@code from}.
     */
    @GetMapping("/entries")
    @Allow({Role.AUDITOR, Role.REQUESTER})
    Page<LogEntry> entries(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable UUID project,
            @RequestParam(required = false) @Nullable String asset,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String op) {
        var filter = new EntryFilter(project == null ? null : new ProjectId(project), asset, actor, operation(op));
        var most = Page.limit(limit);
        if (from != null && from < 0) {
            throw EtalonException.invalid("from is " + from + "; it must be an index from 0 on");
        }
        var fetched = log.entries(caller.client().id(), filter, from == null ? 0 : from, most + 1);
        return fetched.size() <= most
                ? Page.all(fetched)
                : new Page<>(
                        fetched.subList(0, most),
                        Long.toString(fetched.get(most).index()));
    }

    private static @Nullable AuditOp operation(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(AuditOp.values())
                .filter(op -> op.name().equals(name))
                .findFirst()
                .orElseThrow(() -> EtalonException.invalid(
                        "op is “" + name + "”; it must be one of " + List.of(AuditOp.values())));
    }

    @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    @Allow({Role.AUDITOR, Role.REQUESTER})
    byte[] checkpoint(ClientCaller caller) {
        return utf8(log.checkpoint(caller.client().id()));
    }

    /** The newest checkpoint that a witness signed, with the witnesses' lines. */
    @GetMapping(path = "/checkpoint/witnessed", produces = MediaType.TEXT_PLAIN_VALUE)
    @Allow({Role.AUDITOR, Role.REQUESTER})
    byte[] witnessed(ClientCaller caller) {
        return utf8(log.witnessed(caller.client().id()));
    }

    /** Keeps a witness's signature on one of this log's checkpoints; sending it again changes nothing. */
    @PutMapping("/cosignatures")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.AUDITOR)
    void cosign(ClientCaller caller, @RequestBody NewCosignature body) {
        var signed = body.checked();
        log.cosign(caller.client().id(), signed.size(), signed.witness(), signed.line());
    }

    /** Proves that the log of {@code from} entries begins the log of {@code to} entries: a hash in base64 a line. */
    @GetMapping(path = "/consistency", produces = MediaType.TEXT_PLAIN_VALUE)
    @Allow({Role.AUDITOR, Role.REQUESTER})
    byte[] consistency(ClientCaller caller, @RequestParam long from, @RequestParam long to) {
        var proof = log.consistencyProof(caller.client().id(), from, to);
        return utf8(proof.path().stream().map(hash -> hash.base64() + "\n").collect(Collectors.joining()));
    }

    @GetMapping(path = "/key", produces = MediaType.TEXT_PLAIN_VALUE)
    @Allow({Role.AUDITOR, Role.REQUESTER})
    byte[] key(ClientCaller caller) {
        return utf8(log.verifierKey(caller.client().id()) + "\n");
    }

    @GetMapping(path = "/proof", produces = MediaType.TEXT_PLAIN_VALUE)
    @Allow({Role.AUDITOR, Role.REQUESTER})
    byte[] proof(ClientCaller caller, @RequestParam long index) {
        return utf8(log.inclusionProof(caller.client().id(), index));
    }

    /**
     * Proves that a checkpoint of this log stands in the operator's log: the one of {@code size} entries, or the newest that
     * stands there. The proof carries the operator's entry and holds under the operator's key.
     *
     * @param witnessed under the newest checkpoint of the operator's log that a witness signed, with the witnesses' lines
     */
    @GetMapping(path = "/operator-proof", produces = MediaType.TEXT_PLAIN_VALUE)
    @Allow({Role.AUDITOR, Role.REQUESTER})
    byte[] operatorProof(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Long size,
            @RequestParam(required = false) @Nullable Boolean witnessed) {
        return utf8(operator.proofOf(caller.client().id(), size, Boolean.TRUE.equals(witnessed)));
    }

    @GetMapping(path = "/tile/**", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Allow({Role.AUDITOR, Role.REQUESTER})
    byte[] tile(ClientCaller caller, HttpServletRequest request) {
        var uri = request.getRequestURI();
        return log.tile(caller.client().id(), uri.substring(uri.indexOf(TILES) + TILES.length()));
    }

    /** Notes hold characters beyond ASCII, and are compared byte for byte. */
    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
