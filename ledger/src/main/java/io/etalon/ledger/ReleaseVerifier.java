package io.etalon.ledger;

import io.etalon.ledger.Verification.Check;
import io.etalon.ledger.Verification.Passed;
import io.etalon.ledger.Verification.Refused;
import io.etalon.ledger.Verification.Verified;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Verifies a release bundle offline, to the last byte, with nothing but this library and, at best, the log's key from
 * elsewhere. The checks and their order are {@link Check}'s. Streams: memory is a few buffers and one small record a
 * file, whatever the number of assets; the manifest and the annotations are read twice. One object verifies one file on
 * one thread.
 */
public final class ReleaseVerifier {
    private static final int MAX_SMALL_FILE = 1 << 20;
    private static final int MANIFEST_LINE = 4 * Hash.LENGTH + 1;
    private static final int SUM_LINE = 2 * Hash.LENGTH + 2 + BundlePath.MAX_LENGTH;

    private record File(BundleEntry entry, Hash sha256) {}

    private final BundleReader reader;
    private final Progress progress;
    private final Map<String, File> files = new LinkedHashMap<>();
    private final List<Passed> passed = new ArrayList<>();
    private long done;
    private long total;

    private ReleaseVerifier(BundleReader reader, Progress progress) {
        this.reader = reader;
        this.progress = progress;
    }

    /** {@link #verify(Path, Optional, Progress)} without hearing of its progress. */
    public static Verification verify(Path zip, Optional<VerifierKey> trusted) {
        return verify(zip, trusted, Progress.none());
    }

    /**
     * Checks the whole file.
     *
     * @param trusted the key that the reader of the release knows to be the log's; the bundled key must equal it. Without
     *     it the bundle is only shown to be whole and consistent with the key it carries
     * @return what holds, or the first thing that does not; a bad or unreadable file is an answer, never an exception
     */
    public static Verification verify(Path zip, Optional<VerifierKey> trusted, Progress progress) {
        try (var reader = BundleReader.open(zip)) {
            var verifier = new ReleaseVerifier(reader, progress);
            try {
                return verifier.run(trusted);
            } catch (Refusal r) {
                return new Refused(verifier.passed, r.check, r.where, r.expected, r.found);
            }
        } catch (IOException e) {
            return new Refused(
                    List.of(), Check.ARCHIVE, String.valueOf(zip.getFileName()), "a readable file", e.toString());
        }
    }

    private Verification run(Optional<VerifierKey> trusted) throws Refusal {
        attempt(Check.ARCHIVE, "the archive", this::archive);
        attempt(Check.SUMS, ReleaseBundle.SUMS, this::sums);
        attempt(Check.MANIFEST, ReleaseBundle.MANIFEST, this::manifest);
        attempt(Check.ANNOTATIONS, ReleaseBundle.ANNOTATIONS, this::annotations);
        var entry = attempt(Check.ENTRY, ReleaseBundle.ENTRY, () -> small(ReleaseBundle.ENTRY));
        var leaf = attempt(Check.ENTRY, ReleaseBundle.ENTRY, () -> entry(entry));
        var proof = attempt(Check.INCLUSION, ReleaseBundle.PROOF, () -> inclusion(entry));
        var key = attempt(Check.SIGNATURE, ReleaseBundle.KEY, () -> key(trusted));
        var head = attempt(Check.SIGNATURE, ReleaseBundle.PROOF, () -> signature(proof, key, trusted.isPresent()));
        progress.at(total, total);
        return new Verified(passed, leaf, head, key, trusted.isPresent());
    }

    private Boolean archive() throws IOException, Refusal {
        total = reader.size();
        for (var entry : reader.peek(ReleaseBundle.FIRST.size())) {
            total = Math.addExact(total, entry.size());
        }
        reader.walk((entry, content) -> {
            var digest = Hash.newDigest();
            var buffer = new byte[1 << 16];
            for (var n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                digest.update(buffer, 0, n);
                advance(n);
            }
            files.put(entry.path(), new File(entry, Hash.finish(digest)));
        });
        var names = new ArrayList<>(files.keySet());
        var contents = new TreeSet<>(names);
        ReleaseBundle.LAST.forEach(contents::remove);
        var expected = ReleaseBundle.order(contents);
        expected.addAll(ReleaseBundle.LAST);
        for (var i = 0; i < expected.size(); i++) {
            var found = i < names.size() ? names.get(i) : "the directory";
            if (!found.equals(expected.get(i)) || found.startsWith("log/") && !ReleaseBundle.LAST.contains(found)) {
                throw new Refusal(Check.ARCHIVE, "file " + (i + 1) + " of the archive", expected.get(i), found);
            }
        }
        pass(
                Check.ARCHIVE,
                "each of its " + reader.size() + " bytes belongs to a file or is what the format prescribes",
                names.size());
        return true;
    }

