package io.etalon.server.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Uploads that are not what they should be, through the real server: each is refused by name, and nothing of it stays. */
final class BadUploadTest {
    private static TestServer server;
    private static SmallJob images;
    private static SmallJob texts;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
        images = SmallJob.on(server, "bad-images").project(1, 0);
        texts = SmallJob.on(server, "bad-texts")
                .project(Map.of("name", "Texts", "template", "text-classification", "ontology", choice()));
        assertThat(images.upload("kept.png", SmallJob.png(1)).status()).isEqualTo(201);
        assertThat(texts.upload("kept.txt", "kept".getBytes(UTF_8)).status()).isEqualTo(201);
    }

    private static Map<String, Object> choice() {
        return Map.of(
                "labels",
                java.util.List.of(),
                "questions",
                java.util.List.of(Map.of("id", "note", "name", "Note", "type", "text", "required", false)));
    }

    /** The sender of an endless body gets an end: what is read after the refusal is bounded. */
    @Test
    void endsTheConnectionOfASenderWhoDoesNotStopAfterTheRefusal() throws Exception {
        var address = URI.create(server.url());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            var out = socket.getOutputStream();
            out.write(("POST /api/v1/clients/bad-images HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000000\r\n\r\n")
                    .getBytes(UTF_8));
            var chunk = new byte[1 << 20];
            assertThatThrownBy(() -> {
                        for (var i = 0; i < 256; i++) {
                            out.write(chunk);
                        }
                    })
                    .as("256 MB are more than is read")
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesWhatIsNoAssetByItsNameAndKeepsNothing() throws Exception {
        var before = files();
        refused(images, new byte[0], 415, "empty");
        refused(images, "<!doctype html><script>alert(1)</script>".getBytes(UTF_8), 415, "unsupported-type");
        refused(images, "%PDF-1.7\n".getBytes(UTF_8), 415, "unsupported-type");
        refused(images, "GIF89a".getBytes(UTF_8), 415, "unsupported-type");
        refused(images, Arrays.copyOf(SmallJob.png(2), 30), 415, "unsupported-type");
        refused(images, "just a text".getBytes(UTF_8), 415, "unsupported-type");
        refused(images, pngHeader(30_000, 30_000), 415, "pixel-flood");
        refused(texts, SmallJob.png(2), 415, "unsupported-type");
        refused(texts, new byte[] {'a', (byte) 0xC3, '(', 'b'}, 415, "broken-utf8");
        refused(texts, new byte[] {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80}, 415, "broken-utf8");
        assertThat(files()).isEqualTo(before);
        assertThat(images.assets()).isEqualTo(1);
        assertThat(texts.assets()).isEqualTo(1);
    }

    private static void refused(SmallJob job, byte[] bytes, int status, String code) {
        var answer = job.upload("right-name." + (job == images ? "png" : "txt"), bytes);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    /** The body has no end: only a server that counts while it reads can answer at all. */
    @Test
    void refusesAnEndlessUploadWhileItStreams() throws Exception {
        var before = files();
        var uri = URI.create(server.url());
        var sent = 0L;
        String status;
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            out.write(
                    ("POST /api/v1" + texts.path() + "/assets?name=endless.txt HTTP/1.1\r\nHost: " + uri.getAuthority()
                                    + "\r\nCookie: " + texts.cookie("requester")
                                    + "\r\nX-Etalon-Csrf: 1\r\nTransfer-Encoding: chunked\r\n\r\n")
                            .getBytes(US_ASCII));
            var chunk = new byte[1 << 20];
            Arrays.fill(chunk, (byte) 'a');
            var head = (Integer.toHexString(chunk.length) + "\r\n").getBytes(US_ASCII);
            try {
                while (socket.getInputStream().available() == 0 && sent < 200L << 20) {
                    out.write(head);
                    out.write(chunk);
                    out.write("\r\n".getBytes(US_ASCII));
                    sent += chunk.length;
                }
            } catch (SocketException e) {
                assertThat(sent).as("the server hung up: %s", e).isGreaterThan(19L << 20);
            }
            status = new String(socket.getInputStream().readNBytes(12), US_ASCII);
        }
        assertThat(status).isEqualTo("HTTP/1.1 413");
        assertThat(sent).isLessThan(100L << 20);
        assertThat(files()).isEqualTo(before);
        assertThat(texts.assets()).isEqualTo(1);
    }

    @Test
    void refusesAZipBombAndTakesNothingOfItsBomb() throws Exception {
        var zip = zip(Map.of("bomb.txt", new byte[60 << 20]));
        assertThat(zip).hasSizeLessThan(100_000);
        var answer = texts.as("requester").upload(texts.path() + "/archives", zip);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("archive-too-large");
        assertThat(texts.assets()).isEqualTo(1);
        assertThat(texts.as("requester")
                        .upload(texts.path() + "/archives", new byte[0])
                        .code())
                .isEqualTo("archive-broken");
    }

    @Test
    void takesTheGoodEntriesOfAnArchiveAndWritesToNoPathThatItNames() throws Exception {
        var job = SmallJob.on(server, "bad-archive").project(1, 0);
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("folder/good.png", SmallJob.png(20));
        for (var name :
                new String[] {"../../../../evil.png", "/evil.png", "..\\evil.png", "C:\\evil.png", "a/../../evil.png"
                }) {
            entries.put(name, SmallJob.png(21));
        }
        var answer = job.as("requester").upload(job.path() + "/archives", zip(entries));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("accepted").asInt()).isEqualTo(1);
        assertThat(answer.json()
                        .get("rejected")
                        .valueStream()
                        .map(r -> r.get("code").asString()))
                .hasSize(5)
                .containsOnly("unsafe-name");
        assertThat(job.assets()).isEqualTo(1);
        try (var all = Files.find(
                Path.of("target"),
                12,
                (path, a) -> path.getFileName().toString().contains("evil"))) {
            assertThat(all).isEmpty();
        }
        assertThat(Path.of("/evil.png")).doesNotExist();
    }

    /** All objects, and all drafts that an upload left behind. */
    private static TreeSet<String> files() throws IOException {
        var found = new TreeSet<String>();
        for (var folder : new String[] {"objects", "temporary"}) {
            try (var paths = Files.walk(server.data().resolve(folder))) {
                paths.filter(Files::isRegularFile).map(Path::toString).forEach(found::add);
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** A well-formed header of a picture that would need gigabytes to be decoded. */
    private static byte[] pngHeader(int width, int height) {
        var ihdr = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(US_ASCII))
                .putInt(width)
                .putInt(height);
        ihdr.put(new byte[] {8, 2, 0, 0, 0});
        var crc = new CRC32();
        crc.update(ihdr.array());
        return ByteBuffer.allocate(200)
                .putLong(0x89504E470D0A1A0AL)
                .putInt(13)
                .put(ihdr.array())
                .putInt((int) crc.getValue())
                .putInt(100)
                .put("IDAT".getBytes(US_ASCII))
                .array();
    }
}
