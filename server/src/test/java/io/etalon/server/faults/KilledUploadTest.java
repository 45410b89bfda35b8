package io.etalon.server.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.dataset.ObjectSweep;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The process is killed (SIGKILL) while assets come in: between the write of an object, its fsync, its rename and the commit
 * of its row, wherever it happens to be.
 */
final class KilledUploadTest {
    private static final int KILLS = Faults.kills(1, 60);
    private static final int SENDERS = 4;

    /** What was acknowledged: an asset's id and the SHA-256 of what was sent. */
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger cutOff = new AtomicInteger();

    @Test
    void noRowNamesAnObjectThatIsMissingOrPartAndOrphansAreGoneAfterTheirTime() throws Exception {
        var seed = Faults.seed();
        var random = new Random(seed);
        var data = TestServer.freshData();
        var port = Faults.twoFreePorts();
        var child = ChildServer.start(data, port, "uploads");
        try (var threads = Executors.newFixedThreadPool(SENDERS)) {
            // Texts of many sizes: the short ones go into packs, the long ones become objects.
            var job = new SmallJob(child.url(), "uploads", child.sessions()).project(ImportTest.textProject());
            for (var kill = 0; kill < KILLS; kill++) {
                var goal = acknowledged.size() + 10;
                var enough = new AtomicBoolean();
                var senders = new ArrayList<Future<?>>();
                for (var i = 0; i < SENDERS; i++) {
                    senders.add(threads.submit(() -> {
                        send(job, enough);
                        return Boolean.TRUE;
                    }));
                }
                Await.until("uploads go on", Faults.patience(), () -> acknowledged.size() >= goal);
                LockSupport.parkNanos(random.nextLong(20_000_000));
                child.kill();
                enough.set(true);
                for (var sender : senders) {
                    sender.get();
                }
                child = ChildServer.start(data, port);
            }
            var rows = rows(job);
            assertThat(unreadable(job, rows))
                    .as("rows without their object, seed %d", seed)
                    .isEmpty();
            assertThat(lost(rows))
                    .as("acknowledged and not there, seed %d", seed)
                    .isEmpty();
            assertThat(cutOff.get())
                    .as("uploads that were cut off, seed %d", seed)
                    .isPositive();
            child.kill();
            Postmaster.killOrphan(data);
            sweep(data, rows, job);
        } finally {
            child.kill();
            Postmaster.killOrphan(data);
        }
    }

    private void sweep(Path data, List<JsonNode> rows, SmallJob job) throws Exception {
        for (var file : objects(data)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }
        try (var server = TestServer.over(data)) {
            var here = job.at(server.url());
            var before = objects(data).size();
            var orphans = server.part(ObjectSweep.class)
                    .sweep(server.clients().find("uploads").orElseThrow());
            assertThat(objects(data)).hasSize(before - orphans);
            assertThat(unreadable(here, rows)).as("after the sweep").isEmpty();
            Faults.saw(KILLS + " kills, " + rows.size() + " assets, " + cutOff + " uploads cut off, " + orphans
                    + " orphans swept");

            // The control: an object that was lost under its row is noticed by the same look.
            Files.delete(objects(data).getFirst());
            assertThat(unreadable(here, rows)).hasSize(1);
        }
    }

    private void send(SmallJob job, AtomicBoolean enough) throws Exception {
        while (!enough.get()) {
            var n = number.incrementAndGet();
            var text =
                    ("text " + n + " ").repeat(n % 3 == 0 ? 20_000 : 5 + n % 50).getBytes(UTF_8);
            try {
                var answer = job.upload("text-" + n + ".txt", text);
                if (answer.status() == 201) {
                    acknowledged.put(answer.json().get("id").asString(), sha256(text));
                } else {
                    assertThat(answer.status()).as(answer.body()).isIn(429, 503);
                }
            } catch (AssertionError e) {
                if (!(e.getCause() instanceof IOException)) {
                    throw e;
                }
                cutOff.incrementAndGet();
                return;
            }
        }
    }

    private static List<JsonNode> rows(SmallJob job) {
        var rows = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = job.as("requester")
                    .get(job.path() + "/assets?limit=200" + cursor)
                    .json();
            page.get("items").forEach(rows::add);
            var next = page.path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return rows;
    }

    private static List<String> unreadable(SmallJob job, List<JsonNode> rows) throws Exception {
        var unreadable = new ArrayList<String>();
        for (var row : rows) {
            var path = job.path() + "/assets/" + row.get("id").asString() + "/content";
            try {
                var answer = job.as("requester").get(path);
                if (answer.status() != 200
                        || !sha256(answer.raw().body()).equals(row.get("sha256").asString())) {
                    unreadable.add(path + " " + answer.status());
                }
            } catch (AssertionError e) {
                // The length was told before the bytes were missed.
                unreadable.add(path + " " + e.getCause());
            }
        }
        return unreadable;
    }

    private List<String> lost(List<JsonNode> rows) {
        var there = new ConcurrentHashMap<String, String>();
        rows.forEach(
                row -> there.put(row.get("id").asString(), row.get("sha256").asString()));
        return acknowledged.entrySet().stream()
                .filter(one -> !one.getValue().equals(there.get(one.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<Path> objects(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("objects"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
