package io.etalon.ledger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A release about to be written. In two steps, as the log entry needs the digests and the proof needs the entry:
 * {@link #measure} the files, append {@link #leaf} to the log, then {@link #write} with the proof. Not thread-safe while
 * its contents are read.
 *
 * <p>Order in the archive: {@code manifest.txt}, {@code annotations.jsonl}, the other files by path,
 * {@code SHA256SUMS}, {@code log/entry.json}, {@code log/proof.tlog-proof}, {@code log/key.txt}.
 */
public final class ReleaseBundle {
    /** Which annotation belongs to which asset. */
    public static final String MANIFEST = "manifest.txt";

    /** One JSON line an asset, in the manifest's order. */
    public static final String ANNOTATIONS = "annotations.jsonl";

    /** The digests of all content files. */
    public static final String SUMS = "SHA256SUMS";

    /** The log entry: canonical JSON. */
    public static final String ENTRY = "log/entry.json";

    /** The proof that the entry is in the log. */
    public static final String PROOF = "log/proof.tlog-proof";

    /** The log's verifier key and a newline. */
    public static final String KEY = "log/key.txt";

    static final List<String> FIRST = List.of(MANIFEST, ANNOTATIONS);
    static final List<String> LAST = List.of(SUMS, ENTRY, PROOF, KEY);

    private record Item(BundleContent content, Measured measured) {}

    private final SortedMap<String, Item> files;

    private ReleaseBundle(SortedMap<String, Item> files) {
        this.files = files;
    }

    /**
     * Reads every file once. Needs manifest.txt and annotations.jsonl; refuses {@code SHA256SUMS} and names under
     * {@code log/}, which are the bundle's own.
     */
    public static ReleaseBundle measure(Map<String, BundleContent> files) throws IOException {
        var items = new TreeMap<String, Item>();
        for (var file : files.entrySet()) {
            var path = BundlePath.require(file.getKey());
            if (path.equals(SUMS) || path.startsWith("log/")) {
                throw new FormatException("«" + path + "» is written by the bundle itself");
            }
            items.put(path, new Item(file.getValue(), Measured.of(file.getValue())));
        }
        for (var needed : FIRST) {
            if (!items.containsKey(needed)) {
                throw new FormatException("a release has a file " + needed);
            }
        }
        return new ReleaseBundle(items);
    }

    /** SHA-256 of manifest.txt. */
    public Hash manifest() {
        return item(MANIFEST).measured().sha256();
    }

    private Item item(String path) {
        var item = files.get(path);
        if (item == null) {
            throw new IllegalStateException("measured without " + path);
        }
        return item;
    }

    /** The bytes of SHA256SUMS: {@code <hex>  <path>} and LF, sorted by path, as {@code sha256sum -c} reads it. */
    public byte[] sums() {
        var text = new StringBuilder();
        files.forEach((path, item) ->
                text.append(sumLine(item.measured().sha256(), path)).append('\n'));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static String sumLine(Hash sha256, String path) {
        return sha256.hex() + "  " + path;
    }

    /** What the log must say of this release. */
    public ReleaseLeaf leaf(long release, String project, String client) {
        return new ReleaseLeaf(release, project, client, manifest(), Hash.sha256(sums()));
    }

    /**
     * Writes the archive and flushes; does not close the stream. Reads every file again.
     *
     * @param entry the canonical bytes of the log entry, which must bind this release
     * @param proof the entry's inclusion under a checkpoint signed by this key and no other
     * @throws FormatException if the verifier would refuse entry, proof or key; nothing is written then
     */
    public void write(OutputStream out, byte[] entry, TlogProof proof, VerifierKey key) throws IOException {
        var leaf = ReleaseLeaf.parse(entry);
        var sums = sums();
        if (!leaf.manifest().equals(manifest()) || !leaf.sums().equals(Hash.sha256(sums))) {
            throw new FormatException("the log entry binds another release: " + leaf);
        }
        if (proof.extra().isPresent() || proof.checkpoint().signatures().size() != 1) {
            throw new FormatException(
                    "a release's proof has no extra data and one signature: nothing would authenticate more");
        }
        var unused = proof.verify(entry, key);
        var writer = new BundleWriter(out);
        for (var path : order(files.keySet())) {
            var item = item(path);
            writer.add(path, item.content(), item.measured());
        }
        writer.add(SUMS, BundleContent.of(sums));
        writer.add(ENTRY, BundleContent.of(entry));
        writer.add(PROOF, BundleContent.of(proof.bytes()));
        writer.add(KEY, BundleContent.of(keyFile(key)));
        writer.finish();
    }

    static byte[] keyFile(VerifierKey key) {
        return (key + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The content files in the archive's order. */
    static List<String> order(Iterable<String> sorted) {
        var order = new ArrayList<>(FIRST);
        for (var path : sorted) {
            if (!FIRST.contains(path)) {
                order.add(path);
            }
        }
        return order;
    }
}
