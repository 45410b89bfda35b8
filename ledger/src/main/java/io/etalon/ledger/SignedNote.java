package io.etalon.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text with signatures (C2SP signed-note). What {@link #parse} accepts, {@link #bytes} writes back byte for byte.
 * The text means nothing before {@link #requireSignedBy} has passed.
 *
 * @param text the signed text, ending in a newline
 * @param signatures at least one
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** Longest note that is read, in bytes; far above 16 post-quantum signatures. */
    public static final int MAX_LENGTH = 1 << 20;

    private static final String SIGNATURE_PREFIX = "— ";
    private static final int MAX_SIGNATURES = 100;

    public SignedNote {
        requireText(text);
        signatures = List.copyOf(signatures);
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new FormatException("a note has 1 to 100 signatures, not " + signatures.size());
        }
    }

    private static void requireText(String text) {
        if (!text.endsWith("\n")) {
            throw new FormatException("a note's text ends in a newline");
        }
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' && text.charAt(i) != '\n') {
                throw new FormatException("a note has no control character, found U+%04X at character %d"
                        .formatted((int) text.charAt(i), i));
            }
        }
    }

    /** Signs a text with one key or more. */
    public static SignedNote sign(String text, SignerKey... signers) {
        requireText(text);
        var message = text.getBytes(StandardCharsets.UTF_8);
        var signatures = new ArrayList<NoteSignature>();
        for (var signer : signers) {
            signatures.add(new NoteSignature(
                    signer.verifier().name(), signer.verifier().id(), signer.sign(message)));
        }
        return new SignedNote(text, signatures);
    }

    /** Reads a note; verifies its form, not its signatures. */
    public static SignedNote parse(byte[] note) {
        if (note.length > MAX_LENGTH) {
            throw new FormatException("a note has at most " + MAX_LENGTH + " bytes, not " + note.length);
        }
        var all = Text.utf8(note, "the note");
        // The last empty line separates: the text itself may hold empty lines.
        var split = all.lastIndexOf("\n\n");
        if (split < 0 || !all.endsWith("\n")) {
            throw new FormatException("a note is a text, an empty line and signature lines, each ending in a newline");
        }
        var text = all.substring(0, split + 1);
        var rest = all.substring(split + 2);
        var signatures = new ArrayList<NoteSignature>();
        if (!rest.isEmpty()) {
            for (var line : rest.substring(0, rest.length() - 1).split("\n", -1)) {
                signatures.add(parseSignature(line));
            }
        }
        return new SignedNote(text, signatures);
    }

    private static NoteSignature parseSignature(String line) {
        var parts = line.startsWith(SIGNATURE_PREFIX)
                ? line.substring(SIGNATURE_PREFIX.length()).split(" ", -1)
                : new String[0];
        if (parts.length != 2) {
            throw new FormatException("a signature line is «— name base64», found «" + Text.shown(line) + "»");
        }
        var bytes = Text.base64(parts[1], "the signature of «" + Text.shown(parts[0]) + "»");
        if (bytes.length < 5) {
            throw new FormatException("the signature of «" + Text.shown(parts[0]) + "» is shorter than its key id");
        }
        return new NoteSignature(parts[0], ByteBuffer.wrap(bytes).getInt(), Arrays.copyOfRange(bytes, 4, bytes.length));
    }

    /** The note's bytes. */
    public byte[] bytes() {
        var out = new StringBuilder(text).append('\n');
        for (var signature : signatures) {
            out.append(signature).append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns if the key signed this text. Signatures of other keys are ignored; one by this key that does not verify
     * refuses the whole note (C2SP signed-note, "Signatures").
     *
     * @throws FormatException if the key has no signature here, or a false one
     */
    public void requireSignedBy(VerifierKey key) {
        var found = false;
        for (var signature : signatures) {
            if (signature.name().equals(key.name()) && signature.keyId() == key.id()) {
                if (!key.verify(text.getBytes(StandardCharsets.UTF_8), signature.signature())) {
                    throw new FormatException("the signature of " + key + " does not fit the text");
                }
                found = true;
            }
        }
        if (!found) {
            throw new FormatException("no signature by " + key + "; the note is signed by "
                    + signatures.stream().map(NoteSignature::signer).toList());
        }
    }

    /**
     * One signature line.
     *
     * @param name the key's name
     * @param keyId see {@link VerifierKey#id}
     * @param signature the bytes after the key id
     */
    public record NoteSignature(String name, int keyId, byte[] signature) {
        public NoteSignature {
            VerifierKey.requireName(name);
            signature = signature.clone();
        }

        @Override
        public byte[] signature() {
            return signature.clone();
        }

        String signer() {
            return "%s+%08x".formatted(name, keyId);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NoteSignature s
                    && name.equals(s.name)
                    && keyId == s.keyId
                    && Arrays.equals(signature, s.signature);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Arrays.hashCode(signature);
        }

        /** The line without its newline. */
        @Override
        public String toString() {
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(ByteBuffer.allocate(4).putInt(keyId).array());
            bytes.writeBytes(signature);
            return SIGNATURE_PREFIX + name + " " + Base64.getEncoder().encodeToString(bytes.toByteArray());
        }
    }
}
