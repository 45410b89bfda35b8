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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose logs are watched, by whom, and where the memory is. */
final class WitnessOptions {
    @Option(
            names = "--witness-key",
            paramLabel = "FILE",
            description = "The witness's secret key, as `etalon witness key` made it.")
    private @Nullable Path keyFile;

    @Option(
            names = "--log-key",
            paramLabel = "FILE",
            description =
                    "The verifier key of a log, got by another way than from the server; may be given several times.")
    private List<Path> logKeys = new ArrayList<>();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where the newest checkpoints are remembered. Losing it means to trust the next one blindly.")
    private @Nullable Path state;

    Cosigner cosigner() throws IOException {
        return Cosigner.parse(Files.readString(given(keyFile, "--witness-key")).strip());
    }

    List<VerifierKey> logs() throws IOException {
        if (logKeys.isEmpty()) {
            throw new IllegalArgumentException("--log-key is missing.");
        }
        var keys = new ArrayList<VerifierKey>();
        for (var file : logKeys) {
            keys.add(VerifierKey.parse(Files.readString(file).strip()));
        }
        return keys;
    }

    /** The key of the log of this origin. */
    VerifierKey logKey(String origin) throws IOException {
        return logs().stream()
                .filter(key -> key.name().equals(origin))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--log-key of the log " + origin + " is missing."));
    }

    Witness witness() throws IOException {
        return new Witness(
                cosigner(),
                logs().stream().collect(Collectors.toMap(VerifierKey::name, Function.identity())),
                given(state, "--state"));
    }

    /** Not left to the parser: it would ask for a parent's options in each command below it. */
    static <T> T given(@Nullable T value, String option) {
        if (value == null) {
            throw new IllegalArgumentException(option + " is missing.");
        }
        return value;
    }
}
