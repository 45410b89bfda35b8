package io.etalon.server.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.AllowSignedIn;
import io.etalon.server.access.Caller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.MayAnswer;
import io.etalon.server.access.Role;
import io.etalon.server.audit.OperatorLog;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The operator's log of the clients' heads, as verifiers read it (C2SP tlog-tiles). All clients are served the same. */
@RestController
@RequestMapping("/api/v1/operator-log")
@Tag(name = "Audit")
class OperatorLogController {
    private static final String TILES = "/operator-log/";

    private final OperatorLog log;
    private final Grants grants;

    OperatorLogController(OperatorLog log, Grants grants) {
        this.log = log;
        this.grants = grants;
    }

    /** The newest signed checkpoint, with the lines of witnesses who signed it. */
    @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    @AllowSignedIn
    byte[] checkpoint() {
        return utf8(log.checkpoint());
    }

    /** The newest checkpoint that a witness signed, with the witnesses' lines. */
    @GetMapping(path = "/checkpoint/witnessed", produces = MediaType.TEXT_PLAIN_VALUE)
    @AllowSignedIn
    byte[] operatorWitnessed() {
        return utf8(log.witnessed());
    }

    /**
     * Keeps a witness's signature on one of this log's checkpoints; sending it again changes nothing. For auditors of any
     * client, whose witnesses they are, and for operators.
     */
    @PutMapping("/cosignatures")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @AllowSignedIn
    void operatorCosign(Caller caller, @RequestBody NewCosignature body) {
        if (grants.of(caller.person()).stream()
                .noneMatch(grant -> grant.role() == Role.AUDITOR || grant.role() == Role.OPERATOR)) {
            throw new EtalonException(ErrorCode.FORBIDDEN, "Witnesses report through auditors.");
        }
        var signed = body.checked();
        log.cosign(signed.size(), signed.witness(), signed.line());
    }

    /** The verifier key: get it once, by another way, and keep it. */
    @GetMapping(path = "/key", produces = MediaType.TEXT_PLAIN_VALUE)
    @AllowSignedIn
    byte[] key() {
        return utf8(log.verifierKey() + "\n");
    }

    /** Proves that an entry stands in the log. */
    @GetMapping(path = "/proof", produces = MediaType.TEXT_PLAIN_VALUE)
    @AllowSignedIn
    @MayAnswer(status = 404, when = "There is no such entry, or the log is not as long.")
    byte[] proof(@RequestParam long index) {
        return utf8(log.inclusionProof(index));
    }

    /** Proves that the log of {@code from} entries begins the log of {@code to} entries: a hash in base64 a line. */
    @GetMapping(path = "/consistency", produces = MediaType.TEXT_PLAIN_VALUE)
    @AllowSignedIn
    @MayAnswer(status = 404, when = "There is no such entry, or the log is not as long.")
    byte[] consistency(@RequestParam long from, @RequestParam long to) {
        return utf8(log.consistencyProof(from, to).path().stream()
                .map(hash -> hash.base64() + "\n")
                .collect(Collectors.joining()));
    }

    /** A tile of hashes, or of entries. */
    @GetMapping(path = "/tile/**", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @AllowSignedIn
    @MayAnswer(status = 404, when = "There is no such tile.")
    byte[] tile(HttpServletRequest request) {
        var uri = request.getRequestURI();
        return log.tile(uri.substring(uri.indexOf(TILES) + TILES.length()));
    }

    /** Notes hold characters beyond ASCII, and are compared byte for byte. */
    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
