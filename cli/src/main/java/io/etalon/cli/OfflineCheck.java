package io.etalon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.CanonicalJson;
import io.etalon.ledger.ClientArchive;
import io.etalon.ledger.ExitCertificate;
import io.etalon.ledger.ExposureReport;
import io.etalon.ledger.FormatException;
import io.etalon.ledger.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code etalon verify} says of a file that is no release: a client's archive, an exposure report, a certificate. */
final class OfflineCheck {
    private static final int BEGINNING = 64;

    private OfflineCheck() {}

    /**
     * Checks the file; empty when it is none of these.
     *
     * @throws IllegalArgumentException naming what does not hold
     */
    static Optional<String> of(Path file, Optional<VerifierKey> trusted) throws IOException {
        byte[] beginning;
        try (var in = Files.newInputStream(file)) {
            beginning = in.readNBytes(BEGINNING);
        }
        try {
            if (ExitCertificate.looksLike(beginning)) {
                return Optional.of(certificate(ExitCertificate.open(Files.readAllBytes(file), trusted)));
            }
            if (ClientArchive.looksLike(file)) {
                return Optional.of(archive(ClientArchive.verify(file, trusted)));
            }
            return ExposureReport.looksLike(file)
                    ? Optional.of(report(ExposureReport.verify(file, trusted)))
                    : Optional.empty();
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String certificate(ExitCertificate found) {
        return "ok       the certificate's signature      by " + found.key() + "\n"
                + "ok       the last head of the log         " + found.head().size() + " entries of "
                + found.head().origin() + "\n"
                + "facts    " + new String(CanonicalJson.write(found.facts()), UTF_8) + "\n"
                + "verified exit certificate: the installation attests that it destroyed these data\n"
                + note(found.trusted());
    }

    private static String archive(ClientArchive.Verified found) {
        return "ok       the files                        " + found.files().size() + " with their digests\n"
                + "ok       the log                          " + found.head().size()
                + " entries lead to the signed head\n"
                + "content  " + found.content().hex() + "\n"
                + "verified archive of " + found.head().origin() + ", signed by " + found.key() + "\n"
                + note(found.trusted());
    }

    private static String report(ExposureReport.Verified found) {
        return "ok       the log                          " + found.head().size() + " entries lead to the signed head\n"
                + "ok       the list is complete             " + found.entries() + " entries by these people, "
                + found.assets() + " assets\n"
                + "verified exposure report on " + found.head().origin() + ", signed by " + found.key() + "\n"
                + note(found.trusted());
    }

    private static String note(boolean trusted) {
        return trusted
                ? ""
                : "note     the key came with the file; give the right one with --key FILE to be sure of who signed\n";
    }
}
