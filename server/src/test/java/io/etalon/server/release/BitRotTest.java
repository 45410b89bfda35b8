package io.etalon.server.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.Asset;
import io.etalon.server.dataset.Assets;
import io.etalon.server.dataset.Upload;
import io.etalon.server.keys.KeyActor;
import io.etalon.server.keys.KeyCare;
import io.etalon.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Bits that flip where nobody looks, a scrub that looks, and data keys that are changed under all that is kept. */
final class BitRotTest {
    private static final int FLIPPED = 1_000;
    private static final int SOUND = 60;

    private final TestServer server = TestServer.shared();
    private final Random random;

    BitRotTest() {
        var seed = new Random().nextLong();
        System.out.println("seed " + seed);
        random = new Random(seed);
    }

    private ReleaseStory finished(String slug) throws Exception {
        var story = new ReleaseStory(server, slug)
                .textProject(1, 0)
                .texts(ReleaseStory.names(3))
                .plan();
        assertThat(story.answer("ada", (person, asset) -> "1")).isEqualTo(3);
        return story;
    }

    private static ProjectId idOf(ReleaseStory story) {
        return new ProjectId(UUID.fromString(story.path().substring(story.path().lastIndexOf('/') + 1)));
    }

    /** A text too long for a row: it becomes an object. */
    private Asset object(ReleaseStory story, int number) {
        var upload = new Upload(story.client().id(), idOf(story), story.person("requester"), "session");
        var text = ("text " + number + " ").repeat(5_000).getBytes(UTF_8);
        return server.part(Assets.class).add(upload, "long-" + number + ".txt", new ByteArrayInputStream(text));
    }

    /** Each is forced to the disk: many wait for it together. */
    private List<Asset> objects(ReleaseStory story, int count) throws Exception {
        story.person("requester");
        try (var threads = Executors.newFixedThreadPool(8)) {
            var made = IntStream.range(0, count)
                    .mapToObj(number -> threads.submit(() -> object(story, number)))
                    .toList();
            var assets = new ArrayList<Asset>();
            for (var one : made) {
                assets.add(one.get());
            }
            return assets;
        }
    }

    private List<Path> files(ReleaseStory story) throws IOException {
        try (var files = Files.walk(
                server.data().resolve("objects").resolve(story.client().id().toString()))) {
            return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
        }
    }

    private JsonNode done(ReleaseStory story, String work) {
        var begun = story.as("requester").post(story.path() + work, Map.of());
        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        var address = story.path() + "/jobs/" + begun.json().get("id").asString();
        var deadline = System.nanoTime() + 120_000_000_000L;
        var job = story.as("requester").get(address).json();
        while (List.of("queued", "running").contains(job.get("state").asString()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(30_000_000);
            job = story.as("requester").get(address).json();
        }
        assertThat(job.get("state").asString()).as(job.toString()).isEqualTo("done");
        return job.get("report");
    }

    private boolean isReadable(ReleaseStory story, Asset asset) {
        try (var bytes = server.part(Assets.class).bytes(story.client().id(), asset)) {
            var buffer = ByteBuffer.allocate(1 << 16);
            while (bytes.read(buffer.clear()) >= 0) {
                buffer.flip();
            }
            return true;
        } catch (IOException | EtalonException e) {
            return false;
        }
    }

    private void flip(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
    }

    @Test
    void findsEveryFlippedBitOfAThousandObjectsRefusesTheirReadingAndTakesNoneIntoARelease() throws Exception {
        var story = finished("bit-rot");
        var assets = objects(story, FLIPPED + SOUND);
        // The control: nothing is broken yet, and nothing is found.
        assertThat(done(story, "/scrubs").get("broken").asLong()).isZero();

        var files = files(story);
        Collections.shuffle(files, random);
        var flipped = new TreeSet<String>();
        for (var file : files.subList(0, FLIPPED)) {
            flip(file);
            flipped.add(file.getFileName().toString());
        }
        assertThat(assets.stream().filter(asset -> !isReadable(story, asset))).hasSize(FLIPPED);
        var report = done(story, "/scrubs");
        assertThat(report.get("broken").asLong()).isEqualTo(FLIPPED);
        assertThat(report.get("checked").asLong()).isGreaterThan(FLIPPED + SOUND);
        assertThat(broken(story)).isEqualTo(flipped);
        assertThat(server.part(ReleaseArchives.class).broken(story.client().id(), assets))
                .hasSize(FLIPPED);
        server.part(AuditLog.class).flush(story.client().id());
        assertThat(server.part(AuditLog.class)
                        .entries(story.client().id(), new EntryFilter(null, null, null, AuditOp.BIT_ROT), 0, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.entry()).contains("\"broken\":" + FLIPPED));
    }

    private TreeSet<String> broken(ReleaseStory story) {
        var names = new TreeSet<String>();
        String cursor = "";
        while (cursor != null) {
            var page = story.as("requester")
                    .get(story.path() + "/broken?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            page.get("items").forEach(one -> names.add(one.get("name").asString()));
            cursor = page.get("next").isNull() ? null : page.get("next").asString();
        }
        return names;
    }

    @Test
    void cutsNoReleaseOfAnAssetWhoseRowWasChangedUntilItIsMended() throws Exception {
        var story = finished("bit-rot-row");
        var text = turnABit(story);
        assertThat(done(story, "/scrubs").get("broken").asLong()).isEqualTo(1);
        var refused = story.release("majority");
        assertThat(refused.get("state").asString()).as(refused.toString()).isEqualTo("failed");
        assertThat(refused.toString()).contains("cannot be read");
        assertThat(text).isEqualTo(turnABit(story));
        assertThat(done(story, "/scrubs").get("broken").asLong()).isZero();
        assertThat(story.release("majority").get("state").asString()).isEqualTo("ready");
    }

    /** Flips the same bit of the first pack each time; gives its number. */
    private long turnABit(ReleaseStory story) {
        return server.scope()
                .client(
                        story.client().id(),
                        tx -> tx.db().sql("""
                                update asset_pack set sealed = set_bit(sealed, 100, 1 - get_bit(sealed, 100))
                                where id = (select min(id) from asset_pack) returning id""").query(Long.class).single());
    }

    @Test
    void sealsAllThatIsKeptUnderTheNewDataKeyAndThenRefusesTheOld() throws Exception {
        var story = finished("reencrypt");
        var asset = object(story, 1);
        assertThat(story.release("majority").get("state").asString()).isEqualTo("ready");
        var archive = story.archive(1);
        var care = server.part(KeyCare.class);
        var client = story.client().id();
        var project = idOf(story);
        var actor = KeyActor.SYSTEM;
        care.rotateProject(client, actor, project);
        assertThat(story.archive(1)).isEqualTo(archive);
        // The control: refused too early, what is under the old key is closed, by its name.
        care.setMinimum(client, actor, project, 2);
        assertThat(story.as("requester").get(story.path() + "/guidelines").code())
                .isEqualTo("key-version-refused");
        care.setMinimum(client, actor, project, 1);

        assertThat(done(story, "/reencryptions").get("resealed").asLong()).isGreaterThan(5);
        assertThat(done(story, "/reencryptions").get("resealed").asLong()).isZero();
        care.setMinimum(client, actor, project, 2);
        assertThat(story.archive(1)).isEqualTo(archive);
        assertThat(isReadable(story, asset)).isTrue();
        assertThat(story.as("requester").get(story.path() + "/guidelines").body())
                .contains("Look twice");
        assertThat(done(story, "/scrubs").get("broken").asLong()).isZero();
        assertThat(story.release("majority").get("state").asString()).isEqualTo("ready");
    }
}
