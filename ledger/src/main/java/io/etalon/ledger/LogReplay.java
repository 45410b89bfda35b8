package io.etalon.ledger;

import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of a log inside a bundle, read in the archive's order: the entry bundles from index 0 without a gap, then the
 * key and the signed checkpoint. Holds O(log n) hashes. Not thread-safe.
 */
final class LogReplay {
    /** Folder of a log's files, laid out as C2SP tlog-tiles. */
    static final String FOLDER = "log/";

    static final String KEY = FOLDER + "key.txt";
    static final String CHECKPOINT = FOLDER + "checkpoint";
    private static final String ENTRIES = FOLDER + "tile/entries/";

    private final CompactRange range = new CompactRange();
    private final ObjLongConsumer<byte[]> reader;
    private @Nullable VerifierKey key;
    private @Nullable SignedNote checkpoint;

    /** @param reader is told every entry with its index */
    LogReplay(ObjLongConsumer<byte[]> reader) {
        this.reader = reader;
    }

    static boolean isEntries(String path) {
        return path.startsWith(ENTRIES);
    }

    /** Takes one of the log's small files; anything that is none of them is left to its digest. */
    void take(String path, byte[] bytes) {
        if (isEntries(path)) {
            entries(path, bytes);
        } else if (path.equals(KEY)) {
            var text = Text.utf8(bytes, path);
            key = VerifierKey.parse(text.substring(0, Math.max(0, text.length() - 1)));
            if (!(key + "\n").equals(text)) {
                throw new FormatException(path + " is a verifier key and a newline");
            }
        } else if (path.equals(CHECKPOINT)) {
            checkpoint = SignedNote.parse(bytes);
        }
    }

    private void entries(String path, byte[] bytes) {
        var at = range.size();
        var width = widthOf(path);
        var expected = new TileId(0, at / TileId.FULL, width).entriesPath();
        if (at % TileId.FULL != 0 || !path.equals(FOLDER + expected)) {
            throw new FormatException(path + " is out of its place: entry " + at + " comes next");
        }
        for (var entry : EntryBundle.decode(bytes, width)) {
            reader.accept(entry, range.size());
            range.append(Merkle.leaf(entry));
        }
    }

    private static int widthOf(String path) {
        var id = TileId.parse("tile/0/" + path.substring(ENTRIES.length()));
        return id.width();
    }

    /** What was replayed. */
    record Head(Checkpoint checkpoint, VerifierKey key, boolean trusted) {}

    /**
     * The log head to which these entries, all of them and no others, lead.
     *
     * @param trusted a key that was got by another way; without it the bundle's own is believed
     */
    Head head(Optional<VerifierKey> trusted) {
        var own = key;
        var note = checkpoint;
        if (own == null || note == null) {
            throw new FormatException("there is no " + (own == null ? KEY : CHECKPOINT));
        }
        if (trusted.isPresent() && !trusted.get().equals(own)) {
            throw new FormatException(
                    "the log is signed by " + own + ", and not by the key you trust, " + trusted.get());
        }
        var head = Checkpoint.open(note, own);
        if (head.size() != range.size()) {
            throw new FormatException(
                    "the log head counts " + head.size() + " entries, and " + range.size() + " are here");
        }
        if (!head.root().equals(range.root())) {
            throw new FormatException(
                    "the entries lead to the root " + range.root().base64() + ", and the log head signs "
                            + head.root().base64());
        }
        return new Head(head, own, trusted.isPresent());
    }
}
