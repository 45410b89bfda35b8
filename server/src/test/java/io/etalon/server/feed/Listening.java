package io.etalon.server.feed;

import io.etalon.server.testing.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A reader of server-sent events as a browser is one. */
public final class Listening implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** One event of the stream; the last one, when the stream ended, has the name "end". */
    public record Heard(String id, String name, String data) {}

    private final BlockingQueue<Heard> queue = new LinkedBlockingQueue<>();
    private final HttpResponse<java.io.InputStream> response;
    private volatile Heard last = new Heard("", "", "");

    private Listening(HttpResponse<java.io.InputStream> response) {
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    public static Listening to(TestServer server, String cookie, String path, @Nullable String last) throws Exception {
        return at(server.url(), cookie, path, last);
    }

    public static Listening at(String url, String cookie, String path, @Nullable String last) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
                .header("Cookie", cookie)
                .header("Accept", "text/event-stream");
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        return new Listening(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            var id = "";
            var name = "";
            var data = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !name.isEmpty()) {
                    last = new Heard(id, name, data);
                    queue.add(last);
                    name = "";
                }
            }
        } catch (IOException e) {
            // The server went away: for a reader that is an end like another.
        }
        queue.add(new Heard("", "end", ""));
    }

    /** The next event; fails when none comes in ten seconds. */
    public Heard next() throws InterruptedException {
        var heard = queue.poll(10, TimeUnit.SECONDS);
        if (heard == null) {
            throw new AssertionError("no event came in ten seconds");
        }
        return heard;
    }

    /** The next event of one kind, with what came before it left out. */
    public Heard next(String name) throws InterruptedException {
        var heard = next();
        while (!heard.name().equals(name)) {
            if (heard.name().equals("end")) {
                throw new AssertionError("the stream ended before " + name);
            }
            heard = next();
        }
        return heard;
    }

    /** The newest event that has come, whether it was taken or not. */
    public Heard last() {
        return last;
    }

    /** What has come and was not taken. */
    public List<Heard> rest() {
        var rest = new ArrayList<Heard>();
        queue.drainTo(rest);
        return rest;
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
