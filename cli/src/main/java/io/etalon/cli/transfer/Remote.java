package io.etalon.cli.transfer;

import io.etalon.cli.door.Door;
import io.etalon.cli.terminal.ProgressBar;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A project on a server. Not thread-safe. */
final class Remote {
    private final Door door;
    private final String project;

    /** @param project its path below the API */
    Remote(Door door, String project) {
        this.door = door;
        this.project = project;
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
        var path = "/imports?name=" + Door.encoded(name) + (format == null ? "" : "&format=" + Door.encoded(format));
        return door.send(door.request(project + path)
                .header("Content-Type", "application/octet-stream")
                .POST(body));
    }

    private static InputStream opened(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        var body = JsonNodeFactory.instance.objectNode().put("format", format).put("what", what);
        if (method != null) {
            body.put("method", method);
        }
        return door.post(project + "/exports", body);
    }

    JsonNode job(String id) throws IOException, InterruptedException {
        return door.get(project + "/jobs/" + Door.encoded(id));
    }

    /** A page of the lines that became no task; a cursor leads to the next. */
    JsonNode lines(String id, @Nullable String cursor) throws IOException, InterruptedException {
        var more = cursor == null ? "" : "&cursor=" + Door.encoded(cursor);
        return door.get(project + "/imports/" + Door.encoded(id) + "/lines?limit=200" + more);
    }

    /** Fetches an export's file; it appears under its name wholly or not at all. */
    void download(String id, Path target) throws IOException, InterruptedException {
        door.download(project + "/exports/" + Door.encoded(id) + "/file", target);
    }
}
