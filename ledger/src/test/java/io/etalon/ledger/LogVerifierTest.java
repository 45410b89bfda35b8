package io.etalon.ledger;

import static io.etalon.ledger.Releases.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.ledger.LogVerification.Broken;
import io.etalon.ledger.LogVerification.Complete;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogVerifierTest {
    private static final SignerKey SIGNER = SignerKey.ofSeed("etalon.example/log", new byte[32]);

    private final List<byte[]> entries = new ArrayList<>();
    private final MemoryTileStore tiles = new MemoryTileStore();
    private final MerkleLog log;

    LogVerifierTest() {
        for (var i = 0; i < 1_000; i++) {
            entries.add(CanonicalJson.write(
                    JsonValue.JsonObject.builder().put("n", i).build()));
        }
        log = MerkleLog.at(tiles, 0).append(entries.stream().map(Merkle::leaf).toList());
    }

    private SignedNote head(long size) {
        return new Checkpoint("etalon.example/log", size, log.root(size)).sign(SIGNER);
    }

    private static Broken broken(LogVerification answer) {
        assertThat(answer).isInstanceOf(Broken.class);
        return (Broken) answer;
    }

    @Test
    void provesAWholeLogAndItsPast() {
        var verifier = LogVerifier.of(SIGNER.verifier()).withOlder(head(600)).withTiles(tiles);
        var answer = verifier.verify(entries.iterator(), head(1_000));
        assertThat(answer).isInstanceOf(Complete.class);
        assertThat(((Complete) answer).proved()).hasSize(3);
        assertThat(verifier.withOlder(head(1_000)).verify(entries.iterator(), head(1_000)))
                .isInstanceOf(Complete.class);
        var empty = new Checkpoint("etalon.example/log", 0, Merkle.emptyRoot()).sign(SIGNER);
        assertThat(verifier.withOlder(empty).verify(Collections.emptyIterator(), empty))
                .isInstanceOf(Complete.class);
    }

    @Test
    void namesTheBadEntryByTheTilesAndItsRangeWithoutThem() {
        entries.set(423, utf8("{\"n\":424}"));
        var plain = LogVerifier.of(SIGNER.verifier());
        assertThat(broken(plain.verify(entries.iterator(), head(1_000))).where())
                .isEqualTo("one of the entries 0 to 999");
        assertThat(broken(plain.withOlder(head(600)).verify(entries.iterator(), head(1_000)))
                        .where())
                .isEqualTo("one of the entries 0 to 599");
        assertThat(broken(plain.withOlder(head(400)).verify(entries.iterator(), head(1_000)))
                        .where())
                .isEqualTo("one of the entries 400 to 999");
        var exact = broken(plain.withTiles(tiles).verify(entries.iterator(), head(1_000)));
        assertThat(exact.where()).isEqualTo("entry 423");
        assertThat(exact.expected()).endsWith("which the log head proves");
    }

    @Test
    void saysWhenATileIsWrongAndNotTheEntry() {
        var bad = new MemoryTileStore();
        var leaves = new ArrayList<>(entries.stream().map(Merkle::leaf).toList());
        MerkleLog.at(bad, 0).append(leaves);
        var tile = bad.read(new TileId(0, 1, 256));
        tile[(423 - 256) * 32] ^= 1;
        bad.write(new TileId(0, 1, 256), tile);
        var answer = broken(LogVerifier.of(SIGNER.verifier()).withTiles(bad).verify(entries.iterator(), head(1_000)));
        assertThat(answer.where()).isEqualTo("the tile of entry 423");
    }

    @Test
    void refusesCutLengthenedReorderedAndMalformedLogs() {
        var verifier = LogVerifier.of(SIGNER.verifier());
        assertThat(broken(verifier.verify(entries.subList(0, 999).iterator(), head(1_000)))
                        .where())
                .isEqualTo("entry 999");
        assertThat(broken(verifier.verify(entries.iterator(), head(999))).where())
                .isEqualTo("entry 999");
        var swapped = new ArrayList<>(entries);
        Collections.swap(swapped, 3, 4);
        assertThat(broken(verifier.withTiles(tiles).verify(swapped.iterator(), head(1_000)))
                        .where())
                .isEqualTo("entry 3");
        var spaced = new ArrayList<>(entries);
        spaced.set(7, utf8("{ \"n\":7}"));
        var malformed = broken(verifier.verify(spaced.iterator(), head(1_000)));
        assertThat(malformed.message())
                .isEqualTo("entry 7: expected a well-formed entry, found not canonical JSON (RFC 8785) from byte 1");
        assertThat(verifier.withRule(entry -> {}).verify(entries.iterator(), head(1_000)))
                .isInstanceOf(Complete.class);
    }

    @Test
    void refusesForksShrunkenLogsAndStrangersSignatures() {
        var verifier = LogVerifier.of(SIGNER.verifier());
        var fork = new Checkpoint("etalon.example/log", 1_000, log.root(999)).sign(SIGNER);
        assertThat(broken(verifier.withOlder(fork).verify(entries.iterator(), head(1_000)))
                        .found())
                .contains("fork");
        assertThat(broken(verifier.withOlder(head(1_000)).verify(entries.iterator(), head(600)))
                        .expected())
                .isEqualTo("at least 1000 entries");
        var stranger = SignerKey.ofSeed("etalon.example/log", utf8("another seed of 32 bytes--------"));
        var forged = new Checkpoint("etalon.example/log", 1_000, log.root()).sign(stranger);
        assertThat(broken(verifier.verify(entries.iterator(), forged)).where()).isEqualTo("the checkpoint");
        assertThat(broken(verifier.withOlder(forged).verify(entries.iterator(), head(1_000)))
                        .where())
                .isEqualTo("the older checkpoint");
    }

    @Test
    void namesAMissingTile() {
        var answer = broken(LogVerifier.of(SIGNER.verifier())
                .withTiles(new MemoryTileStore())
                .verify(entries.iterator(), head(1_000)));
        assertThat(answer.message()).isEqualTo("the tile of entry 0: expected its hash, found no tile tile/0/000");
    }
}
