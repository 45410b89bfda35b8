package io.etalon.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds small releases with their log: every part can be replaced to make a false one. */
final class Releases {
    static final SignerKey SIGNER = SignerKey.ofSeed("etalon.example/client-7", new byte[32]);

    final TreeMap<String, byte[]> files = new TreeMap<>();

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A release of so many assets with floats, escapes and letters beyond ASCII in its annotations. */
    static Releases of(int assets) throws IOException {
        var hashes = new ArrayList<Hash>();
        for (var i = 0; i < assets; i++) {
            hashes.add(Hash.sha256(utf8("asset " + i)));
        }
        hashes.sort(null);
        var manifest = new ByteArrayOutputStream();
        var annotations = new ByteArrayOutputStream();
        var writer = new ManifestWriter(manifest, annotations);
        for (var hash : hashes) {
            writer.add(
                    hash,
                    utf8("{\"boxes\":[[1.5,-2e3,0.25]],\"asset\":{\"name\":\"Straße\\n\",\"sha256\":\"" + hash
                            + "\"}}"));
        }
        var release = new Releases();
        release.files.put("manifest.txt", manifest.toByteArray());
        release.files.put("annotations.jsonl", annotations.toByteArray());
        release.files.put("coco.json", utf8("{}"));
        release.files.put("datasheet.md", utf8("# Datasheet\n"));
        return release;
    }

    private Map<String, BundleContent> contents() {
        var contents = new TreeMap<String, BundleContent>();
        files.forEach((path, bytes) -> contents.put(path, BundleContent.of(bytes)));
        return contents;
    }

    ReleaseBundle bundle() throws IOException {
        return ReleaseBundle.measure(contents());
    }

    static TlogProof prove(byte[] entry) {
        return prove(entry, SIGNER);
    }

    /** Puts the entry among others in a log and proves it. */
    static TlogProof prove(byte[] entry, SignerKey signer) {
        var leaves = new ArrayList<>(MerkleLogTest.leaves(11));
        leaves.set(6, Merkle.leaf(entry));
        var log = MerkleLog.at(new MemoryTileStore(), 0).append(leaves);
        var head = new Checkpoint(signer.verifier().name(), log.size(), log.root());
        return TlogProof.of(log.inclusionProof(6, log.size()), head.sign(signer));
    }

    byte[] zip() throws IOException {
        var bundle = bundle();
        var entry = CanonicalJson.write(bundle.leaf(3, "p-1", "c-7").toJson());
        var out = new ByteArrayOutputStream();
        bundle.write(out, entry, prove(entry), SIGNER.verifier());
        return out.toByteArray();
    }

    /** The parts of a good bundle in their order, to be changed and zipped again by {@link #raw}. */
    List<Map.Entry<String, byte[]>> parts() throws IOException {
        var bundle = bundle();
        var entry = CanonicalJson.write(bundle.leaf(3, "p-1", "c-7").toJson());
        var parts = new ArrayList<Map.Entry<String, byte[]>>();
        ReleaseBundle.order(files.keySet()).forEach(path -> parts.add(Map.entry(path, files.get(path))));
        parts.add(Map.entry("SHA256SUMS", bundle.sums()));
        parts.add(Map.entry("log/entry.json", entry));
        parts.add(Map.entry("log/proof.tlog-proof", prove(entry).bytes()));
        parts.add(Map.entry("log/key.txt", utf8(SIGNER.verifier() + "\n")));
        return parts;
    }

    /** A well-formed archive of any parts: the false contents reach the checks behind the archive's. */
    static byte[] raw(List<Map.Entry<String, byte[]>> parts) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new BundleWriter(out)) {
            for (var part : parts) {
                writer.add(part.getKey(), BundleContent.of(part.getValue()));
            }
        }
        return out.toByteArray();
    }
}
