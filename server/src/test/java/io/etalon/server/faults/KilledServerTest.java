package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.etalon.server.app.TestDatabase;
import io.etalon.server.testing.Http.Answer;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The process is killed (SIGKILL) while people hand their work in, and the database with it. The whole form goes on until a
 * thousand submissions were cut off from their replies, with the database killed every fifth time and left every other
 * time to be found by the next process.
 */
final class KilledServerTest {
    private static final int PEOPLE = Faults.times(8, 24);
    private static final int TASKS = Faults.times(8, 400);
    private static final int AMBIGUOUS = Faults.times(1, 1_000);
    private static final int POSTMASTER_EVERY = Faults.times(1, 5);
    private static final int BETWEEN_KILLS = Faults.times(8, 40);
    private static final int MOST_KILLS = 150;
    private static final int MOST_CONTROL_KILLS = 10;
    private static final Duration PATIENCE = Faults.patience();

    /** A submission as its sender knows it: what the server acknowledged. */
    private record Acknowledged(long id, long task, String note) {}

    /** A submission as it stands in the database. */
    private record Row(long id, long task, String annotator, String note) {}

    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    /** Submissions whose sender got no reply. */
    private final AtomicInteger ambiguous = new AtomicInteger();

    @Test
    void losesNoAcknowledgedSubmissionAndDoublesNone() throws Exception {
        var seed = Faults.seed();
        var random = new Random(seed);
        var data = TestServer.freshData();
        var port = Faults.twoFreePorts();
        var child = ChildServer.start(data, port, clientAndPeople());
        var threads = Executors.newFixedThreadPool(PEOPLE);
        try {
            var job = new SmallJob(child.url(), "killed", child.sessions())
                    .project(PEOPLE, 0)
                    .images(TASKS)
                    .plan();
            var follower = new Follower(child.url(), job);
            var workers = work(threads, job);
            var kills = 0;
            while (ambiguous.get() < AMBIGUOUS && kills < MOST_KILLS) {
                var goal = acknowledged.size() + BETWEEN_KILLS;
                goOn(workers, () -> acknowledged.size() >= goal || acknowledged.size() == PEOPLE * TASKS);
                assertThat(acknowledged.size()).as("work is left to be cut off").isLessThan(PEOPLE * TASKS);
                LockSupport.parkNanos(random.nextLong(30_000_000));
                var postgres = Postmaster.of(data);
                child.kill();
                if (++kills % POSTMASTER_EVERY == 0) {
                    postgres.kill();
                }
                child = ChildServer.start(data, port);
            }
            for (var worker : workers) {
                worker.get();
            }
            Faults.saw(kills + " kills, " + ambiguous + " ambiguous submissions, " + acknowledged.size()
                    + " acknowledged, seed " + seed);
            assertThat(ambiguous.get()).as("submissions cut off, seed %d", seed).isGreaterThanOrEqualTo(AMBIGUOUS);
            Await.until(
                    "the events told of all work, that of the kills too, seed " + seed,
                    PATIENCE,
                    () -> follower.submissions() >= PEOPLE * TASKS);
            follower.end();
            assertThat(follower.submissions()).as("each once, seed %d", seed).isEqualTo(PEOPLE * TASKS);
            assertThat(follower.repeated())
                    .as("who resumes hears nothing twice")
                    .isZero();
            check(data, job, seed);
        } finally {
            threads.shutdownNow();
            child.kill();
            Postmaster.killOrphan(data);
        }
    }

    /** Waits while people work; what stopped one of them is told instead of the silence that follows. */
    private static void goOn(List<Future<?>> workers, BooleanSupplier enough) {
        Await.until("work goes on", PATIENCE, () -> {
            for (var worker : workers) {
                if (worker.state() == Future.State.FAILED) {
                    throw new AssertionError("somebody cannot work on", worker.exceptionNow());
                }
            }
            return enough.getAsBoolean();
        });
    }

