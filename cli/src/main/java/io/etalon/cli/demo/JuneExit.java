package io.etalon.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** The fifth outcome: one client leaves whole, goes on elsewhere in the same state, and leaves no readable byte behind. */
final class JuneExit {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration KEY_LIFETIME = Duration.ofDays(1);
    private static final byte[] MARK = "canary".getBytes(UTF_8);
    private static final int NOT_FOUND = 404;

    /** Files are mapped a part at a time; parts overlap by the longest word. */
    private static final long PART = 1L << 28;

    private static final int OVERLAP = 256;

    private final June.Stage stage;
    private final JuneWorld world;
    private final Path papers;
    private final Maker leaver;

    JuneExit(June.Stage stage, JuneWorld world, Path papers) {
        this.stage = stage;
        this.world = world;
        this.papers = papers;
        this.leaver = world.leaver();
    }

    /** The last canary: a comment. */
    void plant(Shift.Given given) {
        given.by()
                .api()
                .post(
                        leaver.project() + "/submissions/" + given.submission() + "/comments",
                        Map.of("text", "Is this one clear? " + world.canary("comment")));
    }

    String leave() throws IOException {
        var archive = papers.resolve(leaver.slug() + ".zip");
        var key = Files.writeString(papers.resolve("requester-key"), requesterKey());
        var content = line(
                run(
                        "tenant",
                        "export",
                        "--client",
                        leaver.slug(),
                        "--to",
                        archive.toString(),
                        "--url",
                        stage.url(),
                        "--key",
                        key.toString()),
                "content");
        requireControls(archive);
        var elsewhere = Files.createDirectories(papers.resolve("elsewhere"));
        var restored = line(run("tenant", "import", archive.toString(), "--data", elsewhere.toString()), "content");
        Check.equal("the digest of what was restored", content, restored);
        Check.equal("the digest of what is exported there", content, exportElsewhere(elsewhere));
        var certificate = destroy();
        var begun = System.nanoTime();
        var left = found(stage.data(), world.canaries());
        Check.that("words of the client are still readable: " + left, left.isEmpty());
        return leaver.name() + " left: archive of " + Files.size(archive) / 1024 + " KiB, content "
                + content.substring(0, 16)
                + "… equal in a second installation; destroyed here, certificate " + certificate.getFileName()
                + " verifies; " + world.canaries().size() + " canaries ("
                + String.join(", ", world.canaries().keySet())
                + ") found in 0 of " + size(stage.data()) / (1 << 20) + " MiB searched in "
                + (System.nanoTime() - begun) / 1_000_000 + " ms";
    }

    private String requesterKey() {
        return leaver.requester()
                .post(
                        "/api/v1/api-keys",
                        Map.of(
                                "name",
                                "leaving",
                                "client",
                                leaver.slug(),
                                "roles",
                                List.of("requester"),
                                "expiresAt",
                                Clock.systemUTC().instant().plus(KEY_LIFETIME).toString()))
                .get("key")
                .asString();
    }

    private String run(String... command) {
        var ran = stage.etalon(command);
        if (ran.code() != 0) {
            throw new DemoFailure("etalon " + command[0] + " " + command[1] + " ended with " + ran.code() + ": "
                    + ran.err().strip());
        }
        return ran.out();
    }

