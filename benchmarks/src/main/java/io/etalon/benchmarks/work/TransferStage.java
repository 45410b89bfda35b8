package io.etalon.benchmarks.work;

import io.etalon.benchmarks.Goal;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sessions;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.job.Job;
import io.etalon.server.job.JobState;
import io.etalon.server.job.Jobs;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.transfer.Imports;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.postgresql.PGConnection;

/** The measurements of {@link TransferBench}, in the process whose heap is bounded. Used once. */
final class TransferStage {
    private static final String PROJECT = """
            {"name": "Bench", "template": "%s", "redundancy": 3, "reviewShare": 0, "ontology": {"labels": [%s], "questions":
             [{"id": "tone", "name": "Tone", "type": "choice", "required": true, "options": [{"id": "good", "name": "Good"},
             {"id": "bad", "name": "Bad"}]}]}}""";
    private static final String COIN =
            "{\"id\": \"coin\", \"name\": \"Coin\", \"color\": \"#c08a2b\", \"tool\": \"box\", \"attributes\": []}";
    private static final String ANSWERS = """
            insert into submission (id, project, task, annotator, round, revision, lease, ontology_version,
              guideline_version, active_seconds, sampled, answer)
            select t.id * 3 + p, t.project, t.id, ('00000000-0000-7000-8000-00000000000' || p)::uuid, 1, 1, t.id * 3 + p, 1, 1,
              10, false, jsonb_set('%2$s', '{answers}', jsonb_build_object('tone', case when (t.id * 7 + p) %% 5 < 3
                then 'good' else 'bad' end))
            from task t, generate_series(0, 2) p where t.project = '%1$s'""";
    /** What an answer is exported with and its own row holds, in the form that COPY has when it is told nothing. */
    private static final String PLAIN_COPY = """
            copy (select id, task, annotator, round, revision, ontology_version, active_seconds, submitted_at, answer
              from submission where project = '%s') to stdout""";

    private static final int CHUNK = 1 << 16;

    /** @param held tasks of the project that is full before others come; {@code answers} are exported */
    private record Size(int held, int rows, int rounds, int answers) {
        static final Size QUICK = new Size(400_000, 100_000, 2, 300_000);
        static final Size WHOLE = new Size(1_000_000, 500_000, 3, 3_000_000);
    }

    /** Rows a second, and microseconds of the processor that a row took of the server and the database together. */
    private record Turn(double rate, double processor) {}

    /** What is measured against what, in turns that lie side by side. */
    private record Round(Turn copy, Turn one, Turn two, Turn full) {}

    /** A client with a project of its own. */
    private record Place(Client client, ProjectId project) {}

    private final Cell cell;
    private final Path folder;
    private final Size size;
    private final PersonId person;
    private final String token;
    private final HeapPeak heap = new HeapPeak();
    private final List<Goal> goals = new ArrayList<>();
    private int salt;

    private TransferStage(Cell cell, Path folder, Size size) {
        this.cell = cell;
        this.folder = folder;
        this.size = size;
        person = cell.part(People.class)
                .create("requester@bench.example", "Requester")
                .id();
        token = cell.part(Sessions.class).open(person).token();
    }

    /** The process: where the figures go, and {@code quick} or {@code whole}. */
    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory("etalon-transfer-");
        try (var cell = new Cell()) {
            var stage = new TransferStage(cell, folder, arguments[1].equals("quick") ? Size.QUICK : Size.WHOLE);
            stage.imports();
            stage.exports();
            Files.write(
                    Path.of(arguments[0]),
                    stage.goals.stream().map(TransferBench::line).toList());
        } finally {
            Files.delete(folder);
        }
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

    private void addRates(String name, List<Turn> measured, List<Turn> yardstick, double goal) {
        var ratios = new ArrayList<Double>();
        for (var i = 0; i < measured.size(); i++) {
            ratios.add(measured.get(i).rate() / yardstick.get(i).rate());
        }
        // Of turns that lie side by side: the machine is not as free in every minute.
        add(new Goal(
                name,
                "rows/s",
                Medians.of(measured, Turn::rate),
                Medians.of(yardstick, Turn::rate),
                Medians.of(ratios, ratio -> ratio),
                goal));
    }

