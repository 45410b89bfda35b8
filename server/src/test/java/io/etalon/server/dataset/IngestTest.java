package io.etalon.server.dataset;

import static io.etalon.server.dataset.Uploads.header;
import static io.etalon.server.dataset.Uploads.indexOf;
import static io.etalon.server.dataset.Uploads.noise;
import static io.etalon.server.dataset.Uploads.png;
import static io.etalon.server.dataset.Uploads.sha256;
import static io.etalon.server.dataset.Uploads.turnedJpeg;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.etalon.annotation.AssetExtent.ImageExtent;
import io.etalon.annotation.AssetExtent.TextExtent;
import io.etalon.server.access.Caller;
import io.etalon.server.app.TestDatabase;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.Uploads.Zip;
import io.etalon.server.event.Events;
import io.etalon.server.keys.TestVault;
import io.etalon.server.tenant.Client;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads against real cells and keys; each test has a project of its own. */
class IngestTest {
    private static final PersonId ADA = new PersonId(new UUID(1, 1));
    private static final IngestLimits SMALL =
            new IngestLimits(3_000_000, 100_000, 1_000_000, 5_000, 50, 30_000_000, 100);

    private static TestVault vault;
    private static Client client;

    @TempDir
    Path folder;

    private final MemoryAssetBytes memory = new MemoryAssetBytes();
    private final ProjectId images = new ProjectId(UUID.randomUUID());
    private final ProjectId texts = new ProjectId(UUID.randomUUID());
    private Ingest ingest;
    private Assets assets;

    @BeforeAll
    static void open() throws Exception {
        vault = new TestVault();
        client = vault.newClient();
    }

    @AfterAll
    static void close() {
        vault.close();
    }

    @BeforeEach
    void start() {
        use(memory, SMALL);
    }

    private void use(AssetBytes bytes, IngestLimits limits) {
        var objects = new SealedObjects(vault.keys, bytes, vault.scope());
        var door = new TwoProjects(images, texts);
        ingest = new Ingest(
                vault.scope(), vault.log, new Events(), objects, new Admission(door, limits), vault.ids, vault.clock);
        var origin = new ContentOrigin("http://127.0.0.1:1", "http://127.0.0.1:2", 1);
        var tokens = new ContentTokens(TestDatabase.SECRET, vault.ids, origin);
        assets = new Assets(vault.scope(), vault.log, objects, ingest, tokens, vault.clock);
    }

    @Test
    void keepsAnImageEncryptedUnderANameThatTellsNothing() throws Exception {
        var png = png(40, 30, 1);
        var taken = take(images, "../evil.html", png);

        assertThat(taken.isNew()).isTrue();
        assertThat(taken.asset().type()).isEqualTo("image/png");
        assertThat(taken.asset().extent()).isEqualTo(new ImageExtent(40, 30));
        assertThat(taken.asset().size()).isEqualTo(png.length);
        assertThat(taken.asset().sha256()).isEqualTo(sha256(png));
        var stored = memory.objects.entrySet().iterator().next();
        assertThat(stored.getKey()).doesNotContain(sha256(png));
        assertThat(indexOf(stored.getValue(), Arrays.copyOf(png, 8))).isEqualTo(-1);
        assertThat(bytes(taken.asset())).isEqualTo(png);
        assertThat(events(AuditOp.INGEST, taken.asset().id())).isEqualTo(1);
    }

    @Test
    void takesTheSameBytesOnceAProject() throws Exception {
        var png = png(10, 10, 2);
        var first = take(images, "one.png", png);
        var again = take(images, "two.png", png);
        assertThat(again.isNew()).isFalse();
        assertThat(again.asset()).isEqualTo(first.asset());
        assertThat(memory.objects).hasSize(1);
        assertThat(memory.drafts).hasValue(0);
    }

    @Test
    void takesTheSameBytesOnceAlsoWhenTheyComeAtTheSameTime() throws Exception {
        var png = png(12, 12, 3);
        try (var threads = Executors.newFixedThreadPool(6)) {
            Callable<Ingest.Taken> upload = () -> take(images, "x.png", png);
            var taken = new ArrayList<Ingest.Taken>();
            for (var done : threads.invokeAll(java.util.Collections.nCopies(6, upload))) {
                taken.add(done.get());
            }
            assertThat(taken.stream().filter(Ingest.Taken::isNew)).hasSize(1);
            assertThat(taken.stream().map(one -> one.asset().id()).distinct()).hasSize(1);
            assertThat(bytes(taken.getFirst().asset())).isEqualTo(png);
        }
    }

