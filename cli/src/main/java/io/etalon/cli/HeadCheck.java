package io.etalon.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.Cosigner;
import io.etalon.ledger.FormatException;
import io.etalon.ledger.LoggedHead;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.TlogProof;
import io.etalon.ledger.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code etalon verify} says of a proof that a client's checkpoint stands in the operator's log. */
final class HeadCheck {
    private static final byte[] HEADER = (TlogProof.HEADER + "\n").getBytes(US_ASCII);

    private HeadCheck() {}

    static boolean looksLike(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(HEADER.length), HEADER);
        }
    }

    /**
     * Checks the proof, and the client's checkpoint against it.
     *
     * @param operator the operator's key; the file holds none
     * @param witnesses each of whom must have signed the operator's head
     * @throws IllegalArgumentException naming what does not hold or is missing
     */
    static String of(
            Path file,
            Optional<VerifierKey> operator,
            @Nullable Path checkpoint,
            Optional<VerifierKey> logKey,
            List<Cosigner.Key> witnesses)
            throws IOException {
        var key = operator.orElseThrow(
                () -> new IllegalArgumentException("--key with the operator log's verifier key is missing."));
        try {
            var proof = TlogProof.parse(Files.readAllBytes(file));
            var logged = LoggedHead.proven(proof, key);
            var said = "ok       the operator's log               entry " + proof.index() + " under a head signed by "
                    + key + "\n" + witnessed(proof.checkpoint(), witnesses);
            if (checkpoint == null) {
                return said + "verified a head of " + logged.size() + " entries with the root "
                        + logged.root().base64() + " of the log " + logged.log().hex()
                        + "\nnote     give the client's own with --checkpoint FILE and --log-key FILE to compare\n";
            }
            var log = logKey.orElseThrow(
                    () -> new IllegalArgumentException("--log-key with the client's verifier key is missing."));
            var head = Checkpoint.open(SignedNote.parse(Files.readAllBytes(checkpoint)), log);
            compare(logged, log, head);
            return said + "ok       the client's checkpoint          " + head.size() + " entries, signed by " + log
                    + "\nverified the checkpoint of " + head.origin() + " stands in the operator's log\n";
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String witnessed(SignedNote head, List<Cosigner.Key> witnesses) {
        var said = new StringBuilder();
        for (var witness : witnesses) {
            var seen = witness.seenAt(head)
                    .orElseThrow(() -> new FormatException("the operator's head of "
                            + Checkpoint.parse(head.text()).size() + " entries bears no cosignature of "
                            + witness.name() + "; ask for operator-proof?witnessed=true"));
            said.append("ok       a witness                        ")
                    .append(witness.name())
                    .append(" saw it at ")
                    .append(Instant.ofEpochSecond(seen))
                    .append('\n');
        }
        return said.toString();
    }

    private static void compare(LoggedHead logged, VerifierKey log, Checkpoint head) {
        var contradiction = logged.contradiction(log, head);
        if (contradiction.isPresent()) {
            throw new FormatException(contradiction.get());
        }
        if (head.size() > logged.size()) {
            throw new FormatException("the proof is about the " + logged.size() + " first of the checkpoint's "
                    + head.size() + " entries; ask for operator-proof?size=" + head.size());
        }
    }
}
