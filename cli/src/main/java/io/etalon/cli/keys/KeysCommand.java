package io.etalon.cli.keys;

import io.etalon.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code etalon keys}: looks at a client's keys, rotates, disables or enables them. */
@Command(
        name = "keys",
        description = "Look at a client's keys, rotate, disable or enable them.",
        footer = "Exit code 0 when the server did it, 1 when it refused.",
        mixinStandardHelpOptions = true)
public final class KeysCommand implements Callable<Integer> {
    private static final String KEY_VARIABLE = "ETALON_KEY";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What is to be done. */
    enum Act {
        STATUS,
        ROTATE,
        DISABLE,
        ENABLE
    }

    @Parameters(paramLabel = "ACT", description = "status, rotate, disable or enable.")
    @SuppressWarnings("NullAway.Init")
    private Act act;

    @Option(names = "--client", paramLabel = "CLIENT", required = true, description = "The client's short name.")
    @SuppressWarnings("NullAway.Init")
    private String client;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8420",
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
        print(ask(), spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    private JsonNode ask() throws IOException, InterruptedException {
        var address = url.toString().replaceAll("/+$", "") + "/api/v1/clients/"
                + URLEncoder.encode(client, StandardCharsets.UTF_8) + "/keys";
        var request = HttpRequest.newBuilder().timeout(PATIENCE).header("Authorization", "Bearer " + key());
        switch (act) {
            case STATUS -> request.uri(URI.create(address)).GET();
            case ROTATE ->
                post(request.header("Idempotency-Key", UUID.randomUUID().toString()), address + "/rotate");
            case DISABLE -> post(request, address + "/disable");
            case ENABLE -> post(request, address + "/enable");
        }
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != 200) {
                var body = answer.body();
                var detail = body.startsWith("{")
                        ? JSON.readTree(body).path("detail").asString("")
                        : "";
                throw new IllegalArgumentException("The server refused (" + answer.statusCode() + "): "
                        + (detail.isEmpty() ? "is this the right address?" : detail));
            }
            return JSON.readTree(answer.body());
        }
    }

    private static void post(HttpRequest.Builder request, String address) {
        request.uri(URI.create(address)).POST(BodyPublishers.noBody());
    }

    private String key() throws IOException {
        var key = keyFile == null ? System.getenv(KEY_VARIABLE) : Files.readString(keyFile);
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException(
                    "There is no API key; name a file with --key or set " + KEY_VARIABLE + ".");
        }
        return key.strip();
    }

    private void print(JsonNode keys, PrintWriter out) {
        out.printf(
                "The key of %s is %s, kept by %s.%n",
                client, keys.path("state").asString(), keys.path("provider").asString());
        for (var version : keys.path("versions")) {
            out.printf(
                    "  version %d  %s  %s  made %s%s%n",
                    version.path("version").asInt(),
                    version.path("provider").asString(),
                    version.path("key").asString(),
                    version.path("madeAt").asString(),
                    version.path("retiredAt").isNull()
                            ? ""
                            : ", retired " + version.path("retiredAt").asString());
        }
        for (var project : keys.path("projects")) {
            out.printf(
                    "  project %s  data key version %d%n",
                    project.path("project").asString(),
                    project.at("/versions/0/version").asInt());
        }
    }
}
