package io.etalon.benchmarks.work;

import io.etalon.benchmarks.Benchmark;
import io.etalon.benchmarks.Goal;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.OpenLease;
import io.etalon.server.work.engine.SealedAnswer;
import io.etalon.server.work.engine.WorkQueue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The work engine against the physical yardstick of the same run: 32 JDBC clients that insert one row of 300 bytes of JSON
 * a commit ("ins32"). A pair is a claim and its submission, made as one request: hand in and get the next. Import and
 * export have a benchmark of their own.
 */
public final class WorkBench implements Benchmark {
    private static final int YARDSTICK_CLIENTS = 32;
    /** Seconds; the quick form has three minutes in all. */
    private static final int MOST_WARM_UP = 60;

    private final List<Goal> goals = new ArrayList<>();
    private double yardstick;

    @Override
    public String name() {
        return "work";
    }

    @Override
    public List<Goal> run(Options options) {
        try (var cell = new Cell()) {
            var seconds = options.quick() ? 4 : 20;
            warmUp(cell);
            inProcess(cell, options, seconds);
            overHttp(cell, options, seconds);
            add(exact(cell));
            return List.copyOf(goals);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("the work engine could not be measured", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    /** The first seconds of a fresh process measure the compiler. */
    private void warmUp(Cell cell) throws SQLException {
        yardstick = ins32(cell, 3);
        try (var dispatcher =
                cell.dispatcher((tx, acts) -> List.of(cell.part(AuditLog.class).rows(tx, acts)))) {
            pairs(dispatcher, cell.project(50_000), 256, 4);
        }
    }

    private void inProcess(Cell cell, Options options, int seconds) throws SQLException {
        var many = options.quick() ? 200_000 : 10_000_000;
        double small;
        try (var run = new Run(cell, 10_000, seconds)) {
            small = run.rate(64);
        }
        if (!options.quick()) {
            try (var run = new Run(cell, 1_000_000, seconds)) {
                wide(run);
            }
        }
        try (var run = new Run(cell, many, seconds)) {
            wide(run);
            var again = run.rate(64);
            add(Goal.ofRate("pairs at " + many + " tasks against 10,000, 64 annotators", "pairs/s", again, small, 0.9));
            withSnapshotHeld(run, again);
        }
        try (var run = new Run(cell, 200_000, seconds)) {
            // Two wait for each commit, so that they do little in a second.
            var decay =
                    pairs(run.dispatcher, run.project, 2, Math.max(8, seconds)).decay();
            add(Goal.ofRate("two annotators at r = 3: the second half of the time", "of the first", decay, 1, 0.9));
        }
        opened(cell, many);
    }

    private void withSnapshotHeld(Run run, double without) throws SQLException {
        try (var admin = run.cell.admin();
                var statement = admin.createStatement()) {
            admin.setAutoCommit(false);
            admin.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("select count(*) from project");
            add(Goal.ofRate("pairs with a snapshot held, 64 annotators", "pairs/s", run.rate(64), without, 0.9));
        }
    }

    private void wide(Run run) {
        measuredYardstick(run.cell);
        var name = "pairs in process, " + run.tasks + " tasks, ";
        add(Goal.ofRate(name + "64 annotators", "pairs/s", run.rate(64), yardstick, 1.2));
        add(Goal.ofRate(name + "256 annotators", "pairs/s", run.rate(256), yardstick, 2));
    }

    /** Tells at once what was measured: the whole takes minutes, and may break off. */
    private void add(Goal goal) {
        System.err.printf(
                Locale.ROOT, "%s: %.3g %s, ratio %.2f%n", goal.name(), goal.measured(), goal.unit(), goal.ratio());
        goals.add(goal);
    }

    private void measuredYardstick(Cell cell) {
        yardstick = ins32(cell, 5);
    }

    /** One project in the hands of a dispatcher, without audit entries: those are measured over HTTP. */
    private static final class Run implements AutoCloseable {
        final Cell cell;
        final int tasks;
        final int seconds;
        final ProjectId project;
        final Dispatcher dispatcher;

        Run(Cell cell, int tasks, int seconds) throws SQLException {
            this.cell = cell;
            this.tasks = tasks;
            this.seconds = seconds;
            this.project = cell.project(tasks);
            this.dispatcher = cell.dispatcher((tx, events) -> List.of());
        }

        double rate(int people) {
            return pairs(dispatcher, project, people, seconds).rate();
        }

        @Override
        public void close() {
            dispatcher.close();
        }
    }

    /** How long a queue takes to come back, and what it weighs. */
    private void opened(Cell cell, int tasks) throws SQLException {
        var project = cell.project(tasks);
        try (var dispatcher = cell.dispatcher((tx, events) -> List.of())) {
            var before = heap();
            var begun = System.nanoTime();
            dispatcher.with(project, WorkQueue::counts);
            var seconds = (System.nanoTime() - begun) / 1e9;
            add(Goal.ofCost("rebuild, " + tasks + " tasks", "s a million tasks", seconds / tasks * 1e6, 1, 1));
            var bytes = (heap() - before) / (double) tasks;
            add(Goal.ofCost("memory of a waiting task at r = 3", "bytes", bytes, 40, 1));
            dispatcher.with(project, WorkQueue::counts);
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void overHttp(Cell cell, Options options, int seconds)
            throws IOException, SQLException, InterruptedException {
        var tokens = cell.people(256);
        var sessions = Files.createTempFile("etalon-bench-", ".sessions");
        try {
            Files.write(sessions, tokens);
            for (var tasks : options.quick() ? List.of(200_000) : List.of(10_000, 1_000_000, 10_000_000)) {
                var project = cell.project(tokens.getLast(), tasks);
                // Rows came in behind the queue's back.
                cell.restart();
                try (var crowd = new Crowd(cell.url(), sessions)) {
                    new Desks(cell, project, crowd, seconds).measure(tasks);
                }
            }
        } finally {
            Files.delete(sessions);
        }
    }

    /** People who work on one project over HTTP, each request with session, walls and audit entries. */
    private final class Desks {
        private final Cell cell;
        private final ProjectId project;
        private final Crowd crowd;
        private final int seconds;

        Desks(Cell cell, ProjectId project, Crowd crowd, int seconds) {
            this.cell = cell;
            this.project = project;
            this.crowd = crowd;
            this.seconds = seconds;
        }

        void measure(int tasks) throws IOException {
            var path = Cell.path(project);
            crowd.warmUp(path, 256, MOST_WARM_UP);
            measuredYardstick(cell);
            var at64 = load(path, 64, 0).rate();
            var suffix = ", " + tasks + " tasks";
            add(Goal.ofRate("pairs over HTTP, 64 connections" + suffix, "pairs/s", at64, yardstick, 0.5));
            var at256 = load(path, 256, 0).rate();
            add(Goal.ofRate("pairs over HTTP, 256 connections" + suffix, "pairs/s", at256, yardstick, 0.7));
            var calm = load(path, 64, at64 / 2);
            add(Goal.ofCost("next task at half the load, p99" + suffix, "ms", calm.p99(), 100, 1));
            for (var filter : List.of("", "&state=open", "&state=done")) {
                var page = crowd.load(path + "/tasks?limit=50" + filter, 1, 2, 50);
                add(Goal.ofCost(
                        "page of tasks" + filter.replace('&', ' ') + ", p99" + suffix, "ms", page.p99(), 200, 1));
            }
        }

        /** What it costs is told beside it: server, database and people share the processors. */
        private Crowd.Told load(String path, int connections, double rate) throws IOException {
            var before = Processors.now();
            var told = crowd.load(path, connections, seconds, rate);
            var cost = Processors.now().since(before, told.rate() * seconds);
            System.err.printf(
                    Locale.ROOT,
                    "processor a request at %d connections: server %.0f, database %.0f, people %.0f microseconds%n",
                    connections,
                    cost.server(),
                    cost.database(),
                    told.processor() / (told.rate() * seconds) * 1e6);
            return told;
        }
    }

    /** That no task has more answers than it needs, and nobody answered one twice. */
    private static Goal exact(Cell cell) throws SQLException {
        var wrong = cell.count("""
                select count(*) from (
                  select task from submission group by task having count(*) > 3 or count(distinct annotator) < count(*)) t""");
        return new Goal(
                "tasks with an answer too many, or two of one person", "tasks", wrong, 0, wrong == 0 ? 1 : 0, 1);
    }

    /** Single-row inserts a second with a commit each. */
    static double ins32(Cell cell, int seconds) {
        return Load.of(YARDSTICK_CLIENTS, seconds)
                .run(Thread.ofPlatform().factory(), number -> {
                    try {
                        var connection = cell.admin();
                        var insert = connection.prepareStatement("insert into bench_row (payload) values (?::jsonb)");
                        insert.setString(1, Cell.ANSWER);
                        return new Load.Step() {
                            @Override
                            public boolean run() throws SQLException {
                                return insert.executeUpdate() == 1;
                            }

                            @Override
                            public void close() throws SQLException {
                                connection.close();
                            }
                        };
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .rate();
    }

    /** Durable pairs: people take turns on one project, three answers a task. */
    private static Load.Done pairs(Dispatcher dispatcher, ProjectId project, int people, int seconds) {
        return Load.of(people, seconds)
                .run(Thread.ofVirtual().factory(), number -> annotator(dispatcher, project, number));
    }

    private static Load.Step annotator(Dispatcher dispatcher, ProjectId project, int number) {
        var person = new PersonId(new UUID(9, number));
        var worker = new Dispatcher.Worker(person, "session", 1, new OpenLease.Versions(1, 1));
        var content = new SealedAnswer(Cell.ANSWER, null);
        var first = Objects.requireNonNull(dispatcher.annotate(project, worker), "no task to begin with");
        return new Load.Step() {
            private @Nullable OpenLease lease = first;

            @Override
            public boolean run() {
                var held = lease;
                if (held == null) {
                    return false;
                }
                var hash = ByteBuffer.allocate(32).putLong(held.id()).array();
                var outcome = dispatcher.submit(
                        project,
                        worker,
                        new Dispatcher.Ticket(held.id(), held.token),
                        new Dispatcher.Answered(9, 0, content),
                        new Dispatcher.KeyUse(project + " " + UUID.randomUUID(), hash),
                        true);
                var next = outcome.nextLease();
                if (next == null) {
                    lease = null;
                    return false;
                }
                lease = dispatcher.held(project, person, next).orElseThrow();
                return true;
            }

            @Override
            public void close() {
                // Who leaves gives back what he holds: the next measurement begins with free hands.
                if (lease != null) {
                    dispatcher.release(
                            project,
                            worker,
                            new Dispatcher.Ticket(lease.id(), lease.token),
                            OpenLease.Kind.ANNOTATE,
                            null);
                }
            }
        };
    }
}