    private void check(Path data, SmallJob job, long seed) throws Exception {
        var sent = List.copyOf(acknowledged);
        var rows = rows(job);
        assertThat(faults(sent, rows)).as("seed %d", seed).isEmpty();
        assertThat(rows.size()).as("all work is done, seed %d", seed).isEqualTo(PEOPLE * TASKS);
        try (var cell = Cells.only(data)) {
            assertThat(Cells.checkIndexes(cell)).isGreaterThan(50);
        }

        // The controls: the same look at a database in which a row stands twice, and from which one was really taken.
        var one = rows.get(new Random(seed).nextInt(rows.size()));
        var doubled = new ArrayList<>(rows);
        doubled.add(new Row(-1, one.task(), one.annotator(), one.note()));
        assertThat(faults(sent, doubled))
                .contains("not acknowledged -1", "doubled " + one.task() + " " + one.annotator());
        try (var cell = Cells.only(data);
                var delete = cell.prepareStatement("delete from submission where id = ?")) {
            delete.setLong(1, one.id());
            assertThat(delete.executeUpdate()).isEqualTo(1);
        }
        assertThat(faults(sent, rows(job))).containsExactly("lost " + one.id());
    }

    /**
     * The control of the whole experiment: with a database whose commits do not wait for its disk, the same look finds
     * losses. The settings of the server itself stand on its command line, which no file outdoes; what is set for the roles
     * that do the work outdoes them.
     */
    @Test
    void losesAnswersWhereSomebodyTurnedTheDatabasesCommitsOffAndRefusesToStartThere() throws Exception {
        assumeThat(Faults.whole())
                .as("a control of several kills; it runs with ./etalon test faults")
                .isTrue();
        var data = TestServer.freshData();
        var port = Faults.twoFreePorts();
        var child = ChildServer.start(data, port, clientAndPeople());
        var threads = Executors.newFixedThreadPool(PEOPLE);
        try {
            var job = new SmallJob(child.url(), "killed", child.sessions())
                    .project(PEOPLE, 0)
                    .images(TASKS)
                    .plan();
            var workers = work(threads, job);
            var lost = 0;
            var kills = 0;
            while (kills < MOST_CONTROL_KILLS && lost == 0) {
                sabotage(data);
                var goal = acknowledged.size() + 200;
                Await.until("work goes on", PATIENCE, () -> acknowledged.size() >= goal);
                var postgres = Postmaster.of(data);
                postgres.kill();
                child.kill();
                kills++;
                var sent = List.copyOf(acknowledged);
                assertThat(refuses(data, port)).contains("would lose acknowledged answers");
                mend(data);
                child = ChildServer.start(data, port);
                lost = (int) faults(sent, rows(job)).stream()
                        .filter(fault -> !fault.startsWith("not acknowledged"))
                        .count();
                Faults.saw("without synchronous commits: " + lost + " of " + sent.size()
                        + " acknowledged submissions lost at kill " + kills);
            }
            workers.forEach(worker -> worker.cancel(true));
            assertThat(lost).isPositive();
        } finally {
            threads.shutdownNow();
            child.kill();
            Postmaster.killOrphan(data);
        }
    }

    /** The sessions that are open keep what they were opened with, so they are ended; the server opens others. */
    private static void sabotage(Path data) throws Exception {
        try (var admin = Postmaster.of(data).admin(data, "etalon_control");
                var statement = admin.createStatement()) {
            statement.execute("alter system set wal_writer_delay = '10s'");
            statement.execute("alter system set wal_writer_flush_after = '1GB'");
            statement.execute("select pg_reload_conf()");
            for (var role : roles(statement)) {
                statement.execute("alter role " + role + " set synchronous_commit = off");
            }
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user");
        }
    }