    @Test
    void countsATextInCodePoints() {
        var taken = take(texts, "a.txt", "Grüße 🌍\n".getBytes(UTF_8));
        assertThat(taken.asset().extent()).isEqualTo(new TextExtent(8));
        assertThat(taken.asset().type()).isEqualTo("text/plain");
    }

    @Test
    void showsAnImageInItsExifOrientation() throws Exception {
        assertThat(take(images, "turned.jpg", turnedJpeg(20, 10)).asset().extent())
                .isEqualTo(new ImageExtent(10, 20));
    }

    @Test
    void refusesEveryBadUploadAndKeepsNothingOfIt() throws Exception {
        var html = "<!doctype html><script>alert(1)</script>".getBytes(UTF_8);
        var svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".getBytes(UTF_8);
        refused(images, "empty.png", new byte[0], AssetFaults.EMPTY);
        refused(images, "page.png", html, AssetFaults.UNSUPPORTED);
        refused(images, "vector.png", svg, AssetFaults.UNSUPPORTED);
        refused(images, "text.png", "hello".getBytes(UTF_8), AssetFaults.UNSUPPORTED);
        refused(images, "x.pdf", "%PDF-1.7\n".getBytes(UTF_8), AssetFaults.UNSUPPORTED);
        refused(images, "cut.png", Arrays.copyOf(png(9, 9, 4), 20), AssetFaults.UNSUPPORTED);
        refused(images, "flood.png", header(30_000, 30_000), AssetFaults.PIXEL_FLOOD);
        refused(images, "long.png", header(5_001, 1), AssetFaults.PIXEL_FLOOD);
        refused(images, "zero.png", header(0, 10), AssetFaults.UNSUPPORTED);
        refused(images, "large.png", noise(3_000_001), AssetFaults.TOO_LARGE);
        refused(texts, "page.txt", html, AssetFaults.UNSUPPORTED);
        refused(texts, "image.txt", png(5, 5, 5), AssetFaults.UNSUPPORTED);
        refused(texts, "large.txt", "a".repeat(100_001).getBytes(UTF_8), AssetFaults.TOO_LARGE);
        refused(images, " ", png(5, 5, 6), ErrorCode.INVALID);
        refused(images, "a\u0000b", png(5, 5, 6), ErrorCode.INVALID);
        refused(new ProjectId(UUID.randomUUID()), "x.png", png(5, 5, 6), ErrorCode.NOT_FOUND);
    }

    @Test
    void refusesAThirtyThousandSquareUnderTheUsualLimits() {
        use(memory, IngestLimits.USUAL);
        refused(images, "flood.png", header(30_000, 30_000), AssetFaults.PIXEL_FLOOD);
        refused(images, "flood.png", header(29_999, 29_999), AssetFaults.PIXEL_FLOOD);
        refused(images, "side.png", header(30_000, 1), AssetFaults.PIXEL_FLOOD);
    }

    @Test
    void tellsWhereATextIsNotUtf8() {
        for (var at : List.of(0, 5, 65_535, 65_536, 90_000)) {
            var text = "a".repeat(95_000).getBytes(UTF_8);
            text[at] = (byte) 0xFF;
            var failure = refused(texts, "broken.txt", text, AssetFaults.BROKEN_UTF8);
            assertThat(failure).hasMessageContaining("from byte " + at + " on");
        }
        var cut = Arrays.copyOf("aé".getBytes(UTF_8), 2);
        assertThat(refused(texts, "cut.txt", cut, AssetFaults.BROKEN_UTF8)).hasMessageContaining("byte 1");
    }

    @Test
    void keepsNothingOfAnUploadThatBreaksOff() throws Exception {
        var begun = new ByteArrayInputStream(Arrays.copyOf(noise(2_000_000), 1_500_000));
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThatThrownBy(() -> ingest.take(upload(images), "x.png", new SequenceInputStream(begun, broken)))
                .isInstanceOfSatisfying(
                        EtalonException.class, e -> assertThat(e.code()).isEqualTo(AssetFaults.CUT_OFF));
        assertNothingKept(images);
    }