    private static String line(String out, String name) {
        return out.lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new DemoFailure("it printed no " + name + ": " + out))
                .substring(name.length())
                .strip();
    }

    /** A search that finds nothing proves something only if it finds what is there. */
    private void requireControls(Path archive) throws IOException {
        var inArchive = new TreeSet<String>();
        search(archive, world.canaries(), inArchive, "");
        Check.equal("canaries in the client's own archive", world.canaries().keySet(), inArchive);
        var open = new LinkedHashMap<>(world.canaries());
        open.keySet().retainAll(Set.of("name"));
        Check.that(
                "the search finds a searchable name before the end",
                !found(stage.data(), open).isEmpty());
    }

    private String exportElsewhere(Path data) {
        try (var other = stage.elsewhere(data)) {
            var requester = Api.anonymous(HttpClient.newHttpClient(), other::url);
            requester.post(
                    "/api/v1/session/link",
                    Map.of("token", other.signInToken("requester@" + leaver.slug() + ".invalid")));
            requester.put("/api/v1/me/password", Map.of("password", Passphrases.random()));
            var exports = leaver.at() + "/exit/exports";
            var id = requester.post(exports, Map.of()).get("id").asString();
            var deadline = System.nanoTime() + LIMIT.toNanos();
            var export = requester.get(exports + "/" + id);
            while (export.get("state").asString().equals("building") && System.nanoTime() < deadline) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                export = requester.get(exports + "/" + id);
            }
            Check.equal(
                    "the archive made elsewhere", "ready", export.get("state").asString());
            Check.equal(
                    "tasks done elsewhere",
                    (long) leaver.tasks(),
                    requester.get(leaver.project()).get("progress").get("done").asLong());
            return export.get("content").asString();
        }
    }

    /** Agreed by the client, ordered by the operator. */
    private Path destroy() throws IOException {
        var export = leaver.requester()
                .get(leaver.at() + "/exit/exports")
                .get("items")
                .get(0)
                .get("id")
                .asString();
        leaver.requester().post(leaver.at() + "/exit/consents", Map.of("slug", leaver.slug(), "export", export));
        var departure = world.operator().post("/api/v1/departures", Map.of("slug", leaver.slug()));
        var certificate = Files.writeString(
                papers.resolve("exit-certificate.txt"),
                departure.get("certificate").asString());
        Check.equal(
                "the certificate at its address",
                departure.get("certificate").asString(),
                world.operator()
                        .getText("/api/v1/departures/" + departure.get("client").asString() + "/certificate"));
        var key = Files.writeString(
                papers.resolve("installation-key"), world.operator().getText("/api/v1/departures/key"));
        var said = run("verify", certificate.toString(), "--key", key.toString());
        Check.that("the certificate is verified: " + said, said.contains("verified exit certificate"));
        Check.equal(
                "the client's address afterwards",
                NOT_FOUND,
                leaver.requester().look(leaver.at()).status());
        return certificate;
    }

    private static long size(Path folder) throws IOException {
        var sum = 0L;
        for (var file : files(folder)) {
            sum += file.toFile().length();
        }
        return sum;
    }

    /** The database runs meanwhile, and its files come and go. */
    private static List<Path> files(Path folder) throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return files;
    }

    /** The fields whose word stands in a file below a folder, with the file. */
    private static Set<String> found(Path folder, Map<String, String> words) throws IOException {
        var found = new TreeSet<String>();
        for (var file : files(folder)) {
            try {
                search(file, words, found, " in " + folder.relativize(file));
            } catch (NoSuchFileException e) {
                // Its bytes are gone, which is all that is asked of them.
                continue;
            }
        }
        return found;
    }

    private static void search(Path file, Map<String, String> words, Set<String> found, String where)
            throws IOException {
        try (var channel = FileChannel.open(file)) {
            for (var from = 0L; from < channel.size(); from += PART) {
                var part = channel.map(MapMode.READ_ONLY, from, Math.min(PART + OVERLAP, channel.size() - from));
                for (var at = next(part, 0); at >= 0; at = next(part, at + 1)) {
                    for (var word : words.entrySet()) {
                        if (stands(part, at, word.getValue().getBytes(UTF_8))) {
                            found.add(word.getKey() + where);
                        }
                    }
                }
            }
        }
    }

    /** All words begin alike, so that one pass finds the places to look at. */
    private static int next(MappedByteBuffer bytes, int from) {
        for (var at = from; at + MARK.length <= bytes.limit(); at++) {
            if (bytes.get(at) == MARK[0] && stands(bytes, at, MARK)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean stands(MappedByteBuffer bytes, int at, byte[] word) {
        if (at + word.length > bytes.limit()) {
            return false;
        }
        for (var i = 0; i < word.length; i++) {
            if (bytes.get(at + i) != word[i]) {
                return false;
            }
        }
        return true;
    }
}
