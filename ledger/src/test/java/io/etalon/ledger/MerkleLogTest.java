package io.etalon.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MerkleLogTest {
    /** RFC 6962, section 2.1, word for word: the reference for everything else. */
    private static Hash reference(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Merkle.emptyRoot();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        var k = Integer.highestOneBit(leaves.size() - 1);
        return Merkle.node(reference(leaves.subList(0, k)), reference(leaves.subList(k, leaves.size())));
    }

    static List<Hash> leaves(int count) {
        var leaves = new ArrayList<Hash>();
        for (var i = 0; i < count; i++) {
            leaves.add(Merkle.leaf(("entry " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return leaves;
    }

    @Test
    void provesEveryEntryAndEveryGrowthOfSizes1To130() {
        var leaves = leaves(130);
        var log = MerkleLog.at(new MemoryTileStore(), 0);
        var roots = new ArrayList<Hash>();
        roots.add(log.root());
        var proofs = 0;
        for (var size = 1; size <= 130; size++) {
            log = log.append(leaves.subList(size - 1, size));
            roots.add(log.root());
            assertThat(log.root()).isEqualTo(reference(leaves.subList(0, size)));
            for (var i = 0; i < size; i++) {
                var proof = log.inclusionProof(i, size);
                assertThat(proof.verify(leaves.get(i), roots.get(size))).isTrue();
                assertThat(proof.verify(leaves.get((i + 1) % 130), roots.get(size)))
                        .isFalse();
                assertThat(proof.verify(leaves.get(i), roots.get(size - 1))).isFalse();
                var growth = log.consistencyProof(i + 1, size);
                assertThat(growth.verify(roots.get(i + 1), roots.get(size))).isTrue();
                assertThat(growth.verify(roots.get(i), roots.get(size))).isFalse();
                proofs++;
            }
        }
        assertThat(proofs).isEqualTo(130 * 131 / 2);
    }

    @Test
    void answersTheSameWhateverTheBatches() {
        var seed = 20261122L;
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var leaves = leaves(70_000);
        var log = MerkleLog.at(new MemoryTileStore(), 0);
        var range = new CompactRange();
        while (log.size() < leaves.size()) {
            var from = (int) log.size();
            var to = Math.min(leaves.size(), from + random.nextInt(3_000));
            log = log.append(leaves.subList(from, to));
            leaves.subList(from, to).forEach(range::append);
            assertThat(log.root()).isEqualTo(range.root());
        }
        for (var i = 0; i < 2_000; i++) {
            var size = 1 + random.nextInt(leaves.size());
            var index = random.nextInt(size);
            assertThat(log.inclusionProof(index, size).verify(leaves.get(index), log.root(size)))
                    .isTrue();
            var old = 1 + random.nextInt(size);
            assertThat(log.consistencyProof(old, size).verify(log.root(old), log.root(size)))
                    .isTrue();
            assertThat(log.leaf(index)).isEqualTo(leaves.get(index));
        }
        assertThat(log.root(12_345)).isEqualTo(reference(leaves.subList(0, 12_345)));
    }

    /** The example of C2SP tlog-tiles, "Partial Tiles". */
    @Test
    void keepsTheTilesOfATreeOf70000AsTheSpecificationCountsThem() {
        var store = new Counting();
        MerkleLog.at(store, 0).append(leaves(70_000));
        assertThat(store.writes.stream().filter(t -> t.level() == 0 && t.width() == 256))
                .hasSize(273);
        assertThat(store.writes.stream()
                        .filter(t -> t.width() < 256 || t.level() > 0)
                        .map(TileId::path))
                .containsExactly("tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1");
    }

    @Test
    void touchesAFewTilesAnAppendAndAProof() {
        var store = new Counting();
        var log = MerkleLog.at(store, 0).append(leaves(70_000));
        store.reads.clear();
        store.writes.clear();
        log = log.append(leaves(1));
        assertThat(store.writes).map(TileId::path).containsExactly("tile/0/273.p/113");
        assertThat(store.reads).hasSize(1);
        store.reads.clear();
        log.inclusionProof(3, log.size());
        assertThat(store.reads.size()).isLessThanOrEqualTo(6);
    }

    @Test
    void answersForAnOlderSizeAndRefusesALargerOne() {
        var store = new MemoryTileStore();
        var old = MerkleLog.at(store, 0).append(leaves(300));
        var before = old.root();
        old.append(leaves(500));
        assertThat(old.root()).isEqualTo(before);
        assertThatThrownBy(() -> old.root(301)).hasMessage("this log has 300 entries, not 301");
        assertThatThrownBy(() -> old.consistencyProof(0, 300)).hasMessageContaining("from 1 to 300");
    }

    @Test
    void namesAMissingTile() {
        var log = MerkleLog.at(new MemoryTileStore(), 1_000);
        assertThatThrownBy(log::root).isInstanceOf(IllegalStateException.class).hasMessage("no tile tile/1/000.p/3");
    }

    @Test
    void keepsADirectoryThatCanBeServed(@TempDir Path dir) {
        var leaves = leaves(700);
        var log = MerkleLog.at(new DirectoryTileStore(dir), 0)
                .append(leaves.subList(0, 300))
                .append(leaves.subList(300, 700));
        assertThat(log.root()).isEqualTo(reference(leaves));
        assertThat(dir.resolve("tile/0/000")).hasSize(8192);
        assertThat(dir.resolve("tile/0/002.p/188")).hasSize(188L * 32);
        assertThat(MerkleLog.at(new DirectoryTileStore(dir), 300).root()).isEqualTo(reference(leaves.subList(0, 300)));
        assertThat(Files.exists(dir.resolve("tile/1/000.p/2"))).isTrue();
    }

    @Test
    void refusesADirectoryTileOfTheWrongLength(@TempDir Path dir) throws Exception {
        var log = MerkleLog.at(new DirectoryTileStore(dir), 0).append(leaves(5));
        Files.write(dir.resolve("tile/0/000.p/5"), new byte[5 * 32 - 1]);
        assertThatThrownBy(log::root).hasMessage("tile tile/0/000.p/5 has 159 bytes, not 160");
    }

    @Test
    void spellsTilePathsAsTheSpecification() {
        assertThat(new TileId(0, 1_234_067, 256).path()).isEqualTo("tile/0/x001/x234/067");
        assertThat(new TileId(0, 1_234_067, 8).entriesPath()).isEqualTo("tile/entries/x001/x234/067.p/8");
        for (var path : List.of("tile/0/x001/x234/067", "tile/3/000.p/1", "tile/0/999", "tile/1/x001/000.p/255")) {
            assertThat(TileId.parse(path).path()).isEqualTo(path);
        }
        for (var path : List.of(
                "tile/0/1",
                "tile/00/001",
                "tile/0/x000/001",
                "tile/0/001.p/256",
                "tile/0/001.p/0",
                "tile/0/001.p/",
                "tile/64/001",
                "tile/0/001/002",
                "tile/0",
                "tile/0/001.p/99999999999999999999")) {
            assertThatThrownBy(() -> TileId.parse(path)).as(path).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void encodesEntryBundles() {
        var entries = List.of("a".getBytes(StandardCharsets.UTF_8), new byte[0], new byte[65_535]);
        var bundle = EntryBundle.encode(entries);
        assertThat(bundle).hasSize(2 + 1 + 2 + 2 + 65_535).startsWith(0, 1, 'a', 0, 0, 0xFF, 0xFF);
        assertThat(EntryBundle.decode(bundle, 3)).containsExactlyElementsOf(entries);
        assertThatThrownBy(() -> EntryBundle.decode(bundle, 2))
                .hasMessageContaining("65537 bytes follow the last of 2");
        assertThatThrownBy(() -> EntryBundle.decode(bundle, 4))
                .hasMessageContaining("before the length of entry 3 of 4");
        assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536]))).hasMessageContaining("65536");
    }

    private static final class Counting implements TileStore {
        final MemoryTileStore store = new MemoryTileStore();
        final List<TileId> reads = new ArrayList<>();
        final List<TileId> writes = new ArrayList<>();

        @Override
        public byte[] read(TileId id) {
            reads.add(id);
            return store.read(id);
        }

        @Override
        public void write(TileId id, byte[] hashes) {
            writes.add(id);
            store.write(id, hashes);
        }
    }
}
