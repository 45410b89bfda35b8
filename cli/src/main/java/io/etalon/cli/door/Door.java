package io.etalon.cli.door;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running server: the options that say which and who asks, and the requests. Paths are below {@code /api/v1}. What the
 * server refuses is an {@link IllegalArgumentException} with its reason. Not thread-safe.
 */
public final class Door {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8420",
            description = "The server's address. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private URI url;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ApiKey key;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** What stands at a path. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** Has something done, once however often it is sent. */
    public JsonNode post(String path) throws IOException, InterruptedException {
        return send(once(path).POST(BodyPublishers.noBody()));
    }

    /** Has something done with what a JSON text says, once however often it is sent. */
    public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(
                once(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder once(String path) throws IOException {
        return request(path).header("Idempotency-Key", UUID.randomUUID().toString());
    }

    /** Fetches a file; it appears under its name wholly or not at all. */
    public void download(String path, Path target) throws IOException, InterruptedException {
        var unfinished = target.resolveSibling(target.getFileName() + ".part");
        var answer = answered(request(path).GET().build(), BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw refused(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            Files.copy(body, unfinished, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A request to a path, which carries the key. */
    public HttpRequest.Builder request(String path) throws IOException {
        return key.request(URI.create(url.toString().replaceAll("/+$", "") + "/api/v1" + path));
    }

    /** Sends what was begun with {@link #request}, and reads the answer. */
    public JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = answered(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer.statusCode(), answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private <T> HttpResponse<T> answered(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        try {
            return http.send(request, handler);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new IOException(
                    "No server answers at " + url + "; start it (etalon serve), or name another with --url.", e);
        }
    }

    private static IllegalArgumentException refused(int status, String body) {
        var detail = body.startsWith("{") ? JSON.readTree(body).path("detail").asString("") : "";
        return new IllegalArgumentException(
                "The server refused (" + status + "): " + (detail.isEmpty() ? "is this the right address?" : detail));
    }

    /** A part of a path. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The options again, for a command that goes on with this one. */
    public String again() {
        return "--url " + url + key.again();
    }
}
