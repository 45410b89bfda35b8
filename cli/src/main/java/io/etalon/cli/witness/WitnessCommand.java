package io.etalon.cli.witness;

import io.etalon.cli.door.ApiKey;
import io.etalon.cli.terminal.ExitCode;
import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.ConsistencyProof;
import io.etalon.ledger.Cosigner;
import io.etalon.ledger.Hash;
import io.etalon.ledger.LoggedHead;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.TlogProof;
import io.etalon.ledger.Witness;
import io.etalon.ledger.Witness.Cosigned;
import io.etalon.ledger.Witness.Refusal;
import io.etalon.ledger.Witness.Refused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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
            names = "--operator-log",
            paramLabel = "URL",
            description = {
                "The operator's log of the clients' heads, such as https://etalon.example.org/api/v1/operator-log: watched too,",
                "and the client's log must extend what stands there. Give its verifier key with another --log-key."
            })
    private @Nullable URI operatorLog;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ApiKey apiKey;

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
    private boolean look(Witness witness, Cosigner.Key cosigner) throws IOException, InterruptedException {
        var address = WitnessOptions.given(log, "--log");
        // Asked for before the head is: what stands in the operator's log by now, the head must extend.
        var proof = operatorLog == null ? null : TlogProof.parse(get(address, "/operator-proof"));
        if (proof != null && !added(witness, cosigner, proof.checkpoint())) {
            return false;
        }
        var note = own(SignedNote.parse(get(address, "/checkpoint")));
        var head = Checkpoint.parse(note.text());
        var seen = seen(witness, head);
        var answer = add(witness, address, note);
        return switch (answer) {
            case Cosigned cosigned -> {
                if (proof != null && !stands(head, proof)) {
                    yield false;
                }
                if (head.size() > seen) {
                    tell(address, head.size(), cosigner, cosigned.line().toString());
                    spec.commandLine()
                            .getOut()
                            .println("cosigned " + head.origin() + " at " + head.size() + " entries, root "
                                    + head.root().base64());
                }
                yield true;
            }
            case Refused refused -> {
                told(refused);
                restoration(address, seen).ifPresent(spec.commandLine().getErr()::println);
                yield false;
            }
        };
    }

    /**
     * What the log itself tells of a restoration that left out entries which were seen. It explains the refusal and changes nothing
     * about it: who hides entries could say the same.
     */
    private Optional<String> restoration(URI address, long seen) throws InterruptedException {
        JsonNode told;
        try {
            told = JSON.readTree(get(address, "/entries?op=POINT_RESTORE&limit=200"))
                    .path("items");
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

    private static long seen(Witness witness, Checkpoint head) throws IOException {
        return witness.newest(head.origin())
                .map(one -> Checkpoint.parse(one.text()).size())
                .orElse(0L);
    }

    private Witness.Answer add(Witness witness, URI address, SignedNote note) throws IOException, InterruptedException {
        var head = Checkpoint.parse(note.text());
        var seen = seen(witness, head);
        var proof = seen == 0 || seen >= head.size() ? List.<Hash>of() : consistency(address, seen, head.size());
        return witness.add(seen, proof, note, Clock.systemUTC().instant().getEpochSecond());
    }

    /** The log's own line alone: lines of other witnesses are no business of this one. */
    private static SignedNote own(SignedNote served) {
        return new SignedNote(served.text(), List.of(served.signatures().getFirst()));
    }

    /** Whether the operator's log extends what was seen of it; its head is cosigned then, as the client's is. */
    private boolean added(Witness witness, Cosigner.Key cosigner, SignedNote served)
            throws IOException, InterruptedException {
        var address = WitnessOptions.given(operatorLog, "--operator-log");
        var note = own(served);
        var head = Checkpoint.parse(note.text());
        var seen = seen(witness, head);
        return switch (add(witness, address, note)) {
            case Cosigned cosigned -> {
                if (head.size() > seen) {
                    tell(address, head.size(), cosigner, cosigned.line().toString());
                }
                yield true;
            }
            case Refused refused -> told(refused);
        };
    }

    /** Whether a client's head extends the one that the operator's log holds. */
    private boolean stands(Checkpoint head, TlogProof proof) throws IOException, InterruptedException {
        var logged = LoggedHead.proven(
                proof,
                options.logKey(Checkpoint.parse(proof.checkpoint().text()).origin()));
        var contradiction = logged.contradiction(options.logKey(head.origin()), head);
        if (contradiction.isPresent()) {
            var why = logged.size() > head.size() ? Refusal.SHRUNKEN : Refusal.FORK;
            return told(new Refused(why, logged.size(), contradiction.get()));
        }
        var before = new Checkpoint(head.origin(), logged.size(), logged.root());
        var path = logged.size() == 0 || logged.size() == head.size()
                ? List.<Hash>of()
                : consistency(WitnessOptions.given(log, "--log"), logged.size(), head.size());
        if (head.extendsFrom(before, new ConsistencyProof(logged.size(), head.size(), path))) {
            return true;
        }
        return told(new Refused(
                Refusal.FORK,
                logged.size(),
                "the log " + head.origin() + " does not extend the head of " + logged.size()
                        + " entries that stands in the operator's log"));
    }

    private boolean told(Refused refused) {
        spec.commandLine()
                .getErr()
                .println("etalon: REFUSED " + refused.why() + ": " + refused.message()
                        + ". Keep this witness's folder and what the server shows now: together they prove it.");
        return false;
    }

    private List<Hash> consistency(URI address, long from, long to) throws IOException, InterruptedException {
        return new String(get(address, "/consistency?from=" + from + "&to=" + to), StandardCharsets.UTF_8)
                .lines()
                .map(Hash::ofBase64)
                .toList();
    }

    private void tell(URI address, long size, Cosigner.Key key, String line) throws IOException, InterruptedException {
        var body = JSON.createObjectNode()
                .put("size", size)
                .put("witness", key.toString())
                .put("line", line)
                .toString();
        var answer = http.send(
                request(address, "/cosignatures")
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the server did not take the cosignature (" + answer.statusCode() + ")");
        }
    }

    private byte[] get(URI address, String path) throws IOException, InterruptedException {
        var answer = http.send(request(address, path).GET().build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("the server answered " + answer.statusCode() + " to " + path);
        }
        return answer.body();
    }

    private HttpRequest.Builder request(URI address, String path) throws IOException {
        return apiKey.request(URI.create(address.toString().replaceAll("/+$", "") + path))
                .timeout(PATIENCE);
    }
}