    private Boolean sums() throws IOException, Refusal {
        var contents = new TreeSet<>(files.keySet());
        ReleaseBundle.LAST.forEach(contents::remove);
        try (var lines = lines(ReleaseBundle.SUMS)) {
            for (var path : contents) {
                var expected = ReleaseBundle.sumLine(file(path).sha256(), path);
                var found =
                        lines.next() ? text(Check.SUMS, ReleaseBundle.SUMS, lines, SUM_LINE) : "the end of the file";
                if (!found.equals(expected)) {
                    throw new Refusal(
                            Check.SUMS, ReleaseBundle.SUMS + ", line " + lines.line(), expected, Text.line(found));
                }
            }
            if (lines.next()) {
                throw new Refusal(
                        Check.SUMS, ReleaseBundle.SUMS + ", line " + lines.line(), "the end of the file", "more lines");
            }
        }
        pass(
                Check.SUMS,
                "every content file has the digest that SHA256SUMS gives, and there is no other file",
                contents.size());
        return true;
    }

    private Boolean manifest() throws IOException, Refusal {
        var count = 0L;
        try (var lines = lines(ReleaseBundle.MANIFEST)) {
            manifestHeader(lines);
            var last = "";
            while (lines.next()) {
                var line = text(Check.MANIFEST, ReleaseBundle.MANIFEST, lines, MANIFEST_LINE);
                var where = ReleaseBundle.MANIFEST + ", line " + lines.line();
                if (line.length() != MANIFEST_LINE
                        || line.charAt(2 * Hash.LENGTH) != ' '
                        || !Hash.isHex(asset(line))
                        || !Hash.isHex(line.substring(2 * Hash.LENGTH + 1))) {
                    throw new Refusal(Check.MANIFEST, where, "<asset sha256> <annotation sha256>", Text.line(line));
                }
                if (asset(line).compareTo(last) <= 0) {
                    throw new Refusal(Check.MANIFEST, where, "an asset after " + last, asset(line));
                }
                last = asset(line);
                count++;
            }
        }
        pass(Check.MANIFEST, "the manifest names each asset once, in order, with the digest of its annotation", count);
        return true;
    }

    private static String asset(String manifestLine) {
        return manifestLine.substring(0, 2 * Hash.LENGTH);
    }

    private void manifestHeader(Lines lines) throws IOException, Refusal {
        var header =
                lines.next() ? text(Check.MANIFEST, ReleaseBundle.MANIFEST, lines, MANIFEST_LINE) : "an empty file";
        if (!header.equals(ManifestWriter.HEADER)) {
            throw new Refusal(
                    Check.MANIFEST, ReleaseBundle.MANIFEST + ", line 1", ManifestWriter.HEADER, Text.line(header));
        }
    }

    private Boolean annotations() throws IOException, Refusal {
        var count = 0L;
        try (var manifest = lines(ReleaseBundle.MANIFEST);
                var annotations = lines(ReleaseBundle.ANNOTATIONS)) {
            manifestHeader(manifest);
            while (manifest.next()) {
                var line = manifest.text(MANIFEST_LINE);
                if (!annotations.next()) {
                    throw new Refusal(
                            Check.ANNOTATIONS,
                            ReleaseBundle.ANNOTATIONS + ", line " + (count + 1),
                            "the annotation of asset " + asset(line),
                            "the end of the file");
                }
                annotation(annotations, line);
                count++;
            }
            if (annotations.next()) {
                throw new Refusal(
                        Check.ANNOTATIONS,
                        ReleaseBundle.ANNOTATIONS + ", line " + annotations.line(),
                        "the end of the file, as the manifest has " + count + " assets",
                        "more lines");
            }
        }
        pass(Check.ANNOTATIONS, "every annotation is the one the manifest names, for the asset it names", count);
        return true;
    }

    private static void annotation(Lines lines, String manifestLine) throws IOException, Refusal {
        var where = ReleaseBundle.ANNOTATIONS + ", line " + lines.line();
        Hash asset;
        try {
            asset = AnnotationScan.assetOf(lines);
        } catch (FormatException e) {
            throw new Refusal(
                    Check.ANNOTATIONS, where, "a JSON object with asset.sha256", String.valueOf(e.getMessage()));
        }
        if (!asset.hex().equals(asset(manifestLine))) {
            throw new Refusal(Check.ANNOTATIONS, where + ", asset.sha256", asset(manifestLine), asset.hex());
        }
        var hash = lines.finish().hex();
        var expected = manifestLine.substring(2 * Hash.LENGTH + 1);
        if (!hash.equals(expected)) {
            throw new Refusal(Check.ANNOTATIONS, where, "SHA-256 " + expected, hash);
        }
    }

    private ReleaseLeaf entry(byte[] entry) throws Refusal {
        var leaf = ReleaseLeaf.parse(entry);
        bind("manifest", leaf.manifest(), file(ReleaseBundle.MANIFEST).sha256());
        bind("sums", leaf.sums(), file(ReleaseBundle.SUMS).sha256());
        pass(Check.ENTRY, "the log entry of release " + leaf.release() + " binds manifest.txt and SHA256SUMS", 2);
        return leaf;
    }

