package io.etalon.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * One caller of the HTTP API: a person with a session cookie, or a machine with an API key. Thread-safe once it is signed
 * in. It finds the server by a supplier of its address, since a restart may move it.
 */
final class Api {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int BUSY = 503;
    private static final int MOST_ATTEMPTS = 20;

    private final HttpClient http;
    private final Address address;
    private final @Nullable String key;
    private volatile @Nullable String cookie;

    /** Where the server is now. */
    @FunctionalInterface
    interface Address {
        String url();
    }

    private Api(HttpClient http, Address address, @Nullable String key) {
        this.http = http;
        this.address = address;
        this.key = key;
    }

    static Api anonymous(HttpClient http, Address address) {
        return new Api(http, address, null);
    }

    /** A machine with this key at the same server. */
    Api withKey(String apiKey) {
        return new Api(http, address, apiKey);
    }

    /** Another caller at the same server, not signed in. */
    Api another() {
        return new Api(http, address, null);
    }

    JsonNode get(String path) {
        return json(request(path).GET());
    }

    String getText(String path) {
        return send(request(path).GET(), BodyHandlers.ofString()).body();
    }

    JsonNode post(String path, Map<String, ?> body) {
        return json(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** An answer that its asker judges himself. */
    record Reply(int status, JsonNode body) {
        /** The problem's name, such as {@code wall}; empty when it is none. */
        String code() {
            return body.path("code").asString("");
        }
    }

    /** Posts what the server may refuse. */
    Reply ask(String path, Map<String, ?> body) {
        return reply(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** Asks for what the server may refuse. */
    Reply look(String path) {
        return reply(request(path).GET());
    }

    /** The status of whatever stands at an absolute address, asked without credentials. */
    int statusOf(String url) {
        return exchanged(HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private Reply reply(HttpRequest.Builder request) {
        var response = exchanged(request.build(), BodyHandlers.ofString());
        var body = response.body();
        return new Reply(response.statusCode(), body.startsWith("{") ? JSON.readTree(body) : NullNode.getInstance());
    }

    JsonNode put(String path, Map<String, ?> body) {
        return json(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    JsonNode upload(String path, byte[] bytes) {
        return upload(path, BodyPublishers.ofByteArray(bytes));
    }

    private JsonNode upload(String path, BodyPublisher bytes) {
        return json(
                request(path).header("Content-Type", "application/octet-stream").POST(bytes));
    }

    void download(String path, Path file) {
        send(request(path).GET(), BodyHandlers.ofFile(file));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(address.url() + path)).timeout(LIMIT);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        } else {
            request.header("X-Etalon-Csrf", "1");
            if (cookie != null) {
                request.header("Cookie", cookie);
            }
        }
        return request;
    }

    private JsonNode json(HttpRequest.Builder request) {
        var body = send(request, BodyHandlers.ofString()).body();
        return body.isEmpty() ? NullNode.getInstance() : JSON.readTree(body);
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder builder, BodyHandler<T> handler) {
        var request = builder.build();
        var response = exchanged(request, handler);
        if (response.statusCode() >= 300) {
            throw new DemoFailure(request.method() + " " + request.uri().getPath() + " answered "
                    + response.statusCode() + ": " + response.body());
        }
        response.headers().allValues("Set-Cookie").stream()
                .filter(value -> value.startsWith("etalon_session="))
                .forEach(value -> cookie = value.split(";", 2)[0]);
        return response;
    }

    /** A server that has too much to do says when to come back, with the same request and the same key. */
    private <T> HttpResponse<T> exchanged(HttpRequest request, BodyHandler<T> handler) {
        var response = exchangedOnce(request, handler);
        for (var attempt = 1; attempt < MOST_ATTEMPTS && response.statusCode() == BUSY; attempt++) {
            var seconds = response.headers().firstValueAsLong("Retry-After");
            if (seconds.isEmpty()) {
                return response;
            }
            LockSupport.parkNanos(Duration.ofSeconds(seconds.getAsLong()).toNanos());
            response = exchangedOnce(request, handler);
        }
        return response;
    }

    private <T> HttpResponse<T> exchangedOnce(HttpRequest request, BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new DemoFailure(request.method() + " " + request.uri() + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }
}
