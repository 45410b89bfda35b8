package io.etalon.cli.tenant;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running server, asked with an API key: the options that say which, and the requests. Not thread-safe. */
final class Door {
    private static final String KEY_VARIABLE = "ETALON_KEY";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    JsonNode get(String path) throws IOException, InterruptedException {
        return sent(request(path).GET());
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return sent(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body)));
    }

    /** The text of a JSON object with one member. */
    static String object(String name, String value) {
        return JSON.createObjectNode().put(name, value).toString();
    }

    /** Fetches a file; it appears under its name wholly or not at all. */
    void download(String path, Path target) throws IOException, InterruptedException {
        var unfinished = target.resolveSibling(target.getFileName() + ".part");
        var answer = http.send(request(path).GET().build(), BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw refused(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            Files.copy(body, unfinished, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private HttpRequest.Builder request(String path) throws IOException {
        var key = keyFile == null ? System.getenv(KEY_VARIABLE) : Files.readString(keyFile);
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException(
                    "There is no API key; name a file with --key or set " + KEY_VARIABLE + ".");
        }
        return HttpRequest.newBuilder(URI.create(url.toString().replaceAll("/+$", "") + "/api/v1" + path))
                .header("Authorization", "Bearer " + key.strip());
    }

    private JsonNode sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer.statusCode(), answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private static IllegalArgumentException refused(int status, String body) {
        var detail = body.startsWith("{") ? JSON.readTree(body).path("detail").asString("") : "";
        return new IllegalArgumentException(
                "The server refused (" + status + "): " + (detail.isEmpty() ? "is this the right address?" : detail));
    }
}
