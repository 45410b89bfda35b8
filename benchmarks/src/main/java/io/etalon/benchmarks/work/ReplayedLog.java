package io.etalon.benchmarks.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.benchmarks.Goal;
import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.EntryBundle;
import io.etalon.ledger.LogVerification;
import io.etalon.ledger.LogVerifier;
import io.etalon.ledger.MemoryTileStore;
import io.etalon.ledger.Merkle;
import io.etalon.ledger.MerkleLog;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.SignerKey;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A whole log checked offline, as a client does it: each entry read from the bundles that a log serves, taken for canonical
 * JSON, hashed into the tree, and the root held against the signed one. The yardstick is SHA-256 over the same file.
 */
final class ReplayedLog {
    private static final int ENTRIES = 1_000_000;
    private static final int BUNDLES = (ENTRIES + 255) / 256;

    private ReplayedLog() {}

    /**
     * @param entry one of a real log: all are its like, each with a salt of its own
     * @param rounds how often both are measured
     */
    static List<Goal> measure(String entry, int rounds) throws IOException {
        var key = SignerKey.generate("bench.example/log", new SecureRandom());
        var file = Files.createTempFile("etalon-bench-", ".entries");
        try {
            var head = write(file, entry, key);
            var ours = new ArrayList<Double>();
            var hashing = new ArrayList<Double>();
            for (var round = 0; round < rounds; round++) {
                hashing.add(hashed(file));
                ours.add(replayed(file, head, key));
            }
            var seconds = Medians.of(ours, one -> one);
            return List.of(
                    Goal.ofCost(
                            "1,000,000 log entries verified, against hashing their bytes",
                            "s",
                            seconds,
                            Medians.of(hashing, one -> one),
                            0),
                    Goal.ofCost("1,000,000 log entries verified, against the limit", "s", seconds, 30, 1));
        } finally {
            Files.delete(file);
        }
    }

    private static SignedNote write(Path file, String entry, SignerKey key) throws IOException {
        var salt = entry.indexOf("\"salt\":\"") + 8;
        var begin = entry.substring(0, salt);
        var end = entry.substring(entry.indexOf('"', salt));
        var log = MerkleLog.at(new MemoryTileStore(), 0);
        try (var out = Files.newOutputStream(file)) {
            for (var bundle = 0; bundle < BUNDLES; bundle++) {
                var entries = new ArrayList<byte[]>(256);
                for (var index = bundle * 256L; index < Math.min(ENTRIES, bundle * 256L + 256); index++) {
                    var salted = HexFormat.of().toHexDigits(index * 0x9e3779b97f4a7c15L);
                    entries.add((begin + salted + HexFormat.of().toHexDigits(index) + end).getBytes(UTF_8));
                }
                log = log.append(entries.stream().map(Merkle::leaf).toList());
                out.write(EntryBundle.encode(entries));
            }
        }
        return new Checkpoint("bench.example/log", ENTRIES, log.root()).sign(key);
    }

    private static double hashed(Path file) throws IOException {
        var begun = System.nanoTime();
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        var buffer = new byte[64 << 10];
        try (var in = Files.newInputStream(file)) {
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        digest.digest();
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double replayed(Path file, SignedNote head, SignerKey key) throws IOException {
        var begun = System.nanoTime();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 64 << 10))) {
            var verdict = LogVerifier.of(key.verifier()).verify(entries(in), head);
            if (!(verdict instanceof LogVerification.Complete)) {
                throw new IllegalStateException("a sound log was refused: " + verdict);
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** As in a bundle, each behind its length. */
    private static Iterator<byte[]> entries(DataInputStream in) {
        return new Iterator<>() {
            private int read;

            @Override
            public boolean hasNext() {
                return read < ENTRIES;
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                read++;
                try {
                    return in.readNBytes(in.readUnsignedShort());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
