package io.etalon.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * An offline proof that an entry is in a log: index, audit path and signed checkpoint (C2SP tlog-proof, the text of a
 * {@code .tlog-proof} file). What {@link #parse} accepts, {@link #bytes} writes back byte for byte.
 *
 * @param extra opaque data that nothing authenticates, in base64
 * @param index zero-based index of the entry
 * @param path sibling hashes from the leaf upwards
 * @param checkpoint the log's signed checkpoint
 */
public record TlogProof(Optional<String> extra, long index, List<Hash> path, SignedNote checkpoint) {
    /** First line of the file. */
    public static final String HEADER = "c2sp.org/tlog-proof@v1";

    /** No tree of 2^63 entries has a longer path. */
    private static final int MAX_PATH = 63;

    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    public TlogProof {
        path = List.copyOf(path);
        if (index < 0 || path.size() > MAX_PATH) {
            throw new FormatException(
                    "an index is not negative and a path has at most 63 hashes: " + index + ", " + path.size());
        }
        extra.ifPresent(text -> Text.base64(text, "the extra data"));
    }

    /** A proof without extra data. */
    public static TlogProof of(InclusionProof proof, SignedNote checkpoint) {
        return new TlogProof(Optional.empty(), proof.index(), proof.path(), checkpoint);
    }

    /** Reads a file; verifies its form only. */
    public static TlogProof parse(byte[] file) {
        if (file.length > 2 * SignedNote.MAX_LENGTH) {
            throw new FormatException(
                    "a proof has at most " + 2 * SignedNote.MAX_LENGTH + " bytes, not " + file.length);
        }
        var text = Text.utf8(file, "the proof");
        var split = text.indexOf("\n\n");
        if (split < 0) {
            throw new FormatException("a proof has an empty line before its checkpoint");
        }
        var lines = new ArrayList<>(Arrays.asList(text.substring(0, split).split("\n", -1)));
        if (!lines.removeFirst().equals(HEADER)) {
            throw new FormatException("line 1 of a proof is «" + HEADER + "»");
        }
        Optional<String> extra = Optional.empty();
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            extra = Optional.of(lines.removeFirst().substring(EXTRA.length()));
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw new FormatException("a proof has a line «index <decimal>» before its hashes");
        }
        var index = Text.decimal(lines.removeFirst().substring(INDEX.length()), "the index");
        var checkpoint = text.substring(split + 2).getBytes(StandardCharsets.UTF_8);
        return new TlogProof(extra, index, lines.stream().map(Hash::ofBase64).toList(), SignedNote.parse(checkpoint));
    }

    /** The file's bytes. */
    public byte[] bytes() {
        var text = new StringBuilder(HEADER).append('\n');
        extra.ifPresent(data -> text.append(EXTRA).append(data).append('\n'));
        text.append(INDEX).append(index).append('\n');
        path.forEach(hash -> text.append(hash.base64()).append('\n'));
        var out = new ByteArrayOutputStream();
        out.writeBytes(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        out.writeBytes(checkpoint.bytes());
        return out.toByteArray();
    }

    /** The extra data, decoded. */
    public Optional<byte[]> extraBytes() {
        return extra.map(Base64.getDecoder()::decode);
    }

    /**
     * Verifies signature and inclusion of the entry; returns the checkpoint that vouches for it.
     *
     * @throws FormatException naming what does not hold
     */
    public Checkpoint verify(byte[] entry, VerifierKey key) {
        var head = Checkpoint.open(checkpoint, key);
        if (!inclusion(head).verify(Merkle.leaf(entry), head.root())) {
            throw new FormatException("the entry is not at index " + index + " of the log of size " + head.size());
        }
        return head;
    }

    InclusionProof inclusion(Checkpoint head) {
        return new InclusionProof(index, head.size(), path);
    }
}
