package io.etalon.benchmarks.work;

import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.AuditTrail;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.OpenLease;
import io.etalon.server.work.engine.SealedAnswer;
import io.etalon.server.work.engine.WorkConfig;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * How many answers a second the dispatcher makes durable in process, beside the physical yardstick of the same run: JDBC
 * clients that insert one row of 300 bytes of JSON a commit ("ins32"). A pair is a claim and its submission, made as one
 * request: submit and get the next.
 *
 * <p>Arguments: seconds a measurement (default 6), tasks (default 200,000).
 */
public final class WorkBench {
    private static final int YARDSTICK_CLIENTS = 32;
    private static final String JSON = "{\"answers\":{\"fitness\":\"2\",\"light\":\"good\"},\"shapes\":["
            + "{\"attributes\":{},\"height\":41.5,\"id\":\"s1\",\"label\":\"coin\",\"type\":\"box\",\"width\":40,\"x\":12,\"y\":9},"
            + "{\"attributes\":{},\"height\":38.5,\"id\":\"s2\",\"label\":\"coin\",\"type\":\"box\",\"width\":37,\"x\":80,\"y\":77}]}";

    private final RunningServer server;
    private final ClientId client;
    private final int seconds;

    private WorkBench(RunningServer server, int seconds) throws SQLException {
        this.server = server;
        this.client = server.part(Clients.class).create("bench", "Bench").id();
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        var seconds = args.length > 0 ? Integer.parseInt(args[0]) : 6;
        var tasks = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
        var data = Files.createTempDirectory("etalon-bench-");
        try (var server = RunningServer.start(ServerConfig.local(data).onPorts(0, 0))) {
            var bench = new WorkBench(server, seconds);
            // The first seconds of a fresh process measure the compiler.
            bench.yardstick(2);
            bench.pairs(64, tasks, (tx, events) -> {});
            var before = bench.yardstick(seconds);
            var plain = bench.pairs(64, tasks, (tx, events) -> {});
            var wide = bench.pairs(256, tasks, (tx, events) -> {});
            var audited = bench.pairs(64, tasks, server.part(AuditLog.class)::appendAll);
            var yardstick = (before + bench.yardstick(seconds)) / 2;
            say("ins32", yardstick, yardstick);
            say("pairs, 64 annotators, without audit entries", plain, yardstick);
            say("pairs, 256 annotators, without audit entries", wide, yardstick);
            say("pairs, 64 annotators, with audit entries", audited, yardstick);
        }
    }

    private static void say(String what, double rate, double yardstick) {
        System.out.printf(Locale.ROOT, "%-46s %9.0f /s   ratio %.2f%n", what, rate, rate / yardstick);
    }

    /** Single-row inserts a second with a commit each. */
    private double yardstick(int forSeconds) throws Exception {
        try (var admin = admin();
                var statement = admin.createStatement()) {
            statement.execute(
                    "create table if not exists bench_row (id bigint generated always as identity primary key,"
                            + " payload jsonb not null)");
        }
        return rate(YARDSTICK_CLIENTS, forSeconds, Thread.ofPlatform().factory(), number -> {
            try {
                var connection = admin();
                var insert = connection.prepareStatement("insert into bench_row (payload) values (?::jsonb)");
                insert.setString(1, JSON);
                return new Step() {
                    @Override
                    public void run() throws SQLException {
                        insert.executeUpdate();
                    }

                    @Override
                    public void close() throws SQLException {
                        connection.close();
                    }
                };
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Connection admin() throws SQLException {
        try (var own = server.part(TenantScope.class).dedicated(client)) {
            var password = server.part(InstallationSecret.class).derive("database admin");
            return DriverManager.getConnection(
                    own.getMetaData().getURL(),
                    "etalon_admin",
                    Base64.getUrlEncoder().withoutPadding().encodeToString(password));
        }
    }

    /** Durable pairs a second: 64 people take turns on one project, three answers a task. */
    private double pairs(int people, int tasks, AuditTrail audit) throws Exception {
        var project = new ProjectId(UUID.randomUUID());
        var scope = server.part(TenantScope.class);
        scope.clientDo(
                client,
                tx -> tx.db()
                        .sql("""
                        insert into project (id, name, code_name, kind, template, state, redundancy, review_share,
                          default_rounds, licence, ontology_version, guideline_version, created_at)
                        values (?, 'B', ?, 'image', 'image-boxes', 'active', 3, 0, 1, '', 1, 1, now())""")
                        .params(project.value(), project.toString())
                        .update());
        var ground = new Dispatcher.Ground(
                scope, server.part(Ids.class), server.part(Clock.class), audit, WorkConfig.DEFAULT);
        try (var dispatcher = new Dispatcher(client, ground, id -> 3)) {
            dispatcher.plan(
                    project, Stream.generate(UUID::randomUUID).limit(tasks).toList(), 0, made -> made);
            return rate(
                    people, seconds, Thread.ofVirtual().factory(), number -> annotator(dispatcher, project, number));
        }
    }

    private static Step annotator(Dispatcher dispatcher, ProjectId project, int number) {
        var person = new PersonId(new UUID(9, number));
        var worker = new Dispatcher.Worker(person, "session", 1, new OpenLease.Versions(1, 1));
        var content = new SealedAnswer(JSON, null);
        return new Step() {
            private OpenLease lease =
                    Objects.requireNonNull(dispatcher.annotate(project, worker), "no task to begin with");
            private long count;

            @Override
            public void run() {
                var hash = ByteBuffer.allocate(32).putLong(++count).array();
                var outcome = dispatcher.submit(
                        project,
                        worker,
                        new Dispatcher.Ticket(lease.id(), lease.token),
                        new Dispatcher.Answered(9, 0, content),
                        new Dispatcher.KeyUse(project + " " + count, hash),
                        true);
                lease = dispatcher
                        .held(project, person, Objects.requireNonNull(outcome.nextLease()))
                        .orElseThrow();
            }

            @Override
            public void close() {}
        };
    }

    private interface Step extends AutoCloseable {
        void run() throws SQLException;

        @Override
        void close() throws SQLException;
    }

    /** Runs one step after the other on each thread until the time is over, and returns steps a second. */
    private static double rate(int threads, int forSeconds, ThreadFactory factory, IntFunction<Step> steps)
            throws InterruptedException {
        var done = new AtomicLong();
        var ready = new CountDownLatch(threads);
        var start = new CountDownLatch(1);
        var end = new CountDownLatch(threads);
        var limit = new AtomicLong(Long.MAX_VALUE);
        for (var i = 0; i < threads; i++) {
            var number = i;
            factory.newThread(() -> {
                        try (var step = steps.apply(number)) {
                            ready.countDown();
                            start.await();
                            var count = 0L;
                            while (System.nanoTime() < limit.get()) {
                                step.run();
                                count++;
                            }
                            done.addAndGet(count);
                        } catch (SQLException | InterruptedException e) {
                            throw new IllegalStateException(e);
                        } finally {
                            end.countDown();
                        }
                    })
                    .start();
        }
        ready.await();
        var begun = System.nanoTime();
        limit.set(begun + forSeconds * 1_000_000_000L);
        start.countDown();
        end.await();
        return done.get() / ((System.nanoTime() - begun) / 1e9);
    }
}
