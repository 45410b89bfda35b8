package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.etalon.server.app.TestDatabase;
import io.etalon.server.tenant.DatabaseServer;
import io.etalon.server.testing.Http.Answer;
import io.etalon.server.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Two server processes over one database and one data directory. People work through both; the one that has the queues is
 * killed, or paused for longer than it may be silent, and the other takes them over.
 */
final class TwoServersTest {
    private static final int PEOPLE = 6;
    private static final int TASKS = Faults.times(40, 400);
    private static final int REDUNDANCY = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DatabaseServer database;
    private final AtomicInteger acknowledged = new AtomicInteger();

    TwoServersTest() throws java.io.IOException {
        database = TestDatabase.fresh();
    }

    @Test
    void anotherServerTakesTheQueuesOverFromOneThatIsKilled() throws Exception {
        var data = TestServer.freshData();
        var slug = "killed-" + System.nanoTime() % 1_000_000_000L;
        // A lease whose grant was told to nobody comes back after this.
        var first = child(data, "8s", clientAndPeople(slug));
        var second = child(data, "8s");
        try {
            var job = new SmallJob(first.url(), slug, first.sessions())
                    .project(REDUNDANCY, 0)
                    .images(TASKS)
                    .plan();
            var through = List.of(job, job.at(second.url()));
            assertThat(through.get(1).as("requester").get(job.path()).status())
                    .as("a project made through one is seen through the other")
                    .isEqualTo(200);
            refusesAForgedEnvelope(through.get(1));
            NodesDoor.opensToServersOfThisInstallationAlone(addresses(), data);
            seesTheSameWorkThroughBoth(through);

            var took = new ConcurrentLinkedQueue<Long>();
            try (var threads = Executors.newFixedThreadPool(PEOPLE)) {
                var workers = new ArrayList<Future<?>>();
                for (var i = 0; i < PEOPLE; i++) {
                    var name = "worker-" + i;
                    // Those who work through the server that is killed go on through the other, as a proxy sends them.
                    workers.add(threads.submit(() -> work(through, name, took)));
                }
                Await.until("a quarter is done", PATIENCE, () -> acknowledged.get() > TASKS * REDUNDANCY / 4);
                first.kill();
                for (var worker : workers) {
                    worker.get();
                }
            }
            var longest = took.stream().mapToLong(nanos -> nanos).max().orElse(0);
            Faults.saw("kill -9 of the owner: nobody waited longer than " + TimeUnit.NANOSECONDS.toMillis(longest)
                    + " ms for an answer");
            assertThat(longest).isLessThan(Duration.ofSeconds(10).toNanos());
            check(slug, job);
            checkLog(slug);
        } finally {
            first.kill();
            second.kill();
        }
    }

    @Test
    void aServerThatWasPausedCannotCommitWhenItComesBack() throws Exception {
        assumeThat(Faults.whole())
                .as("it waits for the longest silence; it runs with ./etalon test faults")
                .isTrue();
        var data = TestServer.freshData();
        var slug = "paused-" + System.nanoTime() % 1_000_000_000L;
        var first = child(data, "15m", clientAndPeople(slug));
        var second = child(data, "15m");
        try {
            var job = new SmallJob(first.url(), slug, first.sessions())
                    .project(1, 0)
                    .images(4)
                    .plan();
            var other = job.at(second.url());
            var held = job.lease("worker-0").json();
            var submissions = submissions(slug);
            first.signal("STOP");
            var threads = Executors.newVirtualThreadPerTaskExecutor();
            try {
                // It reaches the paused server's socket and waits there.
                var late = threads.submit(() -> job.submit("worker-0", held, SmallJob.answer("late"), "late-1"));
                var began = System.nanoTime();
                var same = patient(() -> other.submit("worker-0", held, SmallJob.answer("in time"), "in-time-1"));
                var took = System.nanoTime() - began;
                assertThat(same.status()).as(same.body()).isEqualTo(201);
                Faults.saw("owner paused: taken over after " + TimeUnit.NANOSECONDS.toMillis(took) + " ms");
                assertThat(took).isLessThan(Duration.ofSeconds(20).toNanos());
                assertThat(submissions(slug)).isEqualTo(submissions + 1);
                first.signal("CONT");
                var answer = late.get(30, TimeUnit.SECONDS);
                // It is handed on to the new owner, which knows that the lease has ended, or refused for the moment.
                assertThat(answer.status()).as(answer.body()).isIn(409, 503);
                assertThat(submissions(slug)).as("nothing came of it").isEqualTo(submissions + 1);
                var next = patient(() -> job.lease("worker-1"));
                assertThat(next.status()).as("it hands requests on").isEqualTo(201);
            } finally {
                threads.shutdownNow();
            }
        } finally {
            first.signal("CONT");
            first.kill();
            second.kill();
        }
    }