    private static List<String> roles(Statement statement) throws SQLException {
        var roles = new ArrayList<String>();
        try (var rows =
                statement.executeQuery("select quote_ident(rolname) from pg_roles where rolname like 'client\\_%'"
                        + " or rolname in ('etalon_control', 'etalon_vault')")) {
            while (rows.next()) {
                roles.add(rows.getString(1));
            }
        }
        return roles;
    }

    private static String refuses(Path data, int port) throws Exception {
        try {
            ChildServer.start(data, port).kill();
            return "it started";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void mend(Path data) throws Exception {
        TestDatabase.mend(data, """
                do $$
                declare one record;
                begin
                  for one in select rolname from pg_roles r join pg_db_role_setting s on s.setrole = r.oid loop
                    execute format('alter role %I reset synchronous_commit', one.rolname);
                  end loop;
                end $$""", "alter system reset all");
    }

    private static String[] clientAndPeople() {
        var arguments = new ArrayList<>(List.of("killed"));
        for (var i = 0; i < PEOPLE; i++) {
            arguments.add("worker-" + i);
        }
        return arguments.toArray(String[]::new);
    }

    private List<Future<?>> work(ExecutorService threads, SmallJob job) {
        var workers = new ArrayList<Future<?>>();
        for (var i = 0; i < PEOPLE; i++) {
            var name = "worker-" + i;
            workers.add(threads.submit(() -> work(job, name)));
        }
        return workers;
    }

    /** Works until nothing is left, and takes up the leases whose grant was cut off before it was told. */
    private void work(SmallJob job, String name) {
        JsonNode open;
        do {
            var lease = untilAnswered(() -> job.lease(name), new AtomicInteger());
            // Whoever holds three leases that he does not know of is told to take those up first.
            assertThat(lease.status()).as(lease.body()).isIn(201, 204, 409);
            var next = lease.status() == 201 ? lease.json() : null;
            while (next != null) {
                next = hand(job, name, next);
            }
            open = untilAnswered(() -> job.as(name).get(job.path() + "/leases"), new AtomicInteger())
                    .json()
                    .get("items");
            open.forEach(one -> hand(job, name, one));
        } while (!open.isEmpty());
    }

    /** What was not acknowledged is sent again, under the same key, until it is. Gives the lease that came with the reply. */
    private @Nullable JsonNode hand(SmallJob job, String name, JsonNode lease) {
        var key = UUID.randomUUID().toString();
        var note = name + " on " + key;
        var done = untilAnswered(() -> job.submitAndNext(name, lease, SmallJob.answer(note), key), ambiguous);
        assertThat(done.status()).as(done.body()).isEqualTo(201);
        acknowledged.add(new Acknowledged(
                done.json().at("/submission/id").asLong(), lease.at("/task/id").asLong(), note));
        var next = done.json().get("next");
        return next == null || next.isNull() ? null : next;
    }

    /** Sends until something but "not now" comes back, as every client has to; counts once when a reply was cut off. */
    private Answer untilAnswered(Supplier<Answer> send, AtomicInteger cutOff) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var cut = false;
        while (System.nanoTime() < deadline) {
            try {
                var answer = send.get();
                if (answer.status() != 503 && answer.status() != 429) {
                    return answer;
                }
            } catch (AssertionError e) {
                if (!(e.getCause() instanceof IOException)) {
                    throw e;
                }
                // Only a connection that stood may have carried the request; later tries find nobody listening.
                if (!cut && !(e.getCause() instanceof java.net.ConnectException)) {
                    cutOff.incrementAndGet();
                    cut = true;
                }
            }
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
        var rows = new ArrayList<Row>();
        for (var task : job.tasks()) {
            for (var one : job.shown(job.path() + "/tasks/" + task).json().get("submissionList")) {
                rows.add(new Row(
                        one.get("id").asLong(),
                        one.get("task").asLong(),
                        one.get("annotator").asString(),
                        one.at("/answer/answers/note").asString()));
            }
        }
        return rows;
    }
}
