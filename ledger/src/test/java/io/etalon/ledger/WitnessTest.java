package io.etalon.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.ledger.Witness.AddCheckpoint;
import io.etalon.ledger.Witness.Answer;
import io.etalon.ledger.Witness.Cosigned;
import io.etalon.ledger.Witness.Refusal;
import io.etalon.ledger.Witness.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
    private static final String ORIGIN = "etalon/test";
    private static final long NOW = 1_700_000_000L;

    @TempDir
    Path folder;

    private final SignerKey log = SignerKey.generate(ORIGIN, new SecureRandom());
    private final Cosigner cosigner = Cosigner.generate("witness.example", new SecureRandom());

    private static MerkleLog tree(String flavour, int size) {
        var tree = MerkleLog.at(new MemoryTileStore(), 0);
        for (var i = 0; i < size; i++) {
            tree = tree.append(List.of(Merkle.leaf((i < 5 ? "common " + i : flavour + i).getBytes(UTF_8))));
        }
        return tree;
    }

    private SignedNote head(MerkleLog tree, long size) {
        return new Checkpoint(ORIGIN, size, tree.root(size)).sign(log);
    }

    private Witness witness() {
        return new Witness(cosigner, Map.of(ORIGIN, log.verifier()), folder);
    }

    private Answer add(Witness witness, MerkleLog tree, long from, long to) throws IOException {
        List<Hash> proof = from == 0 || from == to
                ? List.of()
                : tree.consistencyProof(from, to).path();
        return witness.add(from, proof, head(tree, to), NOW);
    }

    private static Refusal refusal(Answer answer) {
        return ((Refused) answer).why();
    }

    @Test
    void cosignsWhatExtendsAllThatItSaw() throws IOException {
        var tree = tree("a", 20);
        assertThat(add(witness(), tree, 0, 7)).isInstanceOf(Cosigned.class);
        // Another process, over the same folder, remembers.
        assertThat(add(witness(), tree, 7, 20)).isInstanceOf(Cosigned.class);
        assertThat(add(witness(), tree, 20, 20)).isInstanceOf(Cosigned.class);
        assertThat(witness().newest(ORIGIN)).contains(head(tree, 20));
    }

    @Test
    void refusesAForkWhateverItsSize() throws IOException {
        var honest = tree("a", 10);
        var forked = tree("b", 30);
        add(witness(), honest, 0, 10);
        assertThat(refusal(add(witness(), forked, 10, 10))).isEqualTo(Refusal.FORK);
        assertThat(refusal(add(witness(), forked, 10, 30))).isEqualTo(Refusal.FORK);
        assertThat(refusal(witness().add(10, List.of(), head(forked, 30), NOW))).isEqualTo(Refusal.FORK);
        assertThat(witness().newest(ORIGIN)).contains(head(honest, 10));
    }

    @Test
    void refusesALogThatWasCutAndASizeThatWasNotSeen() throws IOException {
        var tree = tree("a", 20);
        add(witness(), tree, 0, 15);
        assertThat(refusal(add(witness(), tree, 7, 10))).isEqualTo(Refusal.SHRUNKEN);
        assertThat(refusal(add(witness(), tree, 7, 20))).isEqualTo(Refusal.OTHER_SIZE);
        assertThat(((Refused) add(witness(), tree, 7, 20)).seen()).isEqualTo(15);
        assertThat(refusal(add(witness(), tree, 0, 20))).isEqualTo(Refusal.OTHER_SIZE);
    }

    @Test
    void refusesStrangersAndFalseSignatures() throws IOException {
        var tree = tree("a", 5);
        var stranger = SignerKey.generate(ORIGIN, new SecureRandom());
        var signed = new Checkpoint(ORIGIN, 5, tree.root()).sign(stranger);
        assertThat(refusal(witness().add(0, List.of(), signed, NOW))).isEqualTo(Refusal.NOT_SIGNED);
        var other = new Checkpoint("etalon/other", 5, tree.root()).sign(log);
        assertThat(refusal(witness().add(0, List.of(), other, NOW))).isEqualTo(Refusal.UNKNOWN_LOG);
    }

    @Test
    void aCosignatureIsForOneTextAndTime() throws IOException {
        var tree = tree("a", 9);
        var line = ((Cosigned) add(witness(), tree, 0, 9)).line();
        var cosigned = SignedNote.parse((new String(head(tree, 9).bytes(), UTF_8) + line + "\n").getBytes(UTF_8));
        assertThat(cosigner.key().seenAt(cosigned)).contains(NOW);
        cosigned.requireSignedBy(log.verifier());
        var moved = SignedNote.parse((new String(head(tree, 8).bytes(), UTF_8) + line + "\n").getBytes(UTF_8));
        assertThatThrownBy(() -> cosigner.key().seenAt(moved)).isInstanceOf(FormatException.class);
        assertThat(Cosigner.generate("witness.example", new SecureRandom())
                        .key()
                        .seenAt(cosigned))
                .isEmpty();
    }

    @Test
    void keysAndRequestsHaveOneSpelling() {
        assertThat(Cosigner.Key.parse(cosigner.key().toString())).isEqualTo(cosigner.key());
        assertThat(Cosigner.parse(cosigner.secretText()).key()).isEqualTo(cosigner.key());
        assertThat(cosigner.toString()).doesNotContain(cosigner.secretText().substring(40));
        assertThatThrownBy(() -> Cosigner.Key.parse(log.verifier().toString())).isInstanceOf(FormatException.class);
        var tree = tree("a", 20);
        var request = new AddCheckpoint(7, tree.consistencyProof(7, 20).path(), head(tree, 20));
        assertThat(AddCheckpoint.parse(request.bytes())).isEqualTo(request);
        for (var bad : List.of("", "old 7", "old -1\n\nx", "new 7\n\nx\n\n— a b\n", "old 7\nnothash\n\nx")) {
            assertThatThrownBy(() -> AddCheckpoint.parse(bad.getBytes(UTF_8))).isInstanceOf(FormatException.class);
        }
    }
}
