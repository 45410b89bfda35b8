package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.ApiKeys;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sessions;
import io.etalon.server.feed.Listening;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Http.Answer;
import io.etalon.server.testing.TestServer;
import io.etalon.server.vendor.VendorStory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What a vendor's people have in their hands: an annotator who works for nobody else, one who works for another client too,
 * and a manager, with their sessions, keys, leases, signed addresses and an open stream.
 */
final class VendorHands implements AutoCloseable {
    /** A way in. */
    enum Way {
        SESSION,
        SESSION_THAT_SERVES_ELSEWHERE,
        KEY,
        LEASE,
        SIGNED_ADDRESS,
        STREAM
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String ONLY_HERE = "only-here";
    private static final String ELSEWHERE_TOO = "elsewhere-too";

    private final TestServer server;
    private final VendorStory story;
    private final String project;
    private final Http key;
    private final long lease;
    private final String asset;
    private final Listening stream;
    private String address = "";
    private boolean ended;

    private VendorHands(TestServer server, VendorStory story, String project, String team) throws Exception {
        this.server = server;
        this.story = story;
        this.project = project;
        var workforce = story.teams.get(team);
        var only = story.person(ONLY_HERE, workforce, Role.ANNOTATOR);
        var both = story.person(ELSEWHERE_TOO, workforce, Role.ANNOTATOR, Role.WORKFORCE_MANAGER);
        var elsewhere = server.clients().create(story.client.slug() + "-elsewhere", "Elsewhere");
        server.part(Grants.class).grant(Grants.By.SYSTEM, both, elsewhere.id(), Set.of(Role.ANNOTATOR), null);
        var until = server.part(Clock.class).instant().plus(Duration.ofDays(1));
        key = Http.of(server)
                .key(server.part(ApiKeys.class)
                        .make(only, "desk", story.client, Set.of(Role.ANNOTATOR), until)
                        .secret());
        var held = patient(() -> story.lease(project, ELSEWHERE_TOO));
        assertThat(held.status()).as(held.body()).isEqualTo(201);
        lease = held.json().get("id").asLong();
        asset = held.json().at("/task/asset/id").asString();
        var cookie = "etalon_session=" + server.part(Sessions.class).open(both).token();
        stream = Listening.to(server, cookie, project + "/events", null);
        assertThat(stream.status()).isEqualTo(200);
    }

    static VendorHands full(TestServer server, VendorStory story, String project, String team) throws Exception {
        return new VendorHands(server, story, project, team);
    }

    /** Asks again, as a desk does, while the server has no room. */
    static Answer patient(Supplier<Answer> request) {
        var until = System.nanoTime() + Faults.patience().toNanos();
        var answer = request.get();
        while ((answer.status() == 429 || answer.status() == 503) && System.nanoTime() < until) {
            LockSupport.parkNanos(50_000_000);
            answer = request.get();
        }
        return answer;
    }

    /** Gets an address of the asset that is held; it is good for a minute at most. */
    void sign() {
        var signed = patient(() -> story.as(ELSEWHERE_TOO).post(project + "/assets/" + asset + "/view", Map.of()));
        assertThat(signed.status()).as(signed.body()).isEqualTo(200);
        address = signed.json().get("url").asString();
    }

    /** The ways in that are open now. */
    Set<Way> open() throws Exception {
        var open = EnumSet.noneOf(Way.class);
        for (var way : Way.values()) {
            if (isOpen(way)) {
                open.add(way);
            }
        }
        return open;
    }

    /** When each was seen shut, in milliseconds since a moment; fails when one is open for longer. */
    Map<Way, Long> shutWithin(Duration limit, long since) throws Exception {
        var shut = new EnumMap<Way, Long>(Way.class);
        while (true) {
            for (var way : Way.values()) {
                if (isOpen(way)) {
                    shut.remove(way);
                } else {
                    shut.putIfAbsent(
                            way, Duration.ofNanos(System.nanoTime() - since).toMillis());
                }
            }
            if (shut.size() == Way.values().length) {
                return shut;
            }
            assertThat(System.nanoTime() - since)
                    .as("of all ways in only these are shut: %s", shut)
                    .isLessThan(limit.toNanos());
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean isOpen(Way way) throws Exception {
        return switch (way) {
            case SESSION -> lets(story.as(ONLY_HERE));
            case SESSION_THAT_SERVES_ELSEWHERE -> lets(story.as(ELSEWHERE_TOO));
            case KEY -> lets(key);
            case LEASE -> isHeld();
            case SIGNED_ADDRESS ->
                HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            case STREAM -> {
                ended |= stream.rest().stream().anyMatch(heard -> heard.name().equals("end"));
                yield !ended;
            }
        };
    }

    private boolean lets(Http who) {
        return patient(() -> who.get(project + "/leases")).status() == 200;
    }

    private boolean isHeld() {
        return server.scope()
                        .client(
                                story.client.id(),
                                tx -> tx.db()
                                        .sql("select count(*) from lease_end where lease = ?")
                                        .param(lease)
                                        .query(Integer.class)
                                        .single())
                == 0;
    }

    @Override
    public void close() throws Exception {
        stream.close();
    }
}
