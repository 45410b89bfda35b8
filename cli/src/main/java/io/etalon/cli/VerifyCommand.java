package io.etalon.cli;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.cli.terminal.ProgressBar;
import io.etalon.ledger.Cosigner;
import io.etalon.ledger.ReleaseVerifier;
import io.etalon.ledger.Verification.Refused;
import io.etalon.ledger.Verification.Verified;
import io.etalon.ledger.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etalon verify}: checks a release offline, with the ledger library alone. */
@Command(
        name = "verify",
        description = {
            "Check a release, a client's archive, an exposure report, an exit certificate, or the proof that a checkpoint",
            "stands in the operator's log, offline, and name the first thing that does not hold."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The file as it was downloaded.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The verifier key of who signed, got by another way; without it the key in the file is"
                    + " used, which whoever made the file may have made too.")
    private @Nullable Path keyFile;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "With a proof of the operator's log: the client's checkpoint that it should be about.")
    private @Nullable Path checkpointFile;

    @Option(
            names = "--log-key",
            paramLabel = "FILE",
            description = "With --checkpoint: the verifier key of the client's log.")
    private @Nullable Path logKeyFile;

    @Option(
            names = "--witness-key",
            paramLabel = "FILE",
            description =
                    "With a proof of the operator's log: the public key of a witness who must have signed the head that it"
                            + " stands under; may be given several times.")
    private List<Path> witnessKeys = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        if (!Files.isRegularFile(archive)) {
            throw new IllegalArgumentException("There is no file " + archive + ".");
        }
        if (HeadCheck.looksLike(archive)) {
            out.print(HeadCheck.of(archive, trusted(), checkpointFile, key(logKeyFile), witnesses()));
            out.flush();
            return ExitCode.DONE;
        }
        var other = OfflineCheck.of(archive, trusted());
        if (other.isPresent()) {
            out.print(other.get());
            out.flush();
            return ExitCode.DONE;
        }
        var bar = new ProgressBar(err, "verifying");
        var verification = ReleaseVerifier.verify(archive, trusted(), bar::at);
        bar.done();
        for (var passed : verification.passed()) {
            out.printf("ok       %-24s %s%n", passed.check().title(), passed.proved());
        }
        return switch (verification) {
            case Verified verified -> {
                out.printf(
                        "verified release %d, signed by %s%n",
                        verified.leaf().release(), verified.key().name());
                if (!verified.trusted()) {
                    out.println(
                            "note     the key came with the archive; give the client's own with --key FILE to be sure"
                                    + " of who signed");
                }
                yield ExitCode.DONE;
            }
            case Refused refused -> {
                err.println("etalon: " + refused.message());
                yield ExitCode.FAILED;
            }
        };
    }

    private List<Cosigner.Key> witnesses() throws IOException {
        var witnesses = new ArrayList<Cosigner.Key>();
        for (var file : witnessKeys) {
            witnesses.add(Cosigner.Key.parse(Files.readString(file).strip()));
        }
        return witnesses;
    }

    private Optional<VerifierKey> trusted() throws IOException {
        return key(keyFile);
    }

    private static Optional<VerifierKey> key(@Nullable Path file) throws IOException {
        return file == null
                ? Optional.empty()
                : Optional.of(VerifierKey.parse(Files.readString(file).strip()));
    }
}
