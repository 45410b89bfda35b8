package io.etalon.server.testing;

import io.etalon.server.access.Sessions;
import io.etalon.server.base.PersonId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A caller of the server's API with a fixed set of headers: a browser with a session's cookie, a program with a key, or
 * nobody. Immutable; each {@code with…} gives another caller.
 */
public final class Http {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String base;
    private final Map<String, String> headers;

    private Http(String base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** Nobody in particular. */
    public static Http of(TestServer server) {
        return new Http(server.url(), Map.of());
    }

    /** Nobody in particular, before a server of another process. */
    public static Http at(String url) {
        return new Http(url, Map.of());
    }

    /** A browser in which this person has just signed in. */
    public static Http as(TestServer server, PersonId person) {
        return of(server).session(server.part(Sessions.class).open(person).token());
    }

    public Http session(String token) {
        return with("Cookie", "etalon_session=" + token).with("X-Etalon-Csrf", "1");
    }

    public Http key(String secret) {
        return with("Authorization", "Bearer " + secret);
    }

    /** The same with one header more; an empty value takes it away. */
    public Http with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        if (value.isEmpty()) {
            more.remove(name);
        } else {
            more.put(name, value);
        }
        return new Http(base, more);
    }

    /** An answer, with its body as text and as JSON. */
    public record Answer(int status, String body, HttpResponse<byte[]> raw) {
        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        public String code() {
            return json().path("code").asString("");
        }
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, Object body) {
        return send("POST", path, text(body));
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, text(body));
    }

    public Answer patch(String path, Object body) {
        return send("PATCH", path, text(body));
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** A body as JSON; text is sent as it is. */
    public static String text(Object body) {
        return body instanceof String text ? text : JSON.writeValueAsString(body);
    }

    /** Any request; the path begins with a slash and is below {@code /api/v1} unless it begins with two. */
    public Answer send(String method, String path, String body) {
        var publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8);
        return sendBytes(method, path, publisher);
    }

    /** Bytes as an upload sends them. */
    public Answer upload(String path, byte[] bytes) {
        return with("Content-Type", "application/octet-stream")
                .sendBytes("POST", path, HttpRequest.BodyPublishers.ofByteArray(bytes));
    }

    /** Any request with any body. */
    public Answer sendBytes(String method, String path, HttpRequest.BodyPublisher body) {
        var address = path.startsWith("//") ? path.substring(1) : "/api/v1" + path;
        var request = HttpRequest.newBuilder(URI.create(base + address)).method(method, body);
        if (body.contentLength() != 0 && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response);
        } catch (IOException e) {
            throw new AssertionError(method + " " + address + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
