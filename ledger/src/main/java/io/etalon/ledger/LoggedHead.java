package io.etalon.ledger;

import io.etalon.ledger.JsonValue.JsonInteger;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * An entry of the operator's log: that a client's log had this head. It names the log by a hash of its key alone, so that
 * clients who read one log with each other do not learn whose the others' entries are.
 *
 * @param log SHA-256 of the text of the client's verifier key, which holds the log's origin
 * @param size number of entries
 * @param root root hash of the tree of that size
 */
public record LoggedHead(Hash log, long size, Hash root) {
    private static final String LOG = "log";
    private static final String SIZE = "size";
    private static final String ROOT = "root";

    public LoggedHead {
        if (size < 0) {
            throw new FormatException("a tree size is not negative: " + size);
        }
    }

    /** What the operator's log says of a checkpoint of the log of this key. */
    public static LoggedHead of(VerifierKey key, Checkpoint head) {
        return new LoggedHead(logOf(key), head.size(), head.root());
    }

    /** The name of a log in the operator's. */
    public static Hash logOf(VerifierKey key) {
        return Hash.sha256(key.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The entry: canonical JSON. */
    public byte[] entry() {
        return CanonicalJson.write(JsonObject.builder()
                .put(LOG, log.hex())
                .put(ROOT, root.hex())
                .put(SIZE, size)
                .build());
    }

    /** Reads an entry's canonical bytes; refuses any other spelling, and any member that is missing, mistyped or too many. */
    public static LoggedHead parse(byte[] entry) {
        if (CanonicalJson.readCanonical(entry) instanceof JsonObject json
                && json.members().size() == 3
                && json.get(LOG).orElse(null) instanceof JsonString(var log)
                && json.get(ROOT).orElse(null) instanceof JsonString(var root)
                && json.get(SIZE).orElse(null) instanceof JsonInteger(var size)) {
            return new LoggedHead(Hash.ofHex(log), size, Hash.ofHex(root));
        }
        throw new FormatException("an entry of the operator's log has a string log, a string root and an integer size");
    }

    /**
     * A proof that this entry stands at an index of the operator's log, with the entry itself as the proof's extra data: the
     * file says all that its reader needs beside the operator's key.
     */
    public TlogProof proof(InclusionProof inclusion, SignedNote operatorHead) {
        return new TlogProof(
                Optional.of(Base64.getEncoder().encodeToString(entry())),
                inclusion.index(),
                inclusion.path(),
                operatorHead);
    }

    /**
     * Reads what such a proof proves.
     *
     * @throws FormatException naming what does not hold
     */
    public static LoggedHead proven(TlogProof proof, VerifierKey operator) {
        var entry = proof.extraBytes()
                .orElseThrow(() -> new FormatException("the proof does not carry the entry that it is about"));
        proof.verify(entry, operator);
        return parse(entry);
    }

    /**
     * What is wrong with a newer head of the same log, as far as two heads alone can tell; empty when nothing is. Of a head
     * that is larger than this one a consistency proof tells the rest.
     */
    public Optional<String> contradiction(VerifierKey key, Checkpoint newer) {
        if (!log.equals(logOf(key))) {
            return Optional.of("the operator's entry is about another log than that of " + key);
        }
        if (newer.size() < size) {
            return Optional.of("the operator's log has a head of " + size + " entries of " + newer.origin()
                    + ", which shows " + newer.size() + " now: it was cut");
        }
        return newer.size() == size && !newer.root().equals(root)
                ? Optional.of("the operator's log has another root for the " + size + " entries of " + newer.origin()
                        + ": it was forked")
                : Optional.empty();
    }
}
