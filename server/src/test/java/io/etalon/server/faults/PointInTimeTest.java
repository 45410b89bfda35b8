package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.Cosigner;
import io.etalon.ledger.Hash;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.VerifierKey;
import io.etalon.ledger.Witness;
import io.etalon.ledger.Witness.Answer;
import io.etalon.ledger.Witness.Cosigned;
import io.etalon.ledger.Witness.Refusal;
import io.etalon.ledger.Witness.Refused;
import io.etalon.server.app.Backup;
import io.etalon.server.app.Restoration;
import io.etalon.server.app.StartFailure;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.base.ClientId;
import io.etalon.server.custody.Presence;
import io.etalon.server.tenant.Clients;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A backup under load, and then any moment of the work after it, brought back from what was archived: what was acknowledged before
 * the moment is there, what was sent after it is not, rows and objects agree, and the log says where it parted from what a
 * witness has seen.
 */
final class PointInTimeTest {
    private static final int POINTS = Faults.times(2, 20);
    private static final int IMAGES = Faults.times(60, 400);
    private static final int MOST_BETWEEN_POINTS = 35;
    private static final List<String> PEOPLE = List.of("anna", "ben", "chloe", "dora");
    private static final JsonMapper JSON = new JsonMapper();

    /** Something that was asked for and acknowledged, between two moments of the one clock of this machine. */
    private record Act(String what, Instant sent, Instant acknowledged) {}

    private final Queue<Act> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Act> uploads = new ConcurrentLinkedQueue<>();
    private final Path data = TestServer.freshData();
    private final Path archive = TestServer.freshData();
    private final Path backup = TestServer.freshData();
    private volatile boolean backedUp;
    private volatile boolean stopped;

    @Test
    void bringsBackEveryAcknowledgedAnswerOfAnyMomentAndNoneAfterIt() throws Exception {
        var seed = Faults.seed();
        var random = new Random(seed);
        var points = new ArrayList<Instant>();
        SmallJob job;
        ClientId client;
        Witness witness;
        Map<Long, String> heads;
        Set<String> archivedThen;
        try (var server = TestServer.archived(data, archive)) {
            job = SmallJob.on(server, "pitr", PEOPLE.toArray(String[]::new))
                    .project(PEOPLE.size(), 0)
                    .images(IMAGES)
                    .plan();
            client = server.part(Clients.class).find("pitr").orElseThrow().id();
            archivedThen = workAndTakePoints(job, random, points);
            assertThat(faults(answers, notes(job), Instant.MAX)).isEmpty();
            witness = watching(server.part(AuditLog.class), client);
            assertThat(shown(witness, server.part(AuditLog.class), client)).isInstanceOf(Cosigned.class);
            heads = heads(data, client);
        }
        for (var point : points) {
            try (var server = restored(archive, point)) {
                var there = job.at(server.url());
                assertThat(faults(answers, notes(there), point))
                        .as("answers at %s, seed %d", point, seed)
                        .isEmpty();
                assertThat(faults(uploads, pictures(there), point))
                        .as("pictures at %s, seed %d", point, seed)
                        .isEmpty();
                objectsAgree(server, client);
                theLogTells(server, client, point, heads);
                var refused = (Refused) shown(witness, server.part(AuditLog.class), client);
                assertThat(refused.why()).isIn(Refusal.SHRUNKEN, Refusal.FORK);
                assertThat(refused.message()).contains("restored to an earlier point");
                if (point.equals(points.getLast())) {
                    aMissingObjectIsSeen(server, client, there);
                }
            }
        }
        Faults.saw(points.size() + " points among " + answers.size() + " answers and " + uploads.size() + " uploads");
        withoutTheLogThatWasArchivedLaterAnswersAreMissed(job, archivedThen, points.getLast());
        assertThatThrownBy(() -> restored(archive, points.getFirst().minus(Duration.ofDays(1))))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("choose an earlier backup");
    }

