package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.People;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Http.Answer;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The process is killed (SIGKILL) again and again while eight people hand their work in. */
final class KilledServerTest {
    private static final int PEOPLE = 8;
    private static final int TASKS = 12;
    private static final int KILLS = 2;

    /** A submission as its sender knows it: what the server acknowledged. */
    private record Acknowledged(long id, long task, String note) {}

    /** A submission as it stands in the database. */
    private record Row(long id, long task, String annotator, String note) {}

    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger retries = new AtomicInteger();

    @Test
    void losesNoAcknowledgedSubmissionAndDoublesNone() throws Exception {
        var seed = Long.getLong("etalon.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var data = TestServer.freshData();
        var port = twoFreePorts();
        var names = new ArrayList<String>();
        for (var i = 0; i < PEOPLE; i++) {
            names.add("worker-" + i);
        }
        var arguments = new ArrayList<>(List.of("killed"));
        arguments.addAll(names);
        var child = ChildServer.start(data, port, arguments.toArray(String[]::new));
        try (var threads = Executors.newFixedThreadPool(PEOPLE)) {
            var job = new SmallJob(child.url(), "killed", child.sessions())
                    .project(PEOPLE, 0)
                    .images(TASKS)
                    .plan();
            var workers = new ArrayList<Future<?>>();
            for (var name : names) {
                workers.add(threads.submit(() -> work(job, name)));
            }
            for (var kill = 1; kill <= KILLS; kill++) {
                var goal = Math.min(PEOPLE * TASKS * kill / (KILLS + 1), PEOPLE * TASKS - PEOPLE);
                Await.until("work goes on", Duration.ofSeconds(60), () -> acknowledged.size() >= goal);
                LockSupport.parkNanos(random.nextLong(30_000_000));
                var postgres = Postmaster.of(data);
                child.kill();
                if (kill % 2 == 0) {
                    postgres.kill();
                }
                child = ChildServer.start(data, port);
            }
            for (var worker : workers) {
                worker.get();
            }
        } finally {
            child.kill();
        }
        assertThat(retries).as("the kills were felt, seed %d", seed).hasPositiveValue();
        check(data, seed);
    }

    private void check(Path data, long seed) throws Exception {
        try (var server = TestServer.over(data)) {
            var rows = rows(server);
            assertThat(faults(List.copyOf(acknowledged), rows))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(rows.size()).as("all work is done, seed %d", seed).isEqualTo(PEOPLE * TASKS);

            // The control: the same look at a database from which one row was taken, or in which one stands twice.
            var lost = new ArrayList<>(rows);
            var gone = lost.remove(new Random(seed).nextInt(lost.size()));
            assertThat(faults(List.copyOf(acknowledged), lost)).containsExactly("lost " + gone.id());
            var doubled = new ArrayList<>(rows);
            doubled.add(new Row(-1, gone.task(), gone.annotator(), gone.note()));
            assertThat(faults(List.copyOf(acknowledged), doubled))
                    .contains("not acknowledged -1", "doubled " + gone.task() + " " + gone.annotator());
            deleteForReal(data, server, gone.id());
            assertThat(faults(List.copyOf(acknowledged), rows(server))).containsExactly("lost " + gone.id());
        }
    }

    /** Works until nothing is left, then takes up the leases whose grant was cut off before it was told. */
    private void work(SmallJob job, String name) {
        for (var lease = lease(job, name); lease != null; lease = lease(job, name)) {
            hand(job, name, lease);
        }
        var open = untilAnswered(() -> job.as(name).get(job.path() + "/leases"));
        for (var lease : open.json().get("items")) {
            hand(job, name, lease);
        }
    }

    private @Nullable JsonNode lease(SmallJob job, String name) {
        var lease = untilAnswered(() -> job.lease(name));
        // Whoever holds three leases that he does not know of is told to take those up first.
        if (lease.status() == 204 || lease.status() == 409) {
            return null;
        }
        assertThat(lease.status()).as(lease.body()).isEqualTo(201);
        return lease.json();
    }

    /** What was not acknowledged is sent again, under the same key, until it is. */
    private void hand(SmallJob job, String name, JsonNode lease) {
        var key = UUID.randomUUID().toString();
        var note = name + " on " + key;
        var done = untilAnswered(() -> job.submit(name, lease, SmallJob.answer(note), key));
        assertThat(done.status()).as(done.body()).isEqualTo(201);
        acknowledged.add(new Acknowledged(
                done.json().at("/submission/id").asLong(), lease.at("/task/id").asLong(), note));
    }

    /** Sends until something but "not now" comes back, as every client has to. */
    private Answer untilAnswered(Supplier<Answer> send) {
        while (true) {
            try {
                var answer = send.get();
                if (answer.status() != 503) {
                    return answer;
                }
            } catch (AssertionError e) {
                if (!(e.getCause() instanceof IOException)) {
                    throw e;
                }
            }
            retries.incrementAndGet();
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static List<String> faults(List<Acknowledged> sent, List<Row> rows) {
        var faults = new ArrayList<String>();
        var byId = new HashMap<Long, Row>();
        var seen = new HashSet<String>();
        for (var row : rows) {
            byId.put(row.id(), row);
            if (!seen.add(row.task() + " " + row.annotator())) {
                faults.add("doubled " + row.task() + " " + row.annotator());
            }
        }
        for (var one : sent) {
            var row = byId.remove(one.id());
            if (row == null) {
                faults.add("lost " + one.id());
            } else if (row.task() != one.task() || !row.note().equals(one.note())) {
                faults.add("another answer " + one.id());
            }
        }
        byId.keySet().forEach(id -> faults.add("not acknowledged " + id));
        return faults;
    }

    /** All submissions as the requester is shown them, so that the sealed texts are compared too. */
    private static List<Row> rows(TestServer server) throws Exception {
        var client = server.clients().find("killed").orElseThrow();
        var requester = server.part(People.class)
                .findByEmail("requester-killed@faults.example")
                .orElseThrow();
        var http = Http.as(server, requester.id());
        var project = "/clients/" + client.slug() + "/projects/"
                + http.get("/clients/killed/projects").json().at("/items/0/id").asString();
        var rows = new ArrayList<Row>();
        for (var task : http.get(project + "/tasks?limit=200").json().get("items")) {
            var detail = http.get(project + "/tasks/" + task.get("id").asLong()).json();
            for (var one : detail.get("submissionList")) {
                rows.add(new Row(
                        one.get("id").asLong(),
                        one.get("task").asLong(),
                        one.get("annotator").asString(),
                        one.at("/answer/answers/note").asString()));
            }
        }
        return rows;
    }

    private static void deleteForReal(Path data, TestServer server, long id) throws Exception {
        var client = server.clients().find("killed").orElseThrow().id();
        var database = "client_" + client.value().toString().replace("-", "");
        try (var admin = Postmaster.of(data).admin(data, database);
                var delete = admin.prepareStatement("delete from submission where id = ?")) {
            delete.setLong(1, id);
            assertThat(delete.executeUpdate()).isEqualTo(1);
        }
    }

    private static int twoFreePorts() throws IOException {
        while (true) {
            try (var first = new ServerSocket(0)) {
                var port = first.getLocalPort();
                if (port < 65_535) {
                    try (var second = new ServerSocket(port + 1)) {
                        return second.getLocalPort() - 1;
                    } catch (IOException e) {
                        // Taken; another pair is looked for.
                    }
                }
            }
        }
    }
}
