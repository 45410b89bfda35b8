package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.Cosigner;
import io.etalon.ledger.FormatException;
import io.etalon.ledger.SignedNote;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;

/** Signature lines of witnesses (C2SP tlog-cosignature) as they come in. */
final class Cosignatures {
    private Cosignatures() {}

    /**
     * Checks that a line is a witness's signature on a head, and one line alone.
     *
     * @throws EtalonException invalid, when it is not
     */
    static void check(AuditStore.Head head, Cosigner.Key witness, String line) {
        try {
            var note = SignedNote.parse((head.note() + line + "\n").getBytes(UTF_8));
            if (note.signatures().size() == 2 && witness.seenAt(note).isPresent()) {
                return;
            }
        } catch (FormatException e) {
            throw new EtalonException(ErrorCode.INVALID, "The line does not hold: " + e.getMessage() + ".", e);
        }
        throw EtalonException.invalidAt("/line", "is not a signature line of that witness");
    }
}