    /** Gives what was archived when the backup was done. */
    private Set<String> workAndTakePoints(SmallJob job, Random random, List<Instant> points) throws Exception {
        try (var threads = Executors.newFixedThreadPool(PEOPLE.size() + 1)) {
            var workers = new ArrayList<Future<?>>();
            try {
                PEOPLE.forEach(name -> workers.add(threads.submit(() -> work(job, name))));
                workers.add(threads.submit(() -> upload(job)));
                var finished = Backup.take(data, null, backup).finished();
                var archivedThen = walFiles();
                backedUp = true;
                acknowledgedAfter(finished);
                for (var i = 0; i < POINTS; i++) {
                    var goal = answers.size() + 1 + random.nextInt(MOST_BETWEEN_POINTS);
                    Await.until("work goes on", Duration.ofSeconds(60), () -> answers.size() >= goal);
                    LockSupport.parkNanos(random.nextLong(30_000_000));
                    points.add(Instant.now().truncatedTo(ChronoUnit.MICROS));
                }
                acknowledgedAfter(points.getLast());
                stopped = true;
                for (var worker : workers) {
                    worker.get();
                }
                return archivedThen;
            } finally {
                stopped = true;
            }
        }
    }

    private void work(SmallJob job, String name) {
        var random = new Random(name.hashCode());
        var lease = job.lease(name);
        assertThat(lease.status()).as(lease.body()).isEqualTo(201);
        @Nullable JsonNode next = lease.json();
        for (var i = 0; next != null && !stopped; i++) {
            var note = name + " " + i;
            var sent = Instant.now();
            var done = job.submitAndNext(name, next, SmallJob.answer(note), name + "-" + i);
            assertThat(done.status()).as(done.body()).isEqualTo(201);
            answers.add(new Act(note, sent, Instant.now()));
            do {
                // However long the backup takes, there is work left for the points after it.
                LockSupport.parkNanos(random.nextLong(20_000_000, 60_000_000));
            } while (i > IMAGES / 4 && !backedUp && !stopped);
            next = done.json().get("next");
            next = next == null || next.isNull() ? null : next;
        }
    }

