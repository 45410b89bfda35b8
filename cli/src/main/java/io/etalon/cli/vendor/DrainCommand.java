package io.etalon.cli.vendor;

import io.etalon.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code etalon vendor drain}: takes all work out of a vendor's hands and tells what it left behind. */
@Command(
        name = "drain",
        description = {
            "Leave a vendor: its people lose their roles and keys, open leases are fenced, their work goes to others.",
            "Returns when nothing is in their hands any more, and prints the hand-over report."
        },
        footer = "Exit code 0 when the vendor is drained, 1 when it is not.",
        mixinStandardHelpOptions = true)
final class DrainCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String KEY_VARIABLE = "ETALON_API_KEY";
    private static final int CREATED = 201;

    @Parameters(paramLabel = "VENDOR", description = "The organisation's id; of an in-house team the workforce's.")
    @SuppressWarnings("NullAway.Init")
    private UUID vendor;

    /** One client, or all of them. */
    static final class Where {
        @Option(names = "--client", paramLabel = "CLIENT", description = "The client's short name.")
        private @Nullable String client;

        @Option(names = "--all-clients", description = "At all clients; with an operator's key.")
        private boolean everywhere;
    }

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Where where;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for the log and the report.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The server's address. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private URI url;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A file with an API key. Default: the key in the environment variable " + KEY_VARIABLE + ".")
    private @Nullable Path keyFile;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address())
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(
                        JSON.createObjectNode().put("reason", reason).toString()))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != CREATED) {
                var detail = answer.body().startsWith("{")
                        ? JSON.readTree(answer.body()).path("detail").asString("")
                        : "";
                throw new IllegalArgumentException("the server refused with status " + answer.statusCode()
                        + (detail.isEmpty() ? "" : ": " + detail));
            }
            var items = JSON.readTree(answer.body()).path("items");
            items.forEach(where.everywhere ? this::client : this::report);
        }
        return ExitCode.DONE;
    }

    private URI address() {
        var base = url.toString().replaceAll("/+$", "") + "/api/v1";
        return URI.create(
                base + (where.everywhere ? "" : "/clients/" + where.client) + "/vendors/" + vendor + "/drain");
    }

    private String key() throws IOException {
        var key = keyFile == null ? System.getenv(KEY_VARIABLE) : Files.readString(keyFile);
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException(
                    "There is no API key; name a file with --key or set " + KEY_VARIABLE + ".");
        }
        return key.strip();
    }

    private void client(JsonNode line) {
        out().printf(
                        "%s: %d people out, %d leases ended%n",
                        line.path("client").asString(),
                        line.path("people").asInt(),
                        line.path("leasesEnded").asInt());
    }

    private void report(JsonNode report) {
        out().printf(
                        "%s (%s): %d people out%n",
                        report.path("workforceName").asString(),
                        report.path("vendorName").asString(),
                        report.path("people").size());
        report.path("projects")
                .forEach(project -> out().printf(
                                "  %s: %d leases ended, %d returned answers moved, %d kept, %d answers stay, %d wait for %d people%n",
                                project.path("name").asString(),
                                project.path("leasesEnded").asInt(),
                                project.path("returnedMoved").asInt(),
                                project.path("returnedKept").asInt(),
                                project.path("answers").asLong(),
                                project.path("waiting").asLong(),
                                project.path("annotatorsLeft").asInt()));
        var cost = report.path("cost").asString("");
        if (!cost.isEmpty()) {
            out().printf("  due so far: %s %s%n", cost, report.path("currency").asString());
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