    private void addCosts(String name, List<Turn> measured, List<Turn> yardstick) {
        ToDoubleFunction<Turn> cost = Turn::processor;
        add(Goal.ofCost(name, "microseconds", Medians.of(measured, cost), Medians.of(yardstick, cost), 0));
    }

    private void addHeap(String name) {
        add(Goal.ofCost(name, "MB", heap.megabytes(), TransferBench.HEAP_MEGABYTES, 1));
    }

    private Place place(String slug, String template, String labels) throws IOException, InterruptedException {
        var client = cell.part(Clients.class).find(slug).orElse(null);
        if (client == null) {
            client = made(slug);
        }
        var body = PROJECT.formatted(template, labels);
        return new Place(
                client, new ProjectId(UUID.fromString(cell.made(token, "/clients/" + slug + "/projects", body))));
    }

    private Client made(String slug) {
        try {
            var client = cell.part(Clients.class).create(slug, slug);
            cell.part(Grants.class).grant(Grants.By.SYSTEM, person, client.id(), Set.of(Role.REQUESTER), null);
            return client;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void imports() throws IOException, InterruptedException, SQLException {
        var full = place("full", "text-classification", "");
        // The first seconds of a fresh process measure the compiler: filling is the warming up.
        imported(full, size.held(), 2);
        copied(full, size.rows() / 2);
        var rounds = new ArrayList<Round>();
        for (var round = 0; round < size.rounds(); round++) {
            // A cell of its own for each: a full project must not make the others' indexes larger.
            var first = place("one-" + round, "text-classification", "");
            var second = place("two-" + round, "text-classification", "");
            var before = copied(first, size.rows());
            var one = imported(first, size.rows(), 1);
            var two = imported(second, size.rows(), 2);
            var into = imported(full, size.rows(), 2);
            var after = copied(second, size.rows());
            var copy = new Turn((before.rate() + after.rate()) / 2, (before.processor() + after.processor()) / 2);
            rounds.add(new Round(copy, one, two, into));
        }
        var copies = rounds.stream().map(Round::copy).toList();
        var one = rounds.stream().map(Round::one).toList();
        var two = rounds.stream().map(Round::two).toList();
        addRates("import of JSONL, one stream, against one COPY into jsonb with a key", one, copies, 0.7);
        addRates("import of JSONL, two streams, against the same", two, copies, 0.9);
        addCosts("processor for a row of the import, server and database", two, copies);
        addRates(
                "import into a project of " + size.held() + " tasks, against an empty one",
                rounds.stream().map(Round::full).toList(),
                two,
                0.9);
        addHeap("heap in use after a collection, imports");
    }

    private Turn imported(Place place, int rows, int streams) throws IOException, InterruptedException {
        System.setProperty("etalon.import.streams", String.valueOf(streams));
        var caller = new ClientCaller(place.client(), person, "session", "bench", Set.of(Role.REQUESTER), null);
        try (var lines = ImportLines.write(folder, rows, ++salt);
                var in = Files.newInputStream(lines.jsonl())) {
            var before = Processors.now();
            var queued = cell.part(Imports.class).add(caller, place.project(), "bench.jsonl", null, in);
            var job = ended(place, queued.id());
            var report = job.report();
            if (report == null || report.accepted() == null || report.accepted() != rows) {
                throw new IllegalStateException("the import ended as " + job);
            }
            return turn(job, rows, before);
        }
    }

    private Job ended(Place place, UUID id) {
        Job job;
        do {
            // Seldom: each look costs both sides a tenth of a thousand rows, and the job tells its times itself.
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            job = cell.part(Jobs.class).get(place.client().id(), place.project(), id);
        } while (job.endedAt() == null);
        if (job.state() != JobState.DONE) {
            throw new IllegalStateException("the job ended as " + job);
        }
        return job;
    }

    private static Turn turn(Job job, long rows, Processors before) {
        var cost = Processors.now().since(before, rows);
        var from = job.startedAt();
        var to = job.endedAt();
        if (from == null || to == null) {
            throw new IllegalStateException("the job has no times: " + job);
        }
        return new Turn(rows * 1e9 / Duration.between(from, to).toNanos(), cost.server() + cost.database());
    }

    /** One COPY of as many other lines into a table of jsonb with a primary key, its commit included. */
    private Turn copied(Place place, int rows) throws IOException, SQLException {
        try (var lines = ImportLines.write(folder, rows, ++salt);
                var in = Files.newInputStream(lines.copy());
                var admin = cell.admin(place.client().id());
                var statement = admin.createStatement()) {
            statement.execute("create table if not exists bench_copy (id bigint primary key, payload jsonb not null)");
            statement.execute("truncate bench_copy");
            var before = Processors.now();
            var start = System.nanoTime();
            var copy = admin.unwrap(PGConnection.class).getCopyAPI().copyIn("copy bench_copy from stdin");
            var chunk = new byte[CHUNK];
            for (var count = in.read(chunk); count > 0; count = in.read(chunk)) {
                copy.writeToCopy(chunk, 0, count);
            }
            copy.endCopy();
            var nanos = System.nanoTime() - start;
            var cost = Processors.now().since(before, rows);
            statement.execute("truncate bench_copy");
            return new Turn(rows * 1e9 / nanos, cost.server() + cost.database());
        }
    }

    private void exports() throws IOException, InterruptedException, SQLException {
        var answered = answered();
        // Once each before it counts.
        for (var format : List.of("jsonl", "parquet")) {
            exported(answered, "{\"format\": \"" + format + "\"}", size.answers());
        }
        copiedOut(answered);
        var copies = new ArrayList<Turn>();
        var jsonl = new ArrayList<Turn>();
        var parquet = new ArrayList<Turn>();
        for (var round = 0; round < size.rounds(); round++) {
            copies.add(copiedOut(answered));
            jsonl.add(exported(answered, "{\"format\": \"jsonl\"}", size.answers()));
            parquet.add(exported(answered, "{\"format\": \"parquet\"}", size.answers()));
        }
        addRates("export of answers as JSONL, against COPY TO", jsonl, copies, 0.8);
        addCosts("processor for a row as JSONL, server and database", jsonl, copies);
        addRates("export of answers as Parquet, against COPY TO", parquet, copies, 0.6);
        addCosts("processor for a row as Parquet, server and database", parquet, copies);
        addHeap("heap in use after a collection, exports of " + size.answers() + " answers");
        var consensus = exported(answered, "{\"what\": \"consensus\"}", size.answers() / 3);
        addRates("export of the consensus as JSONL, tasks against answers of COPY TO", List.of(consensus), copies, 0);
        addHeap("heap in use after a collection, the consensus of " + size.answers() / 3 + " tasks");
    }

    /** A project whose tasks have three answers each. */
    private Place answered() throws IOException, InterruptedException, SQLException {
        var client = made("answered");
        var project = cell.project("answered", token, PROJECT.formatted("image-boxes", COIN), size.answers() / 3);
        cell.run(client.id(), ANSWERS.formatted(project, Cell.ANSWER));
        cell.run(client.id(), "analyze submission, asset, task");
        return new Place(client, project);
    }

    private Turn exported(Place place, String body, int rows) throws IOException, InterruptedException {
        var before = Processors.now();
        var path = "/clients/" + place.client().slug() + "/projects/" + place.project() + "/exports";
        var id = UUID.fromString(cell.made(token, path, body));
        var job = ended(place, id);
        var report = job.report();
        if (report == null || report.rows() == null || report.rows() != rows) {
            throw new IllegalStateException("the export ended as " + job);
        }
        return turn(job, rows, before);
    }

    private Turn copiedOut(Place place) throws IOException, SQLException {
        var file = folder.resolve("copied.out");
        try (var admin = cell.admin(place.client().id());
                var out = new BufferedOutputStream(Files.newOutputStream(file), CHUNK)) {
            var before = Processors.now();
            var start = System.nanoTime();
            var rows =
                    admin.unwrap(PGConnection.class).getCopyAPI().copyOut(PLAIN_COPY.formatted(place.project()), out);
            var nanos = System.nanoTime() - start;
            var cost = Processors.now().since(before, rows);
            return new Turn(rows * 1e9 / nanos, cost.server() + cost.database());
        } finally {
            Files.delete(file);
        }
    }
}
