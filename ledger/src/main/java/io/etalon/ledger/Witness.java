package io.etalon.ledger;

import io.etalon.ledger.SignedNote.NoteSignature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the newest checkpoint that it has seen of each log, and cosigns one that extends it (C2SP tlog-witness). It keeps
 * the checkpoint on disk, safe against a power cut, before the cosignature leaves: what it once signed it never contradicts.
 * Thread-safe; one process a folder.
 */
public final class Witness {
    /** Why a checkpoint was not cosigned. */
    public enum Refusal {
        /** No log of this origin is watched. */
        UNKNOWN_LOG,
        /** The log's key did not sign it. */
        NOT_SIGNED,
        /** It claims fewer entries than were seen before: the log was cut, by hand or by a restoration. */
        SHRUNKEN,
        /** The proof begins at another size than was seen last; the sender should ask for that size. */
        OTHER_SIZE,
        /** It has as many entries as were seen before and another root, or does not extend them: there are two logs. */
        FORK,
        /** A checkpoint, a proof or a request that cannot be read. */
        MALFORMED
    }

    /** The answer about one checkpoint. */
    public sealed interface Answer {}

    /**
     * It extends everything that was seen.
     *
     * @param line the cosignature
     * @param head the checkpoint, which is the newest now
     */
    public record Cosigned(NoteSignature line, Checkpoint head) implements Answer {}

    /**
     * It was not cosigned.
     *
     * @param seen the size of the newest checkpoint of this log, 0 when there is none
     * @param message one sentence for people
     */
    public record Refused(Refusal why, long seen, String message) implements Answer {}

    private final Cosigner cosigner;
    private final Map<String, VerifierKey> logs;
    private final Path folder;

    /**
     * @param logs the keys of the logs that are watched, by origin
     * @param folder where the newest checkpoints are kept
     */
    public Witness(Cosigner cosigner, Map<String, VerifierKey> logs, Path folder) {
        this.cosigner = cosigner;
        this.logs = Map.copyOf(logs);
        this.folder = folder;
    }

    /** The newest checkpoint that was cosigned of a log. */
    public synchronized Optional<SignedNote> newest(String origin) throws IOException {
        try {
            return Optional.of(SignedNote.parse(Files.readAllBytes(file(origin))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path file(String origin) {
        return folder.resolve(
                Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).hex() + ".checkpoint");
    }

    /**
     * Cosigns a checkpoint that extends the newest one.
     *
     * @param oldSize the size that the proof begins at; 0 for the first checkpoint
     * @param proof node hashes in the order of RFC 9162, section 2.1.4
     * @param seconds the time now, since 1970
     */
    public synchronized Answer add(long oldSize, List<Hash> proof, SignedNote note, long seconds) throws IOException {
        Checkpoint head;
        VerifierKey key;
        try {
            key = logs.get(Checkpoint.parse(note.text()).origin());
            if (key == null) {
                return new Refused(Refusal.UNKNOWN_LOG, 0, "no log of this origin is watched");
            }
            head = Checkpoint.open(note, key);
        } catch (FormatException e) {
            return new Refused(Refusal.NOT_SIGNED, 0, String.valueOf(e.getMessage()));
        }
        var known = newest(head.origin());
        var seen = known.map(one -> Checkpoint.parse(one.text()));
        var refused = refusal(head, seen, oldSize, proof);
        if (refused.isPresent()) {
            return refused.get();
        }
        var line = cosigner.cosign(note, seconds);
        keep(head.origin(), note);
        return new Cosigned(line, head);
    }

    private static Optional<Refused> refusal(
            Checkpoint head, Optional<Checkpoint> seen, long oldSize, List<Hash> proof) {
        var last = seen.map(Checkpoint::size).orElse(0L);
        var origin = "the log " + head.origin();
        if (head.size() < last) {
            return refused(
                    Refusal.SHRUNKEN,
                    last,
                    origin + " claims " + head.size() + " entries; " + last + " were seen before: it was cut, or"
                            + " its server was restored to an earlier point");
        }
        if (oldSize > head.size()) {
            return refused(
                    Refusal.MALFORMED, last, "a proof from " + oldSize + " to " + head.size() + " proves nothing");
        }
        if (head.size() == last && seen.isPresent() && !seen.get().root().equals(head.root())) {
            return refused(Refusal.FORK, last, origin + " has two roots for " + last + " entries: it was forked");
        }
        if (oldSize != last) {
            return refused(
                    Refusal.OTHER_SIZE, last, "the proof begins at " + oldSize + "; " + last + " were seen last");
        }
        if (last == 0 ? !proof.isEmpty() : last == head.size() && !proof.isEmpty()) {
            return refused(Refusal.MALFORMED, last, "a proof is given where none is needed");
        }
        if (last > 0
                && last < head.size()
                && !new ConsistencyProof(last, head.size(), proof)
                        .verify(seen.orElseThrow().root(), head.root())) {
            return refused(
                    Refusal.FORK,
                    last,
                    origin + " of " + head.size() + " entries does not extend the " + last
                            + " that were seen before: it was forked or rewritten, or its server was restored to an earlier"
                            + " point and went on from there");
        }
        return Optional.empty();
    }

    private static Optional<Refused> refused(Refusal why, long seen, String message) {
        return Optional.of(new Refused(why, seen, message));
    }

    private void keep(String origin, SignedNote note) throws IOException {
        Files.createDirectories(folder);
        var target = file(origin);
        var beside = target.resolveSibling(target.getFileName() + ".new");
        try (var channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(note.bytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /**
     * The body of an add-checkpoint request: {@code old <size>}, the proof in base64 a line, an empty line, the checkpoint.
     *
     * @param oldSize see {@link Witness#add}
     * @param proof see {@link Witness#add}
     * @param checkpoint see {@link Witness#add}
     */
    public record AddCheckpoint(long oldSize, List<Hash> proof, SignedNote checkpoint) {
        private static final int LONGEST_PROOF = 63;

        public AddCheckpoint {
            proof = List.copyOf(proof);
        }

        /** Reads a request's body. */
        public static AddCheckpoint parse(byte[] body) {
            var text = Text.utf8(body, "the request");
            var split = text.indexOf("\n\n");
            var lines = split < 0 ? new String[0] : text.substring(0, split).split("\n", -1);
            if (lines.length < 1 || lines.length > 1 + LONGEST_PROOF || !lines[0].startsWith("old ")) {
                throw new FormatException(
                        "a request is «old <size>», at most 63 hashes, an empty line, the checkpoint");
            }
            var size = Text.decimal(lines[0].substring(4), "the old size");
            var proof = List.of(lines).subList(1, lines.length).stream()
                    .map(Hash::ofBase64)
                    .toList();
            return new AddCheckpoint(
                    size, proof, SignedNote.parse(text.substring(split + 2).getBytes(StandardCharsets.UTF_8)));
        }

        /** What {@link #parse} reads. */
        public byte[] bytes() {
            var text = new StringBuilder("old " + oldSize + "\n");
            proof.forEach(hash -> text.append(hash.base64()).append('\n'));
            return (text.append('\n') + new String(checkpoint.bytes(), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
