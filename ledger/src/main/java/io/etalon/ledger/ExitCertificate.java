package io.etalon.ledger;

import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What an installation signs when it has destroyed a client's data: a signed note of {@value #HEADER} and one line of
 * canonical JSON. The JSON carries the installation's key, the client's log key and the last signed head of that log.
 * It attests; it cannot prove that no copy exists elsewhere.
 *
 * @param facts what was destroyed
 * @param key who signed
 * @param head the last head of the client's log
 * @param trusted whether the caller vouched for the key
 */
public record ExitCertificate(JsonObject facts, VerifierKey key, Checkpoint head, boolean trusted) {
    /** First line. */
    public static final String HEADER = "etalon-exit-certificate/v1";

    /** Signs a certificate. The facts get the members {@code key}, {@code logKey} and {@code checkpoint}. */
    public static SignedNote sign(
            JsonValue.Builder facts, SignedNote checkpoint, VerifierKey logKey, SignerKey signer) {
        var json = facts.put("key", signer.verifier().toString())
                .put("logKey", logKey.toString())
                .put("checkpoint", new String(checkpoint.bytes(), StandardCharsets.UTF_8))
                .build();
        return SignedNote.sign(
                HEADER + "\n" + new String(CanonicalJson.write(json), StandardCharsets.UTF_8) + "\n", signer);
    }

    /** Whether a file's beginning says that it is one. */
    public static boolean looksLike(byte[] beginning) {
        return new String(beginning, StandardCharsets.ISO_8859_1).startsWith(HEADER + "\n");
    }

    /**
     * Reads a certificate and checks both signatures.
     *
     * @param trusted the installation's key, got by another way; without it the certificate's own is believed
     * @throws FormatException naming what does not hold
     */
    public static ExitCertificate open(byte[] bytes, Optional<VerifierKey> trusted) {
        var note = SignedNote.parse(bytes);
        var lines = note.text().split("\n", -1);
        if (lines.length != 3 || !lines[0].equals(HEADER)) {
            throw new FormatException("a certificate begins with the line " + HEADER + " and one line of JSON");
        }
        if (!(CanonicalJson.readCanonical(lines[1].getBytes(StandardCharsets.UTF_8)) instanceof JsonObject facts)) {
            throw new FormatException("the certificate holds no JSON object");
        }
        var key = VerifierKey.parse(text(facts, "key"));
        if (trusted.isPresent() && !trusted.get().equals(key)) {
            throw new FormatException(
                    "the certificate is signed by " + key + ", and not by the key you trust, " + trusted.get());
        }
        note.requireSignedBy(key);
        var head = Checkpoint.open(
                SignedNote.parse(text(facts, "checkpoint").getBytes(StandardCharsets.UTF_8)),
                VerifierKey.parse(text(facts, "logKey")));
        return new ExitCertificate(facts, key, head, trusted.isPresent());
    }

    private static String text(JsonObject facts, String name) {
        if (facts.get(name).orElse(null) instanceof JsonString(var value)) {
            return value;
        }
        throw new FormatException("the certificate lacks " + name);
    }
}
