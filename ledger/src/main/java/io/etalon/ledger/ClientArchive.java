package io.etalon.ledger;

import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one client in one file: {@code content/…} with {@code SHA256SUMS}, whose own digest names the content;
 * {@code log/…}, the whole audit log in C2SP tlog-tiles with {@code log/SHA256SUMS}; and last {@code archive.note}, signed
 * by the log's key, which binds both. Two archives of one state have the same content digest wherever they were written;
 * their logs differ by what was logged in between.
 */
public final class ClientArchive {
    /** First line of the note; the second is canonical JSON. */
    public static final String HEADER = "etalon-archive/v1";

    /** Folder of what the digest names. */
    public static final String CONTENT = "content/";

    /** Folder of the log's files, laid out as C2SP tlog-tiles. */
    public static final String LOG = LogReplay.FOLDER;

    static final String SUMS = "SHA256SUMS";
    static final String LOG_SUMS = "log/SHA256SUMS";

    /** The signed description, the last file. */
    public static final String NOTE = "archive.note";

    private static final int MOST_IN_MEMORY = 1 << 25;

    /**
     * An archive of which everything holds.
     *
     * @param facts what the note says of it
     * @param content the digest of the canonical content
     * @param head the head of the log that it carries
     * @param key who signed head and note
     * @param trusted whether the caller vouched for the key
     * @param files all files by their paths
     */
    public record Verified(
            JsonObject facts,
            Hash content,
            Checkpoint head,
            VerifierKey key,
            boolean trusted,
            Map<String, BundleEntry> files) {
        public Verified {
            files = Map.copyOf(files);
        }

        /** The file of this path. */
        public Optional<BundleEntry> file(String path) {
            return Optional.ofNullable(files.get(path));
        }
    }

    private final SortedMap<String, Hash> content = new TreeMap<>();
    private final SortedMap<String, Hash> log = new TreeMap<>();
    private final LogReplay replay = new LogReplay((entry, index) -> {});
    private byte[] sums = {};
    private byte[] logSums = {};
    private @Nullable SignedNote note;

    private ClientArchive() {}

    /** Whether a file's last entry is an archive's note, as far as its beginning tells: its first file is content. */
    public static boolean looksLike(Path zip) throws IOException {
        try (var reader = BundleReader.open(zip)) {
            var first = reader.peek(1);
            return !first.isEmpty() && first.getFirst().path().startsWith(CONTENT);
        }
    }

    /**
     * Reads the whole archive once.
     *
     * @param trusted the log's key, got by another way
     * @throws BundleException when the zip is not canonical: cut, with hidden bytes, with names that leave the folder
     * @throws FormatException naming the first thing else that does not hold
     */
    public static Verified verify(Path zip, Optional<VerifierKey> trusted) throws IOException {
        var archive = new ClientArchive();
        try (var reader = BundleReader.open(zip)) {
            var files = reader.walk(archive::take);
            if (files.isEmpty() || !files.getLast().path().equals(NOTE)) {
                throw new FormatException("the last file is " + NOTE);
            }
            return archive.verified(files, trusted);
        }
    }

    private void take(BundleEntry file, InputStream in) throws IOException {
        var path = file.path();
        switch (path) {
            case SUMS -> sums = small(file, in);
            case LOG_SUMS -> logSums = small(file, in);
            case NOTE -> note = SignedNote.parse(small(file, in));
            default -> {
                if (path.startsWith(CONTENT)) {
                    content.put(path, digest(in));
                } else if (path.startsWith(LogReplay.FOLDER)) {
                    var bytes = small(file, in);
                    log.put(path, Hash.sha256(bytes));
                    replay.take(path, bytes);
                } else {
                    throw new FormatException("«" + path + "» belongs to no part of an archive");
                }
            }
        }
    }

    private static byte[] small(BundleEntry file, InputStream in) throws IOException {
        if (file.size() > MOST_IN_MEMORY && !file.path().endsWith(SUMS)) {
            throw new FormatException(
                    "«" + file.path() + "» has " + file.size() + " bytes; the most is " + MOST_IN_MEMORY);
        }
        return in.readAllBytes();
    }

    private static Hash digest(InputStream in) throws IOException {
        var digest = Hash.newDigest();
        var buffer = new byte[1 << 16];
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return Hash.finish(digest);
    }