    private void upload(SmallJob job) {
        for (var i = 0; !stopped; i++) {
            var name = "later-" + i + ".png";
            var sent = Instant.now();
            try {
                var done = job.upload(name, SmallJob.png(100_000 + i));
                assertThat(done.status()).as(done.body()).isEqualTo(201);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            uploads.add(new Act(name, sent, Instant.now()));
            LockSupport.parkNanos(100_000_000);
        }
    }

    private void acknowledgedAfter(Instant point) {
        Await.until(
                "an answer and a picture that were sent after " + point,
                Duration.ofSeconds(60),
                () -> List.of(answers, uploads).stream()
                        .allMatch(
                                acts -> acts.stream().anyMatch(act -> act.sent().isAfter(point))));
    }

    /** What is not as it must be at a point; what was under way at that moment may be there or not. */
    private static List<String> faults(Collection<Act> acts, Set<String> there, Instant point) {
        var faults = new ArrayList<String>();
        for (var act : acts) {
            if (!act.acknowledged().isAfter(point) && !there.contains(act.what())) {
                faults.add("lost " + act.what());
            }
            if (act.sent().isAfter(point) && there.contains(act.what())) {
                faults.add("from the future " + act.what());
            }
        }
        return faults;
    }

    /** The answers as the requester is shown them: their texts are sealed in the database. */
    private static Set<String> notes(SmallJob job) {
        var requester = job.as("requester");
        var notes = new HashSet<String>();
        for (var task : job.tasks()) {
            requester
                    .get(job.path() + "/tasks/" + task)
                    .json()
                    .get("submissionList")
                    .forEach(one -> assertThat(
                                    notes.add(one.at("/answer/answers/note").asString()))
                            .isTrue());
        }
        return notes;
    }

    private static Set<String> pictures(SmallJob job) {
        var names = new HashSet<String>();
        var cursor = "";
        do {
            var page = job.as("requester")
                    .get(job.path() + "/assets?limit=200" + cursor)
                    .json();
            page.get("items").forEach(one -> names.add(one.get("name").asString()));
            var next = page.path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return names;
    }

    private TestServer restored(Path from, @Nullable Instant point) throws IOException {
        var fresh = TestServer.freshData();
        new Restoration(backup, from, point, fresh, data.resolve("keys")).run();
        return TestServer.over(fresh);
    }

    private static void objectsAgree(TestServer server, ClientId client) {
        var found = server.part(Presence.class).check(client);
        assertThat(found.objects()).isGreaterThanOrEqualTo(IMAGES);
        assertThat(found.missing()).isZero();
    }

    /** The entry stands behind a head that the witness's branch has too. */
    private static void theLogTells(TestServer server, ClientId client, Instant point, Map<Long, String> heads)
            throws Exception {
        var log = server.part(AuditLog.class);
        log.flush(client);
        var told = log.entries(client, new EntryFilter(null, null, null, AuditOp.POINT_RESTORE), 0, 10);
        assertThat(told).hasSize(1);
        var entry = JSON.readTree(told.getFirst().entry());
        assertThat(entry.get("to").asString()).isEqualTo(point.toString());
        var size = entry.get("size").asLong();
        assertThat(told.getFirst().index()).isGreaterThanOrEqualTo(size);
        assertThat(heads).containsEntry(size, heads(server.data(), client).get(size));
    }

    private static Map<Long, String> heads(Path of, ClientId client) throws Exception {
        var heads = new TreeMap<Long, String>();
        try (var cell = Cells.of(of, client);
                var statement = cell.createStatement();
                var rows = statement.executeQuery("select size, note from audit_checkpoint")) {
            while (rows.next()) {
                heads.put(rows.getLong(1), rows.getString(2));
            }
        }
        return heads;
    }

    private static Witness watching(AuditLog log, ClientId client) {
        var key = VerifierKey.parse(log.verifierKey(client));
        return new Witness(
                Cosigner.generate("witness.example", new SecureRandom()),
                Map.of(key.name(), key),
                TestServer.freshData());
    }

    private static Answer shown(Witness witness, AuditLog log, ClientId client) throws IOException {
        log.flush(client);
        var note = SignedNote.parse(log.checkpoint(client).getBytes(StandardCharsets.UTF_8));
        var head = Checkpoint.parse(note.text());
        long seen = witness.newest(head.origin())
                .map(one -> Checkpoint.parse(one.text()).size())
                .orElse(0L);
        var proof = seen == 0 || seen >= head.size()
                ? List.<Hash>of()
                : log.consistencyProof(client, seen, head.size()).path();
        return witness.add(seen, proof, note, Instant.now().getEpochSecond());
    }

    private void aMissingObjectIsSeen(TestServer server, ClientId client, SmallJob job) throws IOException {
        var kept = backup.resolve("objects");
        try (var tree = Files.walk(kept)) {
            var one = tree.filter(Files::isRegularFile)
                    .min(Comparator.comparing(Path::toString))
                    .orElseThrow();
            Files.delete(server.data()
                    .resolve("objects")
                    .resolve(kept.relativize(one).toString()));
        }
        assertThat(server.part(Presence.class).check(client).missing()).isEqualTo(1);
        assertThat(job.as("requester")
                        .get(job.path() + "/broken")
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(1);
    }

    private Set<String> walFiles() throws IOException {
        try (var files = Files.list(archive.resolve("wal"))) {
            var names = new TreeSet<String>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    /** The control: the same look at a backup without what was archived after it misses answers. */
    private void withoutTheLogThatWasArchivedLaterAnswersAreMissed(
            SmallJob job, Set<String> archivedThen, Instant point) throws Exception {
        var cut = TestServer.freshData();
        Files.copy(archive.resolve("id"), cut.resolve("id"));
        Files.createDirectory(cut.resolve("wal"));
        for (var name : archivedThen) {
            Files.copy(archive.resolve("wal").resolve(name), cut.resolve("wal").resolve(name));
        }
        assertThatThrownBy(() -> restored(cut, point))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("tells of nothing after " + point);
        Path fresh;
        try (var server = restored(cut, null)) {
            fresh = server.data();
            assertThat(faults(answers, notes(job.at(server.url())), Instant.MAX))
                    .isNotEmpty()
                    .allMatch(fault -> fault.startsWith("lost "));
        }
        assertThatThrownBy(() -> TestServer.archived(fresh, archive))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("from before it was restored");
    }
}
