package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.SetupLinks;
import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.testing.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * A process without a network: a server's first start and the main job through its HTTP address. With {@value #ESCAPE} it
 * does nothing but try to reach the world, as the control of what watches it.
 */
final class AirGapped {
    /** The first argument of a process that tries to get out. */
    static final String ESCAPE = "escape";

    /** The last line that a process prints which did all of it. */
    static final String DONE = "every function works without a network";

    private static final String PASSWORD = "a password that is long enough";

    private AirGapped() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals(ESCAPE)) {
            escape();
            return;
        }
        var data = Path.of(arguments[0]);
        var port = Faults.twoFreePorts();
        var config = ServerConfig.local(data).onPorts(port, port + 1);
        SmallJob job;
        try (var server = RunningServer.start(config)) {
            signIn(server);
            job = new SmallJob(server.url(), "island", SmallJob.people(SmallJob.parts(server), "island", "ann"));
            work(job.project(1, 1).images(2).plan());
        }
        try (var server = RunningServer.start(config)) {
            var again = job.at(server.url());
            export(again);
            release(again);
        }
        System.out.println(DONE);
        System.exit(0);
    }

    /** By the link of a first start, then by password. */
    private static void signIn(RunningServer server) {
        var link = server.part(SetupLinks.class).issueForFirstOperator().orElseThrow();
        var nobody = Http.at(server.url());
        var arrived = nobody.post("/session/link", Map.of("token", link.substring(link.lastIndexOf('/') + 1)));
        assertThat(arrived.status()).as(arrived.body()).isEqualTo(200);
        var operator = nobody.session(token(arrived));
        var named = operator.patch("/me", Map.of("name", "Odile", "email", "odile@island.example"));
        assertThat(named.status()).as(named.body()).isEqualTo(200);
        var set = operator.put("/me/password", Map.of("password", PASSWORD));
        assertThat(set.status()).as(set.body()).isEqualTo(204);
        var signedIn = nobody.post("/session", Map.of("email", "odile@island.example", "password", PASSWORD));
        assertThat(signedIn.status()).as(signedIn.body()).isEqualTo(200);
        assertThat(nobody.session(token(signedIn)).get("/clients").status()).isEqualTo(200);
    }

    private static String token(Http.Answer answer) {
        return answer.header("Set-Cookie").replaceAll("^etalon_session=([^;]*).*$", "$1");
    }

    private static void work(SmallJob job) {
        for (var i = 0; i < 2; i++) {
            var lease = job.lease("ann").json();
            var sent = job.submit(
                    "ann", lease, SmallJob.answer("n" + i), UUID.randomUUID().toString());
            assertThat(sent.status()).as(sent.body()).isEqualTo(201);
            var review = job.as("reviewer").post(job.path() + "/reviews", Map.of());
            assertThat(review.status()).as(review.body()).isEqualTo(201);
            var body = new LinkedHashMap<String, Object>();
            body.put("token", review.json().get("token"));
            body.put("decision", "accept");
            body.put("comments", List.of());
            body.put("next", false);
            var decided = job.as("reviewer")
                    .with("Idempotency-Key", UUID.randomUUID().toString())
                    .post(job.path() + "/reviews/" + review.json().get("id").asLong() + "/decision", body);
            assertThat(decided.status()).as(decided.body()).isEqualTo(201);
        }
    }

    private static void export(SmallJob job) {
        var queued = job.as("requester")
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post(job.path() + "/exports", Map.of());
        assertThat(queued.status()).as(queued.body()).isEqualTo(202);
        var id = queued.json().get("id").asString();
        settled(job, "/jobs/" + id, "queued", "running");
        var file = job.as("requester").get(job.path() + "/exports/" + id + "/file");
        assertThat(file.status()).as(file.body()).isEqualTo(200);
        assertThat(file.body()).contains("\"n0\"", "\"n1\"");
    }

    private static void release(SmallJob job) {
        var cut = job.as("requester").post(job.path() + "/releases", Map.of("method", "majority"));
        assertThat(cut.status()).as(cut.body()).isEqualTo(202);
        var number = cut.json().get("number").asInt();
        var release = settled(job, "/releases/" + number, "building");
        assertThat(release.get("state").asString()).as(release.toString()).isEqualTo("ready");
        var archive = job.as("requester").get(job.path() + "/releases/" + number + "/archive");
        assertThat(archive.status()).isEqualTo(200);
        assertThat(archive.raw().body()).startsWith('P', 'K');
    }

    private static JsonNode settled(SmallJob job, String path, String... unfinished) {
        var deadline = System.nanoTime() + 120_000_000_000L;
        var seen = job.as("requester").get(job.path() + path).json();
        while (List.of(unfinished).contains(seen.path("state").asString()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
            seen = job.as("requester").get(job.path() + path).json();
        }
        return seen;
    }

    /** By number and by name: neither is to come through, and both are to be seen. */
    private static void escape() throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("192.0.2.1", 443), 2_000);
            throw new IllegalStateException("the world was reached");
        } catch (IOException e) {
            System.out.println("refused by number: " + e.getMessage());
        }
        try {
            System.out.println("told a name: " + InetAddress.getByName("example.org"));
        } catch (IOException e) {
            System.out.println("refused by name: " + e.getMessage());
        }
    }
}