    @Test
    void anotherServerTakesUpTheJobOfOneThatIsKilledAndNoneThatSomebodyStillHas() throws Exception {
        assumeThat(Faults.whole())
                .as("the second of two servers looks for jobs four times a minute; it runs with ./etalon test faults")
                .isTrue();
        var seed = Faults.seed();
        var data = TestServer.freshData();
        var slug = "job-" + System.nanoTime() % 1_000_000_000L;
        var first = child(data, "15m", slug);
        var second = child(data, "15m");
        var thread = Executors.newVirtualThreadPerTaskExecutor();
        try (var cell = cell(slug);
                var waiting = cell(slug)) {
            var cut = new SmallJob(first.url(), slug, first.sessions()).project(ImportTest.textProject());
            var calm = new SmallJob(first.url(), slug, first.sessions()).project(ImportTest.textProject());
            var half = halfDone(cell, cut, first, new Random(seed));
            // It gets the job's lock the moment that the first server's session ends, and so stands for another who
            // works.
            var lock = thread.submit(() -> {
                try (var statement = waiting.prepareStatement("select pg_advisory_lock(hashtextextended(?, 0))")) {
                    statement.setString(1, "etalon job import into " + KilledImportTest.project(cut));
                    return statement.execute();
                }
            });
            Await.until("the lock is asked for", PATIENCE, () -> waitsForALock(cell));
            first.kill();
            lock.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            // The control: whoever does the next job has looked at this one too, and left it.
            var there = calm.at(second.url());
            var next =
                    patient(() -> there.as("requester").upload(there.path() + "/imports?name=big.jsonl", half.file()));
            assertThat(next.status()).as(next.body()).isEqualTo(202);
            var undisturbed = ImportTest.ended(there, next.json().get("id").asString());
            assertThat(undisturbed.get("state").asString()).isEqualTo("done");
            assertThat(standing(cell, half.id())).isEqualTo("running 1");

            var began = System.nanoTime();
            waiting.close();
            Await.until(
                    "the job is taken up",
                    PATIENCE,
                    () -> !standing(cell, half.id()).equals("running 1"));
            Faults.saw("kill -9 of a job's server: another one took it up "
                    + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + " ms after its lock was free");
            var here = cut.at(second.url());
            var ended = ImportTest.ended(here, half.id());
            assertThat(ended.get("state").asString()).as(ended.toString()).isEqualTo("done");
            assertThat(ended.get("attempt").asInt()).isEqualTo(2);
            assertThat(KilledImportTest.outcome(cell, here, ended))
                    .as("as though nobody had died, seed %d", seed)
                    .isEqualTo(KilledImportTest.outcome(cell, there, undisturbed));
        } finally {
            thread.shutdownNow();
            first.kill();
            second.kill();
        }
    }

    /** An import that its server has begun, and the file. */
    private record HalfDone(String id, byte[] file) {}

    /** Stops a server in the middle of an import; where it was done with one before it was stopped, it gets a longer one. */
    private static HalfDone halfDone(Connection cell, SmallJob job, ChildServer owner, Random random) throws Exception {
        for (var lines = 30_000; lines < 10_000_000; lines *= 4) {
            var file = KilledImportTest.file(random, lines);
            var queued = job.as("requester").upload(job.path() + "/imports?name=big.jsonl", file);
            assertThat(queued.status()).as(queued.body()).isEqualTo(202);
            var id = queued.json().get("id").asString();
            Await.until(
                    "the import has begun", PATIENCE, () -> !standing(cell, id).startsWith("queued"));
            Await.until("it goes on", PATIENCE, () -> progressed(cell, id));
            owner.signal("STOP");
            Await.until("what it had sent is done", PATIENCE, () -> isQuiet(cell));
            if (standing(cell, id).equals("running 1")) {
                return new HalfDone(id, file);
            }
            owner.signal("CONT");
        }
        throw new AssertionError("no import lasted long enough to be cut off");
    }

    /** A job's state and attempt, as they are committed. */
    private static String standing(Connection cell, String job) {
        return asked(cell, "select state || ' ' || attempt from job where id = '" + job + "'");
    }

    private static boolean progressed(Connection cell, String job) {
        return asked(cell, "select done > 0 or state <> 'running' from job where id = '" + job + "'")
                .equals("t");
    }

    private static boolean isQuiet(Connection cell) {
        return asked(
                        cell,
                        "select count(*) = 1 from pg_stat_activity where state = 'active' and datname = current_database()")
                .equals("t");
    }

    private static boolean waitsForALock(Connection cell) {
        return asked(cell, "select count(*) > 0 from pg_locks where locktype = 'advisory' and not granted")
                .equals("t");
    }

