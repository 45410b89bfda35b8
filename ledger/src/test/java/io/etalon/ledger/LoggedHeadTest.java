package io.etalon.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoggedHeadTest {
    private static final SignerKey OPERATOR = SignerKey.generate("operator.example", new SecureRandom());
    private static final VerifierKey CLIENT =
            SignerKey.generate("client.example", new SecureRandom()).verifier();

    private static Checkpoint head(long size, int root) {
        return new Checkpoint(CLIENT.name(), size, Hash.sha256(new byte[] {(byte) root}));
    }

    @Test
    void isReadAsItIsWrittenAndNamesNoLog() {
        var logged = LoggedHead.of(CLIENT, head(5, 1));
        assertThat(LoggedHead.parse(logged.entry())).isEqualTo(logged);
        assertThat(new String(logged.entry(), UTF_8)).doesNotContain("client.example");
    }

    @Test
    void refusesAnyOtherSpelling() {
        var text = new String(LoggedHead.of(CLIENT, head(5, 1)).entry(), UTF_8);
        for (var other : List.of(
                text.replace("\"size\":5", "\"size\":-5"),
                text.replace("\"size\":5", "\"size\":\"5\""),
                text.replace("\"size\":5", "\"name\":\"x\",\"size\":5"),
                text.replace(",", ", "),
                "[]",
                "{}")) {
            assertThatThrownBy(() -> LoggedHead.parse(other.getBytes(UTF_8)))
                    .as(other)
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void isProvenByAFileThatCarriesIt() {
        var store = new MemoryTileStore();
        var entries = List.of(
                LoggedHead.of(CLIENT, head(1, 1)),
                LoggedHead.of(CLIENT, head(2, 2)),
                LoggedHead.of(CLIENT, head(3, 3)));
        var log = MerkleLog.at(store, 0)
                .append(entries.stream().map(one -> Merkle.leaf(one.entry())).toList());
        var note = new Checkpoint(OPERATOR.verifier().name(), log.size(), log.root()).sign(OPERATOR);
        var file = entries.get(1).proof(log.inclusionProof(1, 3), note).bytes();

        assertThat(LoggedHead.proven(TlogProof.parse(file), OPERATOR.verifier()))
                .isEqualTo(entries.get(1));
        var moved = entries.get(2).proof(log.inclusionProof(1, 3), note);
        assertThatThrownBy(() -> LoggedHead.proven(moved, OPERATOR.verifier())).isInstanceOf(FormatException.class);
        var bare = TlogProof.of(log.inclusionProof(1, 3), note);
        assertThatThrownBy(() -> LoggedHead.proven(bare, OPERATOR.verifier()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("does not carry");
    }

    @Test
    void contradictsALogThatWasCutForkedOrIsAnother() {
        var logged = LoggedHead.of(CLIENT, head(5, 1));
        assertThat(logged.contradiction(CLIENT, head(5, 1))).isEmpty();
        assertThat(logged.contradiction(CLIENT, head(6, 2))).isEmpty();
        assertThat(logged.contradiction(CLIENT, head(4, 1)).orElseThrow()).contains("cut");
        assertThat(logged.contradiction(CLIENT, head(5, 2)).orElseThrow()).contains("forked");
        assertThat(logged.contradiction(OPERATOR.verifier(), head(5, 1)).orElseThrow())
                .contains("another log");
    }
}
