package io.etalon.cli.transfer;

import io.etalon.cli.terminal.ProgressBar;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A project on a server, asked with an API key. Not thread-safe. */
final class Remote {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI base;
    private final String key;

    Remote(URI url, String client, String project, String key) {
        this.base = URI.create(url.toString().replaceAll("/+$", "") + "/api/v1/clients/" + encoded(client)
                + "/projects/" + encoded(project));
        this.key = key;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Sends a file and gives the job that takes it in. */
    JsonNode upload(Path file, @Nullable String format, ProgressBar bar) throws IOException, InterruptedException {
        var size = Files.size(file);
        if (size == 0) {
            throw new IllegalArgumentException(file + " is empty.");
        }
        var body =
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> told(opened(file), size, bar)), size);
        return uploaded(String.valueOf(file.getFileName()), format, body);
    }

    /** Sends what comes, as long as it comes. */
    JsonNode upload(InputStream in, String format) throws IOException, InterruptedException {
        return uploaded("stdin." + format, format, BodyPublishers.ofInputStream(() -> in));
    }

    private JsonNode uploaded(String name, @Nullable String format, BodyPublisher body)
            throws IOException, InterruptedException {
        var path = "/imports?name=" + encoded(name) + (format == null ? "" : "&format=" + encoded(format));
        return sent(request(path).header("Content-Type", "application/octet-stream"), "POST", body, ACCEPTED);
    }

    private static InputStream opened(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static InputStream told(InputStream in, long size, ProgressBar bar) {
        return new FilterInputStream(in) {
            private long sent;

            @Override
            public int read(byte[] bytes, int from, int most) throws IOException {
                var count = super.read(bytes, from, most);
                sent += Math.max(0, count);
                bar.at(sent, size, "sending");
                return count;
            }
        };
    }

    JsonNode export(String format, String what, @Nullable String method) throws IOException, InterruptedException {
        var request = request("/exports")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString());
        var body = JSON.createObjectNode().put("format", format).put("what", what);
        if (method != null) {
            body.put("method", method);
        }
        return sent(request, "POST", BodyPublishers.ofString(body.toString()), ACCEPTED);
    }

    JsonNode job(String id) throws IOException, InterruptedException {
        return sent(request("/jobs/" + encoded(id)), "GET", BodyPublishers.noBody(), OK);
    }

    /** A page of the lines that became no task; a cursor leads to the next. */
    JsonNode lines(String id, @Nullable String cursor) throws IOException, InterruptedException {
        var path =
                "/imports/" + encoded(id) + "/lines?limit=200" + (cursor == null ? "" : "&cursor=" + encoded(cursor));
        return sent(request(path), "GET", BodyPublishers.noBody(), OK);
    }

    /** Fetches an export's file; it appears under its name wholly or not at all. */
    void download(String id, Path target) throws IOException, InterruptedException {
        var unfinished = target.resolveSibling(target.getFileName() + ".part");
        var answer =
                http.send(request("/exports/" + encoded(id) + "/file").GET().build(), BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            if (answer.statusCode() != OK) {
                throw refused(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            Files.copy(body, unfinished, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + key);
    }

    private JsonNode sent(HttpRequest.Builder request, String method, BodyPublisher body, int expected)
            throws IOException, InterruptedException {
        var answer = http.send(request.method(method, body).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() != expected) {
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