    private static String asked(Connection cell, String sql) {
        try (var statement = cell.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    private ChildServer child(Path data, String lease, String... clientAndPeople) throws Exception {
        var url = "postgresql://" + database.user() + ":" + database.password() + "@" + database.host() + ":"
                + database.port() + "/" + database.maintenanceDatabase();
        return ChildServer.start(
                data, Faults.twoFreePorts(), Map.of(ChildServer.DATABASE, url, "etalon.lease", lease), clientAndPeople);
    }

    private static String[] clientAndPeople(String slug) {
        var arguments = new ArrayList<>(List.of(slug));
        for (var i = 0; i < PEOPLE; i++) {
            arguments.add("worker-" + i);
        }
        return arguments.toArray(String[]::new);
    }

    private List<String> addresses() throws Exception {
        try (var control = admin("etalon_control");
                var statement = control.createStatement();
                var rows = statement.executeQuery("select address from node")) {
            var addresses = new ArrayList<String>();
            while (rows.next()) {
                addresses.add(rows.getString(1));
            }
            return addresses;
        }
    }

    private static void refusesAForgedEnvelope(SmallJob job) {
        var forged = job.as("requester")
                .with("X-Etalon-Forwarded", "v1 a b 1 c 127.0.0.1 - AAAA")
                .get(job.path());
        assertThat(forged.status()).isEqualTo(403);
        assertThat(forged.code()).isEqualTo("envelope-refused");
    }

    private static void seesTheSameWorkThroughBoth(List<SmallJob> through) {
        var lists = through.stream()
                .map(job -> job.as("worker-0").get("/work").body())
                .toList();
        assertThat(lists.get(0)).contains("\"waiting\":" + TASKS).isEqualTo(lists.get(1));
    }

    private Void work(List<SmallJob> through, String name, ConcurrentLinkedQueue<Long> took) {
        var odd = Math.floorMod(name.hashCode(), 2);
        var turn = new AtomicInteger();
        var until = System.nanoTime() + PATIENCE.toNanos();
        Supplier<SmallJob> next = () -> through.get((odd + turn.getAndIncrement()) % 2);
        while (true) {
            var began = System.nanoTime();
            var lease = patient(() -> next.get().lease(name));
            if (lease.status() == 204) {
                if (acknowledged.get() >= TASKS * REDUNDANCY || System.nanoTime() > until) {
                    return null;
                }
                LockSupport.parkNanos(200_000_000);
                continue;
            }
            assertThat(lease.status()).as(lease.body()).isEqualTo(201);
            var key = name + "-" + turn.get();
            var handed = patient(() -> next.get().submit(name, lease.json(), SmallJob.answer(key), key));
            assertThat(handed.status()).as(handed.body()).isEqualTo(201);
            acknowledged.incrementAndGet();
            took.add(System.nanoTime() - began);
        }
    }

    /** Asks again, as a desk does, while nobody answers or the answer is to come back later. */
    private static Answer patient(Supplier<Answer> request) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                var answer = request.get();
                if (answer.status() != 503 && answer.status() != 429 || System.nanoTime() > until) {
                    return answer;
                }
            } catch (AssertionError e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void check(String slug, SmallJob job) throws Exception {
        try (var cell = cell(slug);
                var statement = cell.createStatement();
                var row = statement.executeQuery("""
                        select (select count(*) from submission),
                               (select count(*) from (select task, annotator, round from submission
                                                      group by 1, 2, 3 having count(*) > 1) twice),
                               (select count(*) from (select task from submission group by 1 having count(*) > 3) more)""")) {
            row.next();
            assertThat(row.getInt(1)).as("all tasks are done").isEqualTo(TASKS * REDUNDANCY);
            assertThat(row.getInt(2)).as("none twice by one").isZero();
            assertThat(row.getInt(3)).as("none too often").isZero();
        }
        assertThat(acknowledged.get()).isLessThanOrEqualTo(TASKS * REDUNDANCY);
        assertThat(job.path()).isNotEmpty();
    }

    /** Two servers wrote to the log and numbered its entries: each has one number, and none is missing. */
    private void checkLog(String slug) throws Exception {
        try (var cell = cell(slug);
                var statement = cell.createStatement()) {
            Await.until("all entries have numbers", PATIENCE, () -> unnumbered(statement) == 0);
            try (var row = statement.executeQuery("""
                    select count(*) - count(distinct batch), sum(width), max(first + width),
                           (select max(size) from audit_checkpoint)
                    from audit_run""")) {
                row.next();
                assertThat(row.getInt(1)).as("numbered twice").isZero();
                assertThat(row.getLong(2))
                        .as("no number is missing or given twice")
                        .isEqualTo(row.getLong(3));
                assertThat(row.getLong(4)).as("all stand below a signed head").isEqualTo(row.getLong(3));
            }
        }
    }

    private static int unnumbered(java.sql.Statement statement) {
        try (var row = statement.executeQuery(
                "select count(*) from audit_batch b where not exists (select from audit_run r where r.batch = b.id)")) {
            row.next();
            return row.getInt(1);
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    private int submissions(String slug) throws Exception {
        try (var cell = cell(slug);
                var statement = cell.createStatement();
                var row = statement.executeQuery("select count(*) from submission")) {
            row.next();
            return row.getInt(1);
        }
    }

    private Connection cell(String slug) throws Exception {
        try (var control = admin("etalon_control");
                var query = control.prepareStatement(
                        "select 'client_' || replace(id::text, '-', '') from client where slug = ?")) {
            query.setString(1, slug);
            try (var name = query.executeQuery()) {
                assertThat(name.next()).isTrue();
                return admin(name.getString(1));
            }
        }
    }

    private Connection admin(String name) throws Exception {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + name,
                database.user(),
                database.password());
    }
}
