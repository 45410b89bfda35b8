package io.etalon.cli.witness;

import io.etalon.ledger.Cosigner;
import io.etalon.ledger.VerifierKey;
import io.etalon.ledger.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Whose logs are watched, by whom, and where the memory is. */
final class WitnessOptions {
    @Option(
            names = "--witness-key",
            paramLabel = "FILE",
            required = true,
            description = "The witness's secret key, as `etalon witness key` made it.")
    @SuppressWarnings("NullAway.Init")
    private Path keyFile;

    @Option(
            names = "--log-key",
            paramLabel = "FILE",
            required = true,
            description = "The verifier key of a log, got by another way than from the server; may be given several times.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> logKeys;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            required = true,
            description = "Where the newest checkpoints are remembered. Losing it means to trust the next one blindly.")
    @SuppressWarnings("NullAway.Init")
    private Path state;

    Cosigner cosigner() throws IOException {
        return Cosigner.parse(Files.readString(keyFile).strip());
    }

    List<VerifierKey> logs() throws IOException {
        var keys = new ArrayList<VerifierKey>();
        for (var file : logKeys) {
            keys.add(VerifierKey.parse(Files.readString(file).strip()));
        }
        return keys;
    }

    Witness witness() throws IOException {
        return new Witness(
                cosigner(), logs().stream().collect(Collectors.toMap(VerifierKey::name, Function.identity())), state);
    }
}
