package io.etalon.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignedNoteTest {
    // The published vector of Go's golang.org/x/mod/sumdb/note, the reference implementation of C2SP signed-note.
    private static final String VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String SIGNER =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String TEXT =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private static final String NOTE = TEXT
            + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    /** The first example of C2SP signed-note.md, whose key is not published. */
    private static final String SPECIFICATION = """
            Ognuno sta solo sul cuor della terra
            trafitto da un raggio di sole:

            ed è subito sera.

            — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
            """;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The worked example of C2SP signed-note.md with its verifier key. */
    @Test
    void verifiesTheSpecificationsExampleAndRefusesATamperedOne() {
        var key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        var example = "This is an example message.\n\n— example.com/foo"
                + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
        SignedNote.parse(utf8(example)).requireSignedBy(key);
        var tampered = SignedNote.parse(utf8(example.replace("an example", "no example")));
        assertThatThrownBy(() -> tampered.requireSignedBy(key)).hasMessageContaining("does not fit the text");
    }

    @Test
    void verifiesTheReferenceNoteAndRefusesATamperedOne() {
        var key = VerifierKey.parse(VERIFIER);
        SignedNote.parse(utf8(NOTE)).requireSignedBy(key);
        var tampered = SignedNote.parse(utf8(NOTE.replace("answer", "Answer")));
        assertThatThrownBy(() -> tampered.requireSignedBy(key)).hasMessageContaining("does not fit the text");
    }

    @Test
    void signsTheReferenceNoteByteForByte() {
        var signer = SignerKey.parse(SIGNER);
        assertThat(SignedNote.sign(TEXT, signer).bytes()).isEqualTo(utf8(NOTE));
        assertThat(signer.verifier()).hasToString(VERIFIER);
        assertThat(signer.secretText()).isEqualTo(SIGNER);
        assertThat(signer.toString()).doesNotContain("AYEKFALV");
    }

    @Test
    void readsTheSpecificationsExample() {
        var note = SignedNote.parse(utf8(SPECIFICATION));
        assertThat(note.text()).endsWith("ed è subito sera.\n").hasLineCount(4);
        assertThat(note.signatures()).hasSize(1);
        assertThat(note.signatures().getFirst().name()).isEqualTo("quasimodo.example/salvatore");
        assertThat(note.signatures().getFirst().keyId()).isEqualTo(0x367ba04b);
        assertThat(note.bytes()).isEqualTo(utf8(SPECIFICATION));
        assertThatThrownBy(() -> note.requireSignedBy(VerifierKey.parse(VERIFIER)))
                .hasMessageContaining("no signature by PeterNeumann")
                .hasMessageContaining("quasimodo.example/salvatore+367ba04b");
    }

    @Test
    void noFlippedBitOfANotePassesUnseen() {
        var key = VerifierKey.parse(VERIFIER);
        var note = utf8(NOTE);
        for (var bit = 0; bit < note.length * 8; bit++) {
            var bad = note.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            var where = "bit " + bit;
            assertThatThrownBy(() -> SignedNote.parse(bad).requireSignedBy(key))
                    .as(where)
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void refusesEveryManglingOfAVerifierKey() {
        for (var from = 0; from < VERIFIER.length(); from++) {
            for (var to = from; to < VERIFIER.length() + (from == 0 ? 0 : 1); to++) {
                var part = VERIFIER.substring(from, to);
                assertThatThrownBy(() -> VerifierKey.parse(part)).as(part).isInstanceOf(FormatException.class);
            }
        }
        var otherType = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        assertThatThrownBy(() -> VerifierKey.parse(otherType)).hasMessageContaining("not an Ed25519 key");
    }

    @Test
    void aRefusedSignerKeyDoesNotShowItsSecret() {
        assertThatThrownBy(() -> SignerKey.parse(SIGNER + "AA"))
                .hasMessageContaining("PeterNeumann")
                .hasNoCause()
                .message()
                .doesNotContain("AYEKFALV");
    }

    @Test
    void ignoresSignaturesOfStrangers() {
        var stranger = SignerKey.ofSeed("example.com/witness", new byte[32]);
        var both = SignedNote.sign(TEXT, stranger, SignerKey.parse(SIGNER));
        SignedNote.parse(both.bytes()).requireSignedBy(VerifierKey.parse(VERIFIER));
    }

    @Test
    void refusesMalformedNotes() {
        for (var bad : List.of(
                "",
                "\n",
                "text\n",
                "text\n\n",
                TEXT + "\n— a b\n",
                TEXT + "\n- PeterNeumann AAAAAAA=\n",
                NOTE.substring(0, NOTE.length() - 1),
                NOTE + "x",
                "a\tb" + NOTE,
                NOTE.replace("— Pe", "—  Pe"))) {
            assertThatThrownBy(() -> SignedNote.parse(utf8(bad))).as(bad).isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> SignedNote.parse(new byte[] {(byte) 0xC0, (byte) 0x80}))
                .hasMessage("the note is not valid UTF-8");
    }

    @Test
    void checkpointsReadBackAndExtendEachOther() {
        var signer = SignerKey.ofSeed("etalon.example/log", new byte[32]);
        var log = MerkleLog.at(new MemoryTileStore(), 0).append(MerkleLogTest.leaves(1_000));
        var older = new Checkpoint("etalon.example/log", 600, log.root(600));
        var newer = new Checkpoint("etalon.example/log", 1_000, log.root());
        var read = Checkpoint.open(SignedNote.parse(newer.sign(signer).bytes()), signer.verifier());
        assertThat(read).isEqualTo(newer);
        assertThat(newer.extendsFrom(older, log.consistencyProof(600, 1_000))).isTrue();
        assertThat(newer.extendsFrom(older, log.consistencyProof(599, 1_000))).isFalse();
        assertThat(older.extendsFrom(newer, log.consistencyProof(600, 1_000))).isFalse();
        var forked = new Checkpoint("etalon.example/log", 600, log.root(601));
        assertThat(newer.extendsFrom(forked, log.consistencyProof(600, 1_000))).isFalse();
        var elsewhere = new Checkpoint("etalon.example/other", 600, log.root(600));
        assertThat(newer.extendsFrom(elsewhere, log.consistencyProof(600, 1_000)))
                .isFalse();
    }

    @Test
    void refusesACheckpointOfAnotherOrigin() {
        var signer = SignerKey.ofSeed("etalon.example/log", new byte[32]);
        var note = new Checkpoint("etalon.example/other", 0, Merkle.emptyRoot()).sign(signer);
        assertThatThrownBy(() -> Checkpoint.open(note, signer.verifier())).hasMessageContaining("etalon.example/other");
    }

    @Test
    void refusesMalformedCheckpoints() {
        var root = Merkle.emptyRoot().base64();
        for (var bad : List.of(
                "o\n0\n",
                "o\n01\n" + root + "\n",
                "o\n-1\n" + root + "\n",
                "o\n+1\n" + root + "\n",
                "\n0\n" + root + "\n",
                "o\n0\n" + root,
                "o\n0\n" + root + "\n\n",
                "o\n0\n" + root + "=\n",
                "o\n9223372036854775808\n" + root + "\n",
                "o\n0\nAAAA\n")) {
            assertThatThrownBy(() -> Checkpoint.parse(bad)).as(bad).isInstanceOf(FormatException.class);
        }
        assertThat(Checkpoint.parse("o\n7\n" + root + "\nmore\n").extensions()).containsExactly("more");
    }

    @Test
    void writesTheTlogProofOfTheSpecification() {
        var signer = SignerKey.ofSeed("etalon.example/log", new byte[32]);
        var log = MerkleLog.at(new MemoryTileStore(), 0).append(MerkleLogTest.leaves(3));
        var note = new Checkpoint("etalon.example/log", 3, log.root()).sign(signer);
        var proof = TlogProof.of(log.inclusionProof(2, 3), note);
        var expected = "c2sp.org/tlog-proof@v1\nindex 2\n" + log.root(2).base64() + "\n\n"
                + new String(note.bytes(), StandardCharsets.UTF_8);
        assertThat(proof.bytes()).isEqualTo(utf8(expected));
        assertThat(TlogProof.parse(proof.bytes())).isEqualTo(proof);
        assertThat(proof.verify(utf8("entry 2"), signer.verifier()).size()).isEqualTo(3);
        assertThatThrownBy(() -> proof.verify(utf8("entry 1"), signer.verifier()))
                .hasMessageContaining("not at index 2");
        var withExtra = new TlogProof(Optional.of("aGVsbG8="), 2, proof.path(), note);
        assertThat(new String(withExtra.bytes(), StandardCharsets.UTF_8)).contains("@v1\nextra aGVsbG8=\nindex 2\n");
        assertThat(TlogProof.parse(withExtra.bytes())).isEqualTo(withExtra);
        for (var bad : List.of(
                expected.replace("index 2", "index 02"),
                expected.replace("@v1", "@v2"),
                expected.replace("index", "Index"),
                expected.replace("=\n\n", "=\n"),
                "")) {
            assertThatThrownBy(() -> TlogProof.parse(utf8(bad))).as(bad).isInstanceOf(FormatException.class);
        }
    }
}