    private Verified verified(List<BundleEntry> files, Optional<VerifierKey> trusted) {
        requireSums(SUMS, sums, content);
        requireSums(LOG_SUMS, logSums, log);
        var head = replay.head(trusted);
        var signed = note;
        if (signed == null) {
            throw new FormatException("there is no " + NOTE);
        }
        signed.requireSignedBy(head.key());
        var facts = facts(signed);
        var digest = Hash.sha256(sums);
        requireFact(facts, "content", digest.hex());
        requireFact(facts, "log", Hash.sha256(logSums).hex());
        requireFact(facts, "origin", head.key().name());
        var byPath = files.stream().collect(Collectors.toMap(BundleEntry::path, file -> file));
        return new Verified(facts, digest, head.checkpoint(), head.key(), head.trusted(), byPath);
    }

    private static void requireSums(String path, byte[] found, SortedMap<String, Hash> files) {
        var expected = new String(SummedBundle.sums(files), StandardCharsets.US_ASCII).split("\n", -1);
        var lines = new String(found, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (var i = 0; i < Math.max(expected.length, lines.length); i++) {
            var right = i < expected.length ? expected[i] : "the end";
            var is = i < lines.length ? lines[i] : "the end";
            if (!right.equals(is)) {
                throw new FormatException(path + ", line " + (i + 1) + ": expected «" + Text.line(right)
                        + "» as the files are, found «" + Text.line(is) + "»");
            }
        }
    }

    private static JsonObject facts(SignedNote note) {
        var lines = note.text().split("\n", -1);
        if (lines.length != 3 || !lines[0].equals(HEADER)) {
            throw new FormatException(NOTE + " begins with the line " + HEADER + " and one line of JSON");
        }
        if (CanonicalJson.readCanonical(lines[1].getBytes(StandardCharsets.UTF_8)) instanceof JsonObject object) {
            return object;
        }
        throw new FormatException(NOTE + " holds no JSON object");
    }

    private static void requireFact(JsonObject facts, String name, String value) {
        var found = facts.get(name).orElse(null);
        if (!new JsonString(value).equals(found)) {
            throw new FormatException(
                    NOTE + " says of " + name + " «" + Text.shown(String.valueOf(found)) + "», and it is " + value);
        }
    }

    /** Writes an archive: all content, then the log, then the note. Streams; does not close the stream. */
    public static final class Writer {
        private final SummedBundle bundle;
        private long files;

        public Writer(OutputStream out) {
            this.bundle = new SummedBundle(out);
        }

        /** Adds a file of the content; the path is below {@link ClientArchive#CONTENT}. */
        public void content(String path, BundleContent bytes) throws IOException {
            bundle.add(CONTENT + path, bytes);
            files++;
        }

        /** How many files of content were added. */
        public long files() {
            return files;
        }

        /** Ends the content; its digest. */
        public Hash endContent() throws IOException {
            return bundle.close(SUMS);
        }

        /** Adds a file of the log, such as {@code tile/entries/000}; entry bundles in their order. */
        public void log(String path, BundleContent bytes) throws IOException {
            bundle.add(LogReplay.FOLDER + path, bytes);
        }

        /** Ends the log with its head and key; its digest. */
        public Hash endLog(SignedNote checkpoint, VerifierKey key) throws IOException {
            bundle.add(LogReplay.CHECKPOINT, BundleContent.of(checkpoint.bytes()));
            bundle.add(LogReplay.KEY, BundleContent.of(ReleaseBundle.keyFile(key)));
            return bundle.close(LOG_SUMS);
        }

        /** Writes the note and the directory. */
        public void finish(Map<String, JsonValue> more, Hash content, Hash log, SignerKey signer) throws IOException {
            var facts = new TreeMap<>(more);
            facts.put("content", new JsonString(content.hex()));
            facts.put("log", new JsonString(log.hex()));
            facts.put("origin", new JsonString(signer.verifier().name()));
            var json = new String(CanonicalJson.write(new JsonObject(facts)), StandardCharsets.UTF_8);
            bundle.finish(
                    NOTE, SignedNote.sign(HEADER + "\n" + json + "\n", signer).bytes());
        }
    }
}
