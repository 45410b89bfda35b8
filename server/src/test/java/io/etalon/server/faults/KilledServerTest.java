package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.feed.Listening;
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
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The process is killed (SIGKILL) while eight people hand their work in, and the database with it. A start takes most of
 * the time, so that one kill is usual; {@code -Detalon.kills=20} kills as often as that, with work to match, and every
 * second time leaves the database to be found by the next process.
 */
final class KilledServerTest {
    private static final int PEOPLE = 8;
    private static final int KILLS = Integer.getInteger("etalon.kills", 1);
    private static final int TASKS = 4 * KILLS;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
            var follower = new Follower(child.url(), job);
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
                if (kill % 2 == 1) {
                    postgres.kill();
                }
                child = ChildServer.start(data, port);
            }
            for (var worker : workers) {
                worker.get();
            }
            assertThat(retries).as("the kills were felt, seed %d", seed).hasPositiveValue();
            Await.until(
                    "the events told of all work, those of the kills too, seed " + seed,
                    Duration.ofSeconds(30),
                    () -> follower.submissions() >= PEOPLE * TASKS);
            follower.end();
            assertThat(follower.submissions()).as("each once, seed %d", seed).isEqualTo(PEOPLE * TASKS);
            assertThat(follower.repeated)
                    .as("a follower who resumes hears nothing twice")
                    .hasValue(0);
            check(data, job, seed);
        } finally {
            child.kill();
            Postmaster.killOrphan(data);
        }
    }

    /** A screen that follows the project and comes back after each kill with the last event that it heard. */
    private static final class Follower implements Runnable {
        private final String url;
        private final SmallJob job;
        private final Map<String, Long> told = new ConcurrentHashMap<>();
        private final AtomicInteger repeated = new AtomicInteger();
        private volatile @Nullable String last;
        private volatile boolean ended;

        Follower(String url, SmallJob job) {
            this.url = url;
            this.job = job;
            Thread.ofVirtual().start(this);
            Await.until("the follower hears", Duration.ofSeconds(20), () -> last != null);
        }

        @Override
        public void run() {
            while (!ended) {
                try (var stream = Listening.at(url, job.cookie("requester"), job.path() + "/events", last)) {
                    for (var heard = stream.next(); !heard.name().equals("end"); heard = stream.next()) {
                        hear(heard);
                    }
                } catch (Exception | AssertionError e) {
                    // Nobody answers, or nothing happens: it comes back.
                    LockSupport.parkNanos(50_000_000);
                }
            }
        }

        private void hear(Listening.Heard heard) {
            last = heard.id();
            if (heard.name().equals("work.done")) {
                var count = heard.data().replaceAll(".*\"submissions\": ?(\\d+).*", "$1");
                var submissions = count.equals(heard.data()) ? 0 : Long.parseLong(count);
                if (told.putIfAbsent(heard.id(), submissions) != null) {
                    repeated.incrementAndGet();
                }
            }
        }

        long submissions() {
            return told.values().stream().mapToLong(Long::longValue).sum();
        }

        void end() {
            ended = true;
        }
    }

    private void check(Path data, SmallJob job, long seed) throws Exception {
        var sent = List.copyOf(acknowledged);
        var rows = rows(job);
        assertThat(faults(sent, rows)).as("seed %d", seed).isEmpty();
        assertThat(rows.size()).as("all work is done, seed %d", seed).isEqualTo(PEOPLE * TASKS);

        // The controls: the same look at a database in which a row stands twice, and from which one was really taken.
        var one = rows.get(new Random(seed).nextInt(rows.size()));
        var doubled = new ArrayList<>(rows);
        doubled.add(new Row(-1, one.task(), one.annotator(), one.note()));
        assertThat(faults(sent, doubled))
                .contains("not acknowledged -1", "doubled " + one.task() + " " + one.annotator());
        deleteForReal(data, one.id());
        assertThat(faults(sent, rows(job))).containsExactly("lost " + one.id());
    }

    /** Works until nothing is left, and takes up the leases whose grant was cut off before it was told. */
    private void work(SmallJob job, String name) {
        JsonNode open;
        do {
            for (var lease = lease(job, name); lease != null; lease = lease(job, name)) {
                hand(job, name, lease);
            }
            open = untilAnswered(() -> job.as(name).get(job.path() + "/leases"))
                    .json()
                    .get("items");
            open.forEach(lease -> hand(job, name, lease));
        } while (!open.isEmpty());
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
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
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
        throw new AssertionError("no answer within " + PATIENCE);
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
    private static List<Row> rows(SmallJob job) {
        var requester = job.as("requester");
        var rows = new ArrayList<Row>();
        for (var task : requester.get(job.path() + "/tasks?limit=200").json().get("items")) {
            var detail = requester
                    .get(job.path() + "/tasks/" + task.get("id").asLong())
                    .json();
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

    private static void deleteForReal(Path data, long id) throws Exception {
        var postgres = Postmaster.of(data);
        String database;
        try (var control = postgres.admin(data, "etalon_control");
                var query = control.createStatement();
                var name = query.executeQuery("select 'client_' || replace(id::text, '-', '') from client")) {
            assertThat(name.next()).isTrue();
            database = name.getString(1);
        }
        try (var cell = postgres.admin(data, database);
                var delete = cell.prepareStatement("delete from submission where id = ?")) {
            delete.setLong(1, id);
            assertThat(delete.executeUpdate()).isEqualTo(1);
        }
    }

    static int twoFreePorts() throws IOException {
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