    private static void bind(String member, Hash inEntry, Hash inArchive) throws Refusal {
        if (!inEntry.equals(inArchive)) {
            throw new Refusal(Check.ENTRY, ReleaseBundle.ENTRY + ", member " + member, inArchive.hex(), inEntry.hex());
        }
    }

    private TlogProof inclusion(byte[] entry) throws IOException, Refusal {
        var proof = TlogProof.parse(small(ReleaseBundle.PROOF));
        if (proof.extra().isPresent()) {
            throw new Refusal(Check.INCLUSION, ReleaseBundle.PROOF + ", line 2", "no extra data", "a line «extra»");
        }
        var head = Checkpoint.parse(proof.checkpoint().text());
        if (!proof.inclusion(head).verify(Merkle.leaf(entry), head.root())) {
            throw new Refusal(
                    Check.INCLUSION,
                    ReleaseBundle.PROOF,
                    "a path from the entry at index " + proof.index() + " to the root "
                            + head.root().base64() + " of " + head.size() + " entries",
                    "a path of " + proof.path().size() + " hashes to another root");
        }
        pass(
                Check.INCLUSION,
                "the entry is number " + proof.index() + " of the log's " + head.size(),
                proof.path().size());
        return proof;
    }

    private VerifierKey key(Optional<VerifierKey> trusted) throws IOException, Refusal {
        var bytes = small(ReleaseBundle.KEY);
        var text = Text.utf8(bytes, ReleaseBundle.KEY);
        var key = VerifierKey.parse(text.strip());
        if (!Arrays.equals(bytes, ReleaseBundle.keyFile(key))) {
            throw new Refusal(Check.SIGNATURE, ReleaseBundle.KEY, "the key and one newline", Text.line(text));
        }
        if (trusted.isPresent() && !trusted.get().equals(key)) {
            throw new Refusal(Check.SIGNATURE, ReleaseBundle.KEY, "the trusted key " + trusted.get(), key.toString());
        }
        return key;
    }

    private Checkpoint signature(TlogProof proof, VerifierKey key, boolean trusted) throws Refusal {
        var signatures = proof.checkpoint().signatures().size();
        if (signatures != 1) {
            throw new Refusal(Check.SIGNATURE, ReleaseBundle.PROOF, "one signature", signatures + " signatures");
        }
        var head = Checkpoint.open(proof.checkpoint(), key);
        pass(
                Check.SIGNATURE,
                "the log head is signed by " + key
                        + (trusted
                                ? ", the trusted key"
                                : ", the key in the archive; compare it with the log's published key"),
                1);
        return head;
    }

    private File file(String path) {
        var file = files.get(path);
        if (file == null) {
            throw new IllegalStateException("the archive check lets no bundle pass without " + path);
        }
        return file;
    }

    private byte[] small(String path) throws IOException, Refusal {
        var entry = file(path).entry();
        if (entry.size() > MAX_SMALL_FILE) {
            throw new Refusal(Check.ENTRY, path, "at most " + MAX_SMALL_FILE + " bytes", entry.size() + " bytes");
        }
        try (var in = reader.open(entry)) {
            return in.readAllBytes();
        }
    }

    private Lines lines(String path) {
        var in = reader.open(file(path).entry());
        return new Lines(new FilterInputStream(in) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                var n = super.read(target, offset, length);
                advance(Math.max(0, n));
                return n;
            }
        });
    }

    private static String text(Check check, String file, Lines lines, int maxLength) throws IOException, Refusal {
        try {
            return lines.text(maxLength);
        } catch (FormatException e) {
            throw new Refusal(check, file + ", line " + lines.line(), "a line of text", String.valueOf(e.getMessage()));
        }
    }

    private void advance(long bytes) {
        done += bytes;
        progress.at(Math.min(done, total), total);
    }

    private void pass(Check check, String proved, long count) {
        passed.add(new Passed(check, proved, count));
    }

    private interface Step<T> {
        T run() throws IOException, Refusal;
    }

    /** Runs a step; what it throws about the bytes becomes its refusal. */
    private static <T> T attempt(Check check, String where, Step<T> step) throws Refusal {
        try {
            return step.run();
        } catch (BundleException e) {
            throw new Refusal(check, e.where(), e.expected(), e.found());
        } catch (FormatException e) {
            throw new Refusal(check, where, "its format", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new Refusal(check, where, "a readable file", e.toString());
        }
    }

    /** Carries the first failure up; never leaves this class. */
    private static final class Refusal extends Exception {
        final Check check;
        final String where;
        final String expected;
        final String found;

        Refusal(Check check, String where, String expected, String found) {
            super(where, null, false, false);
            this.check = check;
            this.where = where;
            this.expected = expected;
            this.found = found;
        }
    }
}
