package io.etalon.server.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.Allow;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Credentials;
import io.etalon.server.access.Role;
import io.etalon.server.base.ProjectId;
import io.etalon.server.event.Couriers;
import io.etalon.server.event.Event;
import io.etalon.server.event.Followed;
import io.etalon.server.event.Position;
import io.etalon.server.project.Projects;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A project's events as server-sent events (HTML Living Standard, section 9.2). Each stream is one virtual thread that waits;
 * the table is read once for all of them.
 */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/events")
final class FeedController {
    /** Shorter than the idle limits of common proxies; also how long a reader that went away is kept. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** Between two looks at the session while events come; with the heartbeat a stream outlives it by 15 seconds at most. */
    private static final Duration CHECK = Duration.ofSeconds(1);

    private final Couriers couriers;
    private final Projects projects;
    private final Credentials credentials;
    private final Streams streams;
    private final Clock clock;

    FeedController(Couriers couriers, Projects projects, Credentials credentials, Streams streams, Clock clock) {
        this.couriers = couriers;
        this.projects = projects;
        this.credentials = credentials;
        this.streams = streams;
        this.clock = clock;
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "Follow a project's events",
            description =
                    "A stream of server-sent events: each has an id, its kind as event name, and a JSON object of ids and"
                            + " numbers as data. With the header Last-Event-ID it begins after that event, else now. Events are kept"
                            + " for seven days. The stream ends when the session does; eight streams a person.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.REVIEWER, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    void follow(
            ClientCaller caller,
            @PathVariable ProjectId project,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            HttpServletResponse response)
            throws InterruptedException {
        var client = caller.client().id();
        projects.get(client, project);
        var after = last == null || last.isEmpty() ? null : Position.parse(last);
        streams.enter(caller.person());
        try (var followed = couriers.follow(client, project, after)) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding(UTF_8);
            response.setHeader("Cache-Control", "no-store");
            // Proxies of the nginx kind hold a response back until it is long enough.
            response.setHeader("X-Accel-Buffering", "no");
            stream(caller, followed, response.getOutputStream());
        } catch (IOException e) {
            // The reader went away; that is how streams end.
            return;
        } finally {
            streams.leave(caller.person());
        }
    }

    private void stream(ClientCaller caller, Followed followed, OutputStream out)
            throws IOException, InterruptedException {
        // From here on even a reader that was cut off before the first event can resume.
        write(out, "retry: 2000\nid: " + followed.position() + "\nevent: ready\ndata: {}\n\n");
        var checked = clock.instant();
        while (!followed.hasEnded()) {
            var events = followed.next(HEARTBEAT);
            var now = clock.instant();
            if (Duration.between(checked, now).compareTo(CHECK) >= 0) {
                if (!mayGoOn(caller)) {
                    return;
                }
                checked = now;
            }
            if (events.isEmpty()) {
                write(out, ": still here\n\n");
            }
            for (var event : events) {
                write(out, text(event));
            }
        }
    }

    private boolean mayGoOn(ClientCaller caller) {
        return credentials.isAlive(caller.client().id(), caller.person(), caller.session());
    }

    /** The payload is JSON on one line. */
    private static String text(Event event) {
        return "id: " + event.position() + "\nevent: " + event.kind().key() + "\ndata: " + event.payload() + "\n\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }
}
