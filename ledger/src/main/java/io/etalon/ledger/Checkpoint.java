package io.etalon.ledger;

import java.util.Arrays;
import java.util.List;

/**
 * A tree head as the text of a signed note (C2SP tlog-checkpoint).
 *
 * @param origin the log's identity, one line
 * @param size number of entries
 * @param root root hash of the tree of that size
 * @param extensions further non-empty lines, by custom none
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
    public Checkpoint {
        requireLine(origin, "the origin");
        if (size < 0) {
            throw new FormatException("a tree size is not negative: " + size);
        }
        extensions = List.copyOf(extensions);
        extensions.forEach(line -> requireLine(line, "an extension line"));
    }

    /** A checkpoint without extension lines. */
    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    private static void requireLine(String line, String what) {
        if (line.isEmpty() || line.chars().anyMatch(c -> c < ' ')) {
            throw new FormatException(what + " is one line, not empty, found «" + Text.shown(line) + "»");
        }
    }

    /** Reads the note text. The caller has verified the signature, or uses {@link #open}. */
    public static Checkpoint parse(String text) {
        if (!text.endsWith("\n")) {
            throw new FormatException("a checkpoint ends in a newline");
        }
        var lines = text.substring(0, text.length() - 1).split("\n", -1);
        if (lines.length < 3) {
            throw new FormatException("a checkpoint has the lines origin, size and root; found " + lines.length);
        }
        return new Checkpoint(
                lines[0],
                Text.decimal(lines[1], "the tree size (line 2)"),
                Hash.ofBase64(lines[2]),
                Arrays.asList(lines).subList(3, lines.length));
    }

    /** Reads a signed checkpoint, verifies the key's signature, and that the origin is the key's name. */
    public static Checkpoint open(SignedNote note, VerifierKey key) {
        note.requireSignedBy(key);
        var checkpoint = parse(note.text());
        if (!checkpoint.origin.equals(key.name())) {
            throw new FormatException("the checkpoint's origin is «" + Text.shown(checkpoint.origin)
                    + "», the key's name «" + Text.shown(key.name()) + "»");
        }
        return checkpoint;
    }

    /** The note text: each line ends in a newline. */
    public String text() {
        var text = new StringBuilder(origin + "\n" + size + "\n" + root.base64() + "\n");
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** This checkpoint as a note signed by these keys. */
    public SignedNote sign(SignerKey... signers) {
        return SignedNote.sign(text(), signers);
    }

    /**
     * Whether this log head keeps every entry of the older one: same origin, and a valid consistency proof for exactly
     * these sizes. Every tree extends the empty one, which needs no proof.
     */
    public boolean extendsFrom(Checkpoint older, ConsistencyProof proof) {
        if (!origin.equals(older.origin)) {
            return false;
        }
        if (older.size == 0) {
            return older.root.equals(Merkle.emptyRoot());
        }
        return proof.oldSize() == older.size && proof.newSize() == size && proof.verify(older.root, root);
    }
}
