package io.etalon.ledger;

import io.etalon.ledger.LogVerification.Broken;
import io.etalon.ledger.LogVerification.Complete;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Replays a whole log offline: that nothing was added, removed, changed or reordered since the checkpoint was signed.
 *
 * <p>A root alone shows that some entry is wrong; an older checkpoint narrows it to a range; the log's tiles name it.
 * Streams in O(log n) memory. Immutable; the {@code with} methods return a copy.
 *
 * @param key the log's key
 * @param older a checkpoint seen before, which this log must extend
 * @param tiles the log's tiles, to name a bad entry
 * @param rule refuses a malformed entry with a {@link FormatException}
 */
public record LogVerifier(
        VerifierKey key, Optional<SignedNote> older, Optional<TileStore> tiles, Consumer<byte[]> rule) {

    /** Checks entries as canonical JSON against one checkpoint by this key. */
    public static LogVerifier of(VerifierKey key) {
        return new LogVerifier(key, Optional.empty(), Optional.empty(), CanonicalJson::readCanonical);
    }

    /** Also checks that the log extends an older checkpoint. */
    public LogVerifier withOlder(SignedNote checkpoint) {
        return new LogVerifier(key, Optional.of(checkpoint), tiles, rule);
    }

    /** Also compares each entry with the level 0 tiles. */
    public LogVerifier withTiles(TileStore store) {
        return new LogVerifier(key, older, Optional.of(store), rule);
    }

    /** Replaces the rule that an entry is canonical JSON. */
    public LogVerifier withRule(Consumer<byte[]> entryRule) {
        return new LogVerifier(key, older, tiles, entryRule);
    }

    /** Reads all entries from index 0; a bad log is an answer, never an exception. */
    public LogVerification verify(Iterator<byte[]> entries, SignedNote checkpoint) {
        Checkpoint head;
        Optional<Checkpoint> past;
        try {
            head = Checkpoint.open(checkpoint, key);
        } catch (FormatException e) {
            return new Broken("the checkpoint", "a log head signed by " + key, String.valueOf(e.getMessage()));
        }
        try {
            past = older.map(note -> Checkpoint.open(note, key));
        } catch (FormatException e) {
            return new Broken("the older checkpoint", "a log head signed by " + key, String.valueOf(e.getMessage()));
        }
        if (past.isPresent() && past.get().size() > head.size()) {
            return new Broken("the checkpoint", "at least " + past.get().size() + " entries", "" + head.size());
        }
        return replay(entries, head, past);
    }

    private LogVerification replay(Iterator<byte[]> entries, Checkpoint head, Optional<Checkpoint> past) {
        var range = new CompactRange();
        var store = tiles.map(LastTile::new);
        var pastSize = past.map(Checkpoint::size).orElse(0L);
        while (range.size() < head.size()) {
            var index = range.size();
            if (index == pastSize
                    && past.isPresent()
                    && !range.root().equals(past.get().root())) {
                return differs(0, past.get(), range.root());
            }
            if (!entries.hasNext()) {
                return new Broken("entry " + index, "an entry, as the log head has " + head.size(), "the end");
            }
            var entry = entries.next();
            var bad = check(entry, index, head, store);
            if (bad.isPresent()) {
                return bad.get();
            }
            range.append(Merkle.leaf(entry));
        }
        if (past.isPresent() && pastSize == head.size() && !past.get().root().equals(head.root())) {
            return new Broken("the checkpoints", "one root for size " + pastSize, "two: a fork of the log");
        }
        if (!range.root().equals(head.root())) {
            return differs(pastSize, head, range.root());
        }
        if (entries.hasNext()) {
            return new Broken(
                    "entry " + head.size(), "the end, as the log head has " + head.size() + " entries", "an entry");
        }
        return complete(head, past);
    }

    private static Broken differs(long from, Checkpoint head, Hash found) {
        return new Broken(
                "one of the entries " + from + " to " + (head.size() - 1),
                "entries with the signed root " + head.root().base64(),
                "entries with the root " + found.base64());
    }

    private Optional<Broken> check(byte[] entry, long index, Checkpoint head, Optional<? extends TileStore> store) {
        try {
            rule.accept(entry);
        } catch (FormatException e) {
            return Optional.of(new Broken("entry " + index, "a well-formed entry", String.valueOf(e.getMessage())));
        }
        if (store.isEmpty()) {
            return Optional.empty();
        }
        try {
            return compare(Merkle.leaf(entry), index, MerkleLog.at(store.get(), head.size()), head);
        } catch (IllegalStateException e) {
            return Optional.of(new Broken("the tile of entry " + index, "its hash", String.valueOf(e.getMessage())));
        }
    }

    /** A tile is no more trusted than an entry: where they differ, the path to the signed root says which is wrong. */
    private static Optional<Broken> compare(Hash leaf, long index, MerkleLog log, Checkpoint head) {
        var stored = log.leaf(index);
        if (leaf.equals(stored)) {
            return Optional.empty();
        }
        var path = log.inclusionProof(index, head.size());
        if (path.verify(leaf, head.root())) {
            return Optional.of(new Broken("the tile of entry " + index, leaf.hex(), stored.hex()));
        }
        var proven = path.verify(stored, head.root()) ? ", which the log head proves" : "";
        return Optional.of(new Broken("entry " + index, "the leaf hash " + stored.hex() + proven, leaf.hex()));
    }

    private Complete complete(Checkpoint head, Optional<Checkpoint> past) {
        var proved = new ArrayList<String>();
        proved.add("the log head of " + head.size() + " entries is signed by " + key);
        past.ifPresent(p -> proved.add("the first " + p.size() + " entries are those of the older checkpoint"));
        proved.add("these are exactly the entries of the log head, in their order");
        return new Complete(head, proved);
    }

    /** Keeps the last tile read: entries come in order, 256 to a tile. */
    private static final class LastTile implements TileStore {
        private final TileStore store;
        private @Nullable TileId last;
        private byte[] bytes = new byte[0];

        LastTile(TileStore store) {
            this.store = store;
        }

        @Override
        public byte[] read(TileId id) {
            if (!id.equals(last)) {
                bytes = store.read(id);
                last = id;
            }
            return bytes.clone();
        }

        @Override
        public void write(TileId id, byte[] hashes) {
            throw new UnsupportedOperationException("a verifier writes no tile");
        }
    }
}
