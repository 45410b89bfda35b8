package io.etalon.ledger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a bundle in groups of files, each closed by a file of their digests in the form of {@code sha256sum}. Streams
 * like {@link BundleWriter}; keeps a digest a file of the group that is open. Not thread-safe.
 */
final class SummedBundle {
    private final BundleWriter writer;
    private final SortedMap<String, Hash> group = new TreeMap<>();

    SummedBundle(OutputStream out) {
        this.writer = new BundleWriter(out);
    }

    /** Adds a file to the open group. */
    void add(String path, BundleContent content) throws IOException {
        var measured = Measured.of(content);
        writer.add(path, content, measured);
        group.put(path, measured.sha256());
    }

    /** Writes the open group's digests, sorted by path, and opens the next group; the digest of that file. */
    Hash close(String path) throws IOException {
        var sums = sums(group);
        group.clear();
        writer.add(path, BundleContent.of(sums));
        return Hash.sha256(sums);
    }

    /** Writes a last file that belongs to no group, and the directory. */
    void finish(String path, byte[] content) throws IOException {
        writer.add(path, BundleContent.of(content));
        writer.finish();
    }

    static byte[] sums(SortedMap<String, Hash> files) {
        var text = new StringBuilder();
        files.forEach((path, sha256) ->
                text.append(ReleaseBundle.sumLine(sha256, path)).append('\n'));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
