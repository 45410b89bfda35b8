package io.etalon.benchmarks.work;

import io.etalon.benchmarks.Benchmark;
import io.etalon.benchmarks.Goal;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What confidentiality costs: walls, log and sealed texts on against off in the same loop of work over HTTP; decrypted
 * reads against a file in clear; entries of the log against plain inserts; and the check of a whole log. Both sides of each
 * take turns in one run, and the middle of the turns is told.
 */
public final class ConfidentialityBench implements Benchmark {
    private static final int ANNOTATORS = 64;
    private static final int WRITERS = 32;
    private static final int MOST_WARM_UP = 24;

    private final List<Goal> goals = new ArrayList<>();

    @Override
    public String name() {
        return "confidentiality";
    }

    @Override
    public List<Goal> run(Options options) {
        var rounds = options.quick() ? 5 : 11;
        try (var cell = new Cell()) {
            var rivals = new Rivals(cell, ANNOTATORS);
            var tasks = options.quick() ? 100_000 : 1_000_000;
            var walled = rivals.walled(tasks);
            var open = rivals.open(tasks);
            // Rows came in behind the queues' back.
            cell.restart();
            work(cell, rivals, new Pair(walled, open), rounds, options.quick() ? 3 : 10);
            new AssetReads(cell, walled, rivals.requester(), rivals.boss())
                    .measure(rounds)
                    .forEach(this::add);
            var client = client(cell, walled);
            audit(cell, walled.project(), client, rounds, options.quick() ? 2 : 5);
            var entry = cell.part(AuditLog.class)
                    .entries(client, EntryFilter.ALL, 100, 1)
                    .getFirst();
            ReplayedLog.measure(entry.entry(), options.quick() ? 3 : 5).forEach(this::add);
            return List.copyOf(goals);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("confidentiality could not be measured", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    private record Pair(Rivals.Side walled, Rivals.Side open) {}

    /** What one side came to in one round, and microseconds of the processor that a pair took of it. */
    private record Turn(double rate, double server, double database) {}

    private static ClientId client(Cell cell, Rivals.Side side) {
        return cell.part(Clients.class).find(side.slug()).orElseThrow().id();
    }

    /** Tells at once what was measured: the whole takes minutes, and may break off. */
    private void add(Goal goal) {
        System.err.printf(
                Locale.ROOT,
                "%s: %.3g against %.3g %s, ratio %.2f%n",
                goal.name(),
                goal.measured(),
                goal.yardstick(),
                goal.unit(),
                goal.ratio());
        goals.add(goal);
    }

    private void work(Cell cell, Rivals rivals, Pair pair, int rounds, int seconds) throws IOException {
        var sessions = Files.createTempFile("etalon-bench-", ".sessions");
        try {
            Files.write(sessions, rivals.tokens());
            work(cell, sessions, pair, rounds, seconds);
        } finally {
            Files.delete(sessions);
        }
    }

    private void work(Cell cell, Path sessions, Pair pair, int rounds, int seconds) throws IOException {
        var log = cell.part(AuditLog.class);
        var on = new ArrayList<Turn>();
        var off = new ArrayList<Turn>();
        try (var crowd = new Crowd(cell.url(), sessions)) {
            for (var side : List.of(pair.open(), pair.walled())) {
                crowd.warmUp(side.path(), ANNOTATORS, MOST_WARM_UP, side.answer());
            }
            for (var round = 0; round < rounds; round++) {
                on.add(turn(cell, crowd, pair.walled(), seconds));
                off.add(turn(cell, crowd, pair.open(), seconds));
            }
        }
        add(Goal.ofRate(
                "pairs over HTTP with walls, log and sealed texts, against none of them, 64 connections",
                "pairs/s",
                Medians.of(on, Turn::rate),
                Medians.of(off, Turn::rate),
                0.75));
        add(Goal.ofCost(
                "processor of the server for such a pair",
                "microseconds",
                Medians.of(on, Turn::server),
                Medians.of(off, Turn::server),
                0));
        add(Goal.ofCost(
                "processor of the database for such a pair",
                "microseconds",
                Medians.of(on, Turn::database),
                Medians.of(off, Turn::database),
                0));
        var written = log.flush(client(cell, pair.open()));
        System.err.printf(Locale.ROOT, "the side without a log has %d entries of its setting up%n", written);
    }

    private static Turn turn(Cell cell, Crowd crowd, Rivals.Side side, int seconds) throws IOException {
        var before = Processors.now();
        var rate =
                crowd.load(side.path(), ANNOTATORS, seconds, 0, side.answer()).rate();
        // Numbering what was written belongs to this side, and must not fall into the other's time.
        cell.part(AuditLog.class).flush(client(cell, side));
        var cost = Processors.now().since(before, rate * seconds);
        return new Turn(rate, cost.server(), cost.database());
    }

    private void audit(Cell cell, ProjectId project, ClientId client, int rounds, int seconds) {
        var committed = new ArrayList<Double>();
        var numbered = new ArrayList<Double>();
        var inserts = new ArrayList<Double>();
        var log = cell.part(AuditLog.class);
        for (var round = 0; round < rounds; round++) {
            inserts.add(WorkBench.ins32(cell, seconds));
            log.flush(client);
            var begun = System.nanoTime();
            var done = Load.of(WRITERS, seconds).run(Thread.ofVirtual().factory(), number -> {
                var person = new PersonId(new UUID(7, number));
                return () -> {
                    log.commit(
                            client,
                            AuditEvent.of(AuditOp.VIEW, person, "session", project)
                                    .about(UUID.randomUUID().toString()));
                    return true;
                };
            });
            log.flush(client);
            committed.add(done.rate());
            numbered.add(done.count() / ((System.nanoTime() - begun) / 1e9));
        }
        var yardstick = Medians.of(inserts, one -> one);
        add(Goal.ofRate(
                "log entries committed, 32 writers that each wait, against plain inserts",
                "entries/s",
                Medians.of(committed, one -> one),
                yardstick,
                1));
        add(Goal.ofRate(
                "log entries until a signed checkpoint covers them, against plain inserts",
                "entries/s",
                Medians.of(numbered, one -> one),
                yardstick,
                1));
    }
}