    @Test
    void leavesNoRowWithoutItsObjectWhereverTheProcessDies() throws Exception {
        for (var point : MemoryAssetBytes.Point.values()) {
            var png = png(8, 8, 100 + point.ordinal());
            memory.fault = at -> {
                if (at == point) {
                    throw new Killed();
                }
            };
            assertThatThrownBy(() -> take(images, "x.png", png)).as("%s", point).isInstanceOf(Killed.class);
            assertThat(rows(images)).as("%s", point).isZero();

            memory.fault = at -> {};
            var taken = take(images, "x.png", png);
            assertThat(taken.isNew()).isTrue();
            assertThat(bytes(taken.asset())).as("%s", point).isEqualTo(png);
            vault.scope()
                    .clientDo(
                            client.id(),
                            tx -> tx.db()
                                    .sql("delete from asset where project = ?")
                                    .param(images.value())
                                    .update());
        }
    }

    /** Not an EtalonException and not an I/O error: nothing on the way may treat it as an answer. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void saysThatTheDiskIsFullAndKeepsNothing() throws Exception {
        for (var point : MemoryAssetBytes.Point.values()) {
            memory.fault = at -> {
                if (at == point) {
                    throw new IOException("No space left on device");
                }
            };
            refusedOnly(images, "x.png", png(8, 8, 200), ErrorCode.STORAGE_FULL);
            assertThat(rows(images)).isZero();
            assertThat(memory.drafts).hasValue(0);
        }
    }

    /** Runs where the tests may mount; the test above holds the same promise without a real disk. */
    @Test
    void saysThatARealDiskIsFullAndLeavesNoDraft() throws Exception {
        var disk = Files.createDirectories(folder.resolve("disk"));
        var mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString())
                .redirectErrorStream(true)
                .start();
        assumeThat(mount.waitFor()).as("mounting needs root").isZero();
        try {
            use(new FileAssetBytes(disk.resolve("objects"), disk.resolve("temporary")), SMALL);
            refusedOnly(images, "x.png", noise(2_000_000), ErrorCode.STORAGE_FULL);
            assertThat(rows(images)).isZero();
            try (var left = Files.list(disk.resolve("temporary"))) {
                assertThat(left).isEmpty();
            }
            assertThat(bytes(take(images, "small.png", png(8, 8, 201)).asset())).isEqualTo(png(8, 8, 201));
        } finally {
            new ProcessBuilder("umount", disk.toString()).start().waitFor();
        }
    }

    @Test
    void readsAnyRangeOfALargeObjectAsThePlainBytes() throws Exception {
        var seed = new Random().nextLong();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        use(new FileAssetBytes(folder.resolve("objects"), folder.resolve("temporary")), SMALL);
        var plain = noise(2_900_000);
        var asset = take(images, "large.png", plain).asset();
        try (var channel = assets.bytes(client.id(), asset)) {
            assertThat(channel.size()).isEqualTo(plain.length);
            for (var i = 0; i < 300; i++) {
                var from = random.nextInt(plain.length);
                var length = Math.min(1 + random.nextInt(i % 10 == 0 ? 1_500_000 : 5_000), plain.length - from);
                var buffer = ByteBuffer.allocate(length);
                channel.position(from);
                while (buffer.hasRemaining()) {
                    assertThat(channel.read(buffer)).isNotNegative();
                }
                assertThat(buffer.array()).isEqualTo(Arrays.copyOfRange(plain, from, from + length));
            }
        }
    }

    @Test
    void failsToReadBytesThatWereChangedCutOrSwapped() throws Exception {
        var first = take(images, "a.png", png(30, 30, 7)).asset();
        var keyOfFirst = memory.objects.keySet().iterator().next();
        var second = take(images, "b.png", png(30, 30, 8)).asset();
        var keyOfSecond = memory.objects.keySet().stream()
                .filter(key -> !key.equals(keyOfFirst))
                .findFirst()
                .orElseThrow();
        var ofFirst = memory.objects.get(keyOfFirst);
        var ofSecond = memory.objects.get(keyOfSecond);

        var flipped = ofFirst.clone();
        flipped[flipped.length / 2] ^= 1;
        memory.objects.put(keyOfFirst, flipped);
        unreadable(first);
        memory.objects.put(keyOfFirst, Arrays.copyOf(ofFirst, ofFirst.length - 1));
        unreadable(first);
        memory.objects.put(keyOfFirst, ofSecond);
        memory.objects.put(keyOfSecond, ofFirst);
        unreadable(first);
        unreadable(second);
        memory.objects.clear();
        unreadable(first);
    }

    private void unreadable(Asset asset) {
        assertThatThrownBy(() -> bytes(asset))
                .isInstanceOfSatisfying(
                        EtalonException.class, e -> assertThat(e.code()).isEqualTo(AssetFaults.BYTES_LOST));
    }

    @Test
    void commitsTheViewBeforeAnAddressIsHandedOut() throws Exception {
        var asset = take(images, "a.png", png(6, 6, 9)).asset();
        var signed = assets.sign(client.id(), images, asset.id(), new Caller(ADA, Caller.VIA_KEY, "session-1"));
        assertThat(events(AuditOp.VIEW, asset.id())).isEqualTo(1);
        assertThat(signed.expiresAt()).isEqualTo(vault.clock.instant().plus(Duration.ofSeconds(60)));
        assertThat(signed.url()).startsWith("http://127.0.0.1:1/content/").doesNotContain("session-1");

        var tokens = new ContentTokens(TestDatabase.SECRET, vault.ids, new ContentOrigin("", "", 1));
        var text = signed.url().substring(signed.url().lastIndexOf('/') + 1);
        assertThat(tokens.open(text)).get().satisfies(token -> {
            assertThat(token.asset()).isEqualTo(asset.id());
            assertThat(token.viewer()).isEqualTo(new Caller(ADA, Caller.VIA_KEY, "session-1"));
        });
        for (var i = 0; i < text.length() - 1; i++) {
            var forged = text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
            assertThat(tokens.open(forged)).isEmpty();
        }
        assertThat(tokens.open("")).isEmpty();
        assertThat(tokens.open("?")).isEmpty();
    }

    @Test
    void listsByNameAndTimePageByPage() throws Exception {
        for (var i = 0; i < 7; i++) {
            vault.clock.turn(Duration.ofMillis(1));
            take(images, "pic-" + (char) ('g' - i) + ".png", png(4, 4, 300 + i));
        }
        var names = List.of("a", "b", "c", "d", "e", "f", "g");
        assertThat(list("name", null)).isEqualTo(names);
        assertThat(list("-name", null)).isEqualTo(names.reversed());
        assertThat(list("createdAt", null)).isEqualTo(names.reversed());
        assertThat(list("-createdAt", null)).isEqualTo(names);
        assertThat(list("name", "pic-c")).containsExactly("c");
        assertThatThrownBy(() -> AssetQuery.of("sha256", null, null, null, null))
                .isInstanceOf(EtalonException.class);
        assertThatThrownBy(() -> assets.list(client.id(), images, AssetQuery.of("createdAt", null, null, "YQ", 2)))
                .isInstanceOf(EtalonException.class);
    }

    private List<String> list(String sort, String prefix) {
        var letters = new ArrayList<String>();
        String cursor = null;
        do {
            var page = assets.list(client.id(), images, AssetQuery.of(sort, "image/png", prefix, cursor, 2));
            page.items().forEach(asset -> letters.add(asset.name().substring(4, 5)));
            cursor = page.next();
        } while (cursor != null);
        return letters;
    }

    @Test
    void reportsOnEveryEntryOfAnArchive() throws Exception {
        var known = png(6, 6, 400);
        take(images, "known.png", known);
        var zip = new Zip()
                .add("folder/", new byte[0])
                .add("folder/good.png", png(6, 6, 401))
                .add("again.png", known)
                .add("../../evil.png", png(6, 6, 402))
                .add("/etc/passwd", png(6, 6, 403))
                .add("C:\\x.png", png(6, 6, 404))
                .add("__MACOSX/._good.png", png(6, 6, 405))
                .add(".DS_Store", new byte[] {1})
                .add("inner.zip", new Zip().add("a.png", png(6, 6, 406)).bytes())
                .add("page.png", "<!doctype html><p>".getBytes(UTF_8))
                .add("flood.png", header(30_000, 30_000));
        var report = new ArchiveIngest(ingest).take(upload(images), new ByteArrayInputStream(zip.bytes()));

        assertThat(report.accepted()).isEqualTo(1);
        assertThat(report.duplicates()).isEqualTo(1);
        assertThat(report.rejected().stream().map(one -> one.name() + " " + one.code()))
                .containsExactly(
                        "folder/ ignored",
                        "../../evil.png unsafe-name",
                        "/etc/passwd unsafe-name",
                        "C:\\x.png unsafe-name",
                        "__MACOSX/._good.png ignored",
                        ".DS_Store ignored",
                        "inner.zip unsupported-type",
                        "page.png unsupported-type",
                        "flood.png pixel-flood");
        assertThat(rows(images)).isEqualTo(2);
    }

    @Test
    void refusesArchivesThatInflateToTooMuch() throws Exception {
        refusedArchive(new Zip().add("bomb.txt", new byte[29_000_000]).bytes(), AssetFaults.ARCHIVE_TOO_LARGE);
        refusedArchive(new Zip().add("__MACOSX/bomb", new byte[29_000_000]).bytes(), AssetFaults.ARCHIVE_TOO_LARGE);
        var total = new Zip();
        for (var i = 0; i < 11; i++) {
            total.add("n" + i, noise(2_900_000));
        }
        refusedArchive(total.bytes(), AssetFaults.ARCHIVE_TOO_LARGE);
        var many = new Zip();
        for (var i = 0; i < 51; i++) {
            many.add("d" + i + "/", new byte[0]);
        }
        refusedArchive(many.bytes(), AssetFaults.ARCHIVE_TOO_LARGE);
    }

    @Test
    void refusesWhatIsNoArchive() throws Exception {
        refusedArchive("no zip at all".getBytes(UTF_8), AssetFaults.ARCHIVE_BROKEN);
        refusedArchive(new byte[0], AssetFaults.ARCHIVE_BROKEN);
        var whole = new Zip().add("a.png", noise(50_000)).bytes();
        assertThatThrownBy(() -> new ArchiveIngest(ingest)
                        .take(upload(images), new ByteArrayInputStream(Arrays.copyOf(whole, 20_000))))
                .isInstanceOf(EtalonException.class);
        assertNothingKept(images);
    }

    private void refusedArchive(byte[] zip, ErrorCode code) {
        assertThatThrownBy(() -> new ArchiveIngest(ingest).take(upload(images), new ByteArrayInputStream(zip)))
                .isInstanceOfSatisfying(
                        EtalonException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(memory.drafts).hasValue(0);
    }

    private Upload upload(ProjectId project) {
        return new Upload(client.id(), project, ADA, "session");
    }

    private Ingest.Taken take(ProjectId project, String name, byte[] content) {
        return ingest.take(upload(project), name, new ByteArrayInputStream(content));
    }

    private EtalonException refused(ProjectId project, String name, byte[] content, ErrorCode code) {
        var failure = refusedOnly(project, name, content, code);
        assertNothingKept(project);
        return failure;
    }

    private EtalonException refusedOnly(ProjectId project, String name, byte[] content, ErrorCode code) {
        try {
            take(project, name, content);
        } catch (EtalonException e) {
            assertThat(e.code()).as(name + ": " + e.getMessage()).isEqualTo(code);
            return e;
        }
        throw new AssertionError(name + " was taken");
    }

    private void assertNothingKept(ProjectId project) {
        assertThat(rows(project)).isZero();
        assertThat(memory.objects).isEmpty();
        assertThat(memory.drafts).hasValue(0);
    }

    private long rows(ProjectId project) {
        return vault.scope()
                .client(
                        client.id(),
                        tx -> tx.db()
                                .sql("select count(*) from asset where project = ?")
                                .param(project.value())
                                .query(Long.class)
                                .single());
    }

    private long events(AuditOp op, UUID asset) {
        vault.log.flush(client.id());
        return vault.log
                .entries(client.id(), new EntryFilter(null, asset.toString(), null, op), 0, 10)
                .size();
    }

    private byte[] bytes(Asset asset) throws IOException {
        return AssetBytesContract.read(assets.bytes(client.id(), asset));
    }
}
