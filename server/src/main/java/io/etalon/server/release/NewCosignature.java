package io.etalon.server.release;

import io.etalon.ledger.Cosigner;
import io.etalon.ledger.FormatException;
import io.etalon.server.access.Checks;
import io.etalon.server.base.EtalonException;
import org.jspecify.annotations.Nullable;

/**
 * What a witness signed.
 *
 * @param size the checkpoint's number of entries
 * @param witness the witness's public key
 * @param line the signature line of C2SP tlog-cosignature
 */
record NewCosignature(
        @Nullable Long size,
        @Nullable String witness,
        @Nullable String line) {
    private static final int LONGEST_LINE = 1_000;

    /** The same, whole. */
    record Checked(long size, Cosigner.Key witness, String line) {}

    /** @throws EtalonException invalid, with the place of what is missing or is no key */
    Checked checked() {
        var known = Checks.required(size, "/size");
        var key = Checks.required(witness, "/witness");
        var signature = Checks.required(line, "/line");
        if (signature.length() > LONGEST_LINE) {
            throw Checks.fault("/line", "must have at most 1,000 characters");
        }
        try {
            return new Checked(known, Cosigner.Key.parse(key), signature);
        } catch (FormatException e) {
            throw EtalonException.invalidAt("/witness", "is not a witness's key: " + e.getMessage());
        }
    }
}
