package io.etalon.cli.witness;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.Cosigner;
import io.etalon.ledger.Hash;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.Witness;
import io.etalon.ledger.Witness.Cosigned;
import io.etalon.ledger.Witness.Refused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code etalon witness}: watches one client's log on a server, from outside it. */
@Command(
        name = "witness",
        description = {
            "Watch a client's log: cosign each checkpoint that extends all that was seen before, refuse every other.",
            "Run it where the operator of the server cannot reach: it is worth as much as it is apart."
        },
        subcommands = {WitnessServeCommand.class, WitnessKeyCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:told to stop, or --once and all is well",
            "1:the server does not answer, or a key cannot be read",
            "4:the log was forked, cut or signed by somebody else"
        },
        mixinStandardHelpOptions = true)
public final class WitnessCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private WitnessOptions options;

    @Option(
            names = "--log",
            paramLabel = "URL",
            description = "The log's address, such as https://etalon.example.org/api/v1/clients/acme/audit.")
    private @Nullable URI log;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A file with an auditor's API key. Default: the environment variable ETALON_KEY.")
    private @Nullable Path keyFile;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How often to look. Default: ${DEFAULT-VALUE}.")
    private int every;

    @Option(names = "--once", description = "Look once and end.")
    private boolean once;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var witness = options.witness();
        var cosigner = options.cosigner().key();
        while (true) {
            try {
                if (!look(witness, cosigner)) {
                    return ExitCode.FORKED;
                }
            } catch (IOException e) {
                // A server that does not answer proves nothing; a watch that ends because of it would see nothing
                // either.
                if (once) {
                    throw e;
                }
                spec.commandLine().getErr().println("etalon: " + e.getMessage());
            }
            if (once) {
                return ExitCode.DONE;
            }
            TimeUnit.SECONDS.sleep(Math.max(1, every));
        }
    }

    /** False when the log is not what it was. */
    private boolean look(Witness witness, Cosigner.Key key) throws IOException, InterruptedException {
        // The log's own line alone: lines of other witnesses are no business of this one.
        var served = SignedNote.parse(get("/checkpoint"));
        var note = new SignedNote(served.text(), List.of(served.signatures().getFirst()));
        var head = Checkpoint.parse(note.text());
        var seen = witness.newest(head.origin())
                .map(one -> Checkpoint.parse(one.text()).size())
                .orElse(0L);
        var proof = seen == 0 || seen >= head.size() ? List.<Hash>of() : consistency(seen, head.size());
        var answer = witness.add(seen, proof, note, Clock.systemUTC().instant().getEpochSecond());
        return switch (answer) {
            case Cosigned cosigned -> {
                if (head.size() > seen) {
                    tell(head.size(), key, cosigned.line().toString());
                    spec.commandLine()
                            .getOut()
                            .println("cosigned " + head.origin() + " at " + head.size() + " entries, root "
                                    + head.root().base64());
                }
                yield true;
            }
            case Refused refused -> {
                spec.commandLine()
                        .getErr()
                        .println(
                                "etalon: REFUSED " + refused.why() + ": " + refused.message()
                                        + ". Keep this witness's folder and what the server shows now: together they prove it.");
                restoration(seen).ifPresent(spec.commandLine().getErr()::println);
                yield false;
            }
        };
    }

    /**
     * What the log itself tells of a restoration that left out entries which were seen. It explains the refusal and changes nothing
     * about it: who hides entries could say the same.
     */
    private Optional<String> restoration(long seen) throws InterruptedException {
        JsonNode told;
        try {
            told = JSON.readTree(get("/entries?op=POINT_RESTORE&limit=200")).path("items");
        } catch (IOException | JacksonException e) {
            // The refusal stands by itself.
            return Optional.empty();
        }
        for (var i = told.size() - 1; i >= 0; i--) {
            var entry = told.get(i).path("entry");
            var from = entry.path("size").asLong(seen);
            if (from < seen) {
                return Optional.of("etalon: the log says of itself, in entry "
                        + told.get(i).path("index").asLong(0) + ", that the installation was restored from a backup to "
                        + entry.path("to").asString("an earlier point") + ", where the log had " + from
                        + " entries: the " + (seen - from)
                        + " that were seen after them are on another branch. Ask whoever runs it whether that is so; to watch"
                        + " the restored log, begin with an empty --state folder and keep this one.");
            }
        }
        return Optional.empty();
    }

    private List<Hash> consistency(long from, long to) throws IOException, InterruptedException {
        return new String(get("/consistency?from=" + from + "&to=" + to), StandardCharsets.UTF_8)
                .lines()
                .map(Hash::ofBase64)
                .toList();
    }

    private void tell(long size, Cosigner.Key key, String line) throws IOException, InterruptedException {
        var body = JSON.createObjectNode()
                .put("size", size)
                .put("witness", key.toString())
                .put("line", line)
                .toString();
        var answer = http.send(
                request("/cosignatures")
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the server did not take the cosignature (" + answer.statusCode() + ")");
        }
    }

    private byte[] get(String path) throws IOException, InterruptedException {
        var answer = http.send(request(path).GET().build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("the server answered " + answer.statusCode() + " to " + path);
        }
        return answer.body();
    }

    private HttpRequest.Builder request(String path) throws IOException {
        var key = keyFile == null ? System.getenv("ETALON_KEY") : Files.readString(keyFile);
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException("There is no API key; name a file with --key or set ETALON_KEY.");
        }
        return HttpRequest.newBuilder(
                        URI.create(WitnessOptions.given(log, "--log").toString().replaceAll("/+$", "") + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key.strip());
    }
}
