package io.etalon.server.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sessions;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A project's events as a browser hears them, from the real server. */
class FeedHttpTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final Client CLIENT = client("feed-test");
    private static final PersonId RITA = person("rita@feed.test", Role.REQUESTER);
    private static final String TOKEN = SERVER.part(Sessions.class).open(RITA).token();
    private static final Http HTTP = Http.of(SERVER).session(TOKEN);

    private final String project = "/clients/feed-test/projects/" + made();

    private static Client client(String slug) {
        try {
            return SERVER.clients().create(slug, "Feed");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PersonId person(String email, Role role) {
        var person = SERVER.part(People.class).create(email, "Test").id();
        SERVER.part(Grants.class).grant(Grants.By.SYSTEM, person, CLIENT.id(), Set.of(role), null);
        return person;
    }

    private static String made() {
        var made = HTTP.post("/clients/feed-test/projects", Map.of("name", "Feed", "template", "image-boxes"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().get("id").asString();
    }

    private static String cookie(String token) {
        return "etalon_session=" + token;
    }

    private Listening listen(String last) throws Exception {
        return Listening.to(SERVER, cookie(TOKEN), project + "/events", last);
    }

    /** What comes until it is quiet: a stream may begin a moment before now. */
    private static List<Listening.Heard> settled(Listening stream) {
        LockSupport.parkNanos(500_000_000);
        return stream.rest();
    }

    private void change(int redundancy) {
        assertThat(HTTP.patch(project, Map.of("redundancy", redundancy)).status())
                .isEqualTo(200);
    }

    @Test
    void aChangeIsHeardByThoseWhoFollowTheProject() throws Exception {
        try (var stream = listen(null)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.next().name()).isEqualTo("ready");
            change(2);
            var heard = stream.next();
            assertThat(heard.name()).isEqualTo("project.changed");
            assertThat(heard.data()).contains("\"ontologyVersion\"").doesNotContain("Feed");
        }
    }

    @Test
    void whoComesBackHearsWhatHeMissedInOrderAndOnce() throws Exception {
        String last;
        try (var stream = listen(null)) {
            change(5);
            stream.next("project.changed");
            var rest = settled(stream);
            assertThat(rest).hasSizeLessThan(2);
            last = stream.last().id();
        }
        change(2);
        change(3);
        try (var stream = listen(last)) {
            stream.next("ready");
            change(4);
            var ids = new ArrayList<String>();
            for (var i = 0; i < 3; i++) {
                ids.add(stream.next("project.changed").id());
            }
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(settled(stream)).isEmpty();
        }
    }

    @Test
    void anotherProjectsEventsAreNotHeard() throws Exception {
        var other = "/clients/feed-test/projects/" + made();
        try (var stream = listen(null)) {
            stream.next("ready");
            settled(stream);
            assertThat(HTTP.patch(other, Map.of("redundancy", 2)).status()).isEqualTo(200);
            change(3);
            stream.next("project.changed");
            assertThat(settled(stream)).isEmpty();
        }
    }

    @Test
    void aStreamEndsWithTheSessionOfItsReader() throws Exception {
        var sessions = SERVER.part(Sessions.class);
        var token = sessions.open(RITA).token();
        try (var stream = Listening.to(SERVER, cookie(token), project + "/events", null)) {
            stream.next("ready");
            settled(stream);
            assertThat(Http.of(SERVER).session(token).delete("/session").status())
                    .isLessThan(300);
            LockSupport.parkNanos(1_100_000_000);
            change(3);
            assertThat(stream.next().name()).isEqualTo("end");
        }
    }

    @Test
    void aPersonFollowsEightStreamsAtMost() throws Exception {
        var session = SERVER.part(Sessions.class).open(person("many@feed.test", Role.AUDITOR));
        var open = new ArrayList<Listening>();
        try {
            for (var i = 0; i < Streams.MOST; i++) {
                open.add(Listening.to(SERVER, cookie(session.token()), project + "/events", null));
                assertThat(open.getLast().status()).isEqualTo(200);
            }
            open.add(Listening.to(SERVER, cookie(session.token()), project + "/events", null));
            assertThat(open.getLast().status()).isEqualTo(429);
            assertThat(open.getLast().header("Retry-After")).isNotEmpty();
        } finally {
            for (var stream : open) {
                stream.close();
            }
        }
    }

    @Test
    void refusesAPositionThatItNeverGave() throws Exception {
        for (var bad : List.of("yesterday", "1", "1.x", "-1.2")) {
            try (var stream = listen(bad)) {
                assertThat(stream.status()).as(bad).isEqualTo(400);
            }
        }
    }
}
