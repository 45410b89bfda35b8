package io.etalon.server.release;

import static io.etalon.server.quality.TestWork.boxes;
import static io.etalon.server.quality.TestWork.choice;
import static io.etalon.server.quality.TestWork.coins;
import static io.etalon.server.quality.TestWork.fit;
import static io.etalon.server.quality.TestWork.fitness;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Box;
import io.etalon.annotation.Ontology;
import io.etalon.formats.ReleaseJsonl;
import io.etalon.formats.ReleaseLine;
import io.etalon.ledger.BundleContent;
import io.etalon.ledger.CanonicalJson;
import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.MemoryTileStore;
import io.etalon.ledger.Merkle;
import io.etalon.ledger.MerkleLog;
import io.etalon.ledger.ReleaseBundle;
import io.etalon.ledger.ReleaseVerifier;
import io.etalon.ledger.SignerKey;
import io.etalon.ledger.TlogProof;
import io.etalon.ledger.Verification;
import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.AssetKind;
import io.etalon.server.project.Project;
import io.etalon.server.project.ProjectState;
import io.etalon.server.project.Repeats;
import io.etalon.server.quality.ConsensusBook;
import io.etalon.server.quality.MethodNames;
import io.etalon.server.quality.TestWork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a release, that it is a function of the work alone, and that the offline verifier accepts it. */
class ReleaseContentTest {

    /** Files in memory. */
    private static final class Table implements Workbench {
        final Map<String, byte[]> bytes = new TreeMap<>();

        @Override
        public OutputStream create(String path) {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    bytes.put(path, toByteArray());
                }
            };
        }

        @Override
        public Map<String, BundleContent> files() {
            var files = new TreeMap<String, BundleContent>();
            bytes.forEach((path, content) -> files.put(path, BundleContent.of(content)));
            return files;
        }

        @Override
        public void close() {}

        String text(String path) {
            return new String(bytes.get(path), UTF_8);
        }

        List<ReleaseLine> lines(Ontology ontology) throws IOException {
            var lines = new ArrayList<ReleaseLine>();
            ReleaseJsonl.read(ontology, new ByteArrayInputStream(bytes.get(ReleaseBundle.ANNOTATIONS)), lines::add);
            return lines;
        }
    }

    private static Table written(TestWork work, TruthMethod method) throws IOException {
        var table = new Table();
        var evidence = work.evidence().finished();
        var facts = new ReleaseFacts(
                project(), 1, LocalDate.of(2027, 1, 2), "", "# Look twice\n", List.of("In house"), work.pseudonyms());
        new ReleaseContent(evidence, ConsensusBook.of(evidence, method), facts).write(table, done -> {});
        return table;
    }

    private static Project project() {
        return new Project(
                new ProjectId(new UUID(1, 2)),
                "Coins",
                "coins",
                AssetKind.IMAGE,
                "image-boxes",
                ProjectState.ACTIVE,
                3,
                0,
                Repeats.ONCE,
                List.of(),
                "CC0-1.0",
                1,
                1,
                Instant.EPOCH);
    }

    /** Three annotators over 30 pictures with boxes that jitter, and a question on which they differ. */
    private static TestWork crowd(long ids) {
        var work = new TestWork(coins(choice("fitness", "1", "2", "3", "4")), ids);
        var hands = new Random(7);
        for (var picture = 0; picture < 30; picture++) {
            for (var person : List.of("ada", "ben", "cleo")) {
                var drawn = new ArrayList<Box>();
                for (var coin = 0; coin < picture % 4; coin++) {
                    if (hands.nextInt(10) > 0) {
                        drawn.add(new Box(100 * coin + hands.nextDouble() * 4, 50 + hands.nextDouble() * 4, 60, 60));
                    }
                }
                work.answer(
                        picture + ".png",
                        person,
                        new Answer(
                                Map.of("fitness", new AnswerValue.Choice("" + (1 + hands.nextInt(4)))),
                                boxes(drawn.toArray(Box[]::new)).shapes()));
            }
        }
        return work;
    }

    @Test
    void equalWorkGivesEqualBytesWhateverTheIdsAndTheOrder() throws IOException {
        for (var name : MethodNames.all()) {
            var method = MethodNames.method(name);
            var one = written(crowd(1), method);
            var other = written(crowd(2), method);

            for (var path :
                    List.of("manifest.txt", "annotations.jsonl", "coco.json", "ontology.json", "datasheet.md")) {
                assertThat(other.text(path)).as(path).isEqualTo(one.text(path));
            }
            assertThat(other.text("provenance.jsonl")).isNotEqualTo(one.text("provenance.jsonl"));
        }
    }

    @Test
    void anotherAnswerGivesAnotherManifest() throws IOException {
        var same = written(crowd(1), TruthMethod.MAJORITY);
        var more = written(crowd(1).answer("30.png", "ada", boxes(new Box(1, 1, 5, 5))), TruthMethod.MAJORITY);

        assertThat(more.text("manifest.txt")).isNotEqualTo(same.text("manifest.txt"));
    }

    @Test
    void numbersAndNamesTheShapesInOrder() throws IOException {
        var right = new Box(100.00049, 10, 20, 20);
        var left = new Box(10, 10, 20, 20.12345678);
        var work = new TestWork(coins(), 3).answer("a.png", "ada", boxes(right, left));

        var line = written(work, TruthMethod.MAJORITY).lines(coins()).getFirst();

        assertThat(line.annotation().shapes()).extracting(s -> s.id()).containsExactly("s1", "s2");
        assertThat(line.annotation().shapes().getFirst().geometry()).isEqualTo(new Box(10, 10, 20, 20.123));
        assertThat(line.annotation().shapes().getLast().geometry()).isEqualTo(new Box(100, 10, 20, 20));
        assertThat(line.consensus().support()).isEqualTo(Map.of("s1", 1.0, "s2", 1.0));
        assertThat(line.asset().size()).isEqualTo(new ReleaseLine.Size(640, 480));
    }

    @Test
    void listsATieWithItsConfidenceAndGivesItNoAnswer() throws IOException {
        var ontology = new Ontology(List.of(), List.of(choice("fitness", "1", "2"), choice("side", "a", "b")));
        var work = new TestWork(ontology, 4);
        for (var person : List.of("ada", "ben")) {
            work.answer(
                    "a.txt",
                    person,
                    new Answer(
                            Map.of(
                                    "fitness",
                                    new AnswerValue.Choice(person.equals("ada") ? "1" : "2"),
                                    "side",
                                    new AnswerValue.Choice("a")),
                            List.of()));
        }

        var table = written(work, TruthMethod.MAJORITY);

        var line = table.lines(ontology).getFirst();
        assertThat(line.annotation().answers()).containsOnlyKeys("side");
        assertThat(line.consensus().confidence()).containsEntry("fitness", 0.5).containsEntry("side", 1.0);
        assertThat(table.text("datasheet.md")).contains("1 questions on the assets are tied");
    }

    @Test
    void leavesOutAndCountsWhatHasNoConsensus() throws IOException {
        var work = new TestWork(fitness(), 5)
                .answer("a.txt", "ada", fit("1"))
                .answer("tie.txt", "ada", fit("1"))
                .answer("tie.txt", "ben", fit("2"))
                .unanswered("skipped.txt")
                .answer("later.txt", "ada", fit("2"))
                .unfinished("later.txt");

        var table = written(work, TruthMethod.MAJORITY);

        assertThat(table.lines(fitness()))
                .singleElement()
                .satisfies(line -> assertThat(line.asset().name()).isEqualTo("a.txt"));
        assertThat(table.text("datasheet.md")).contains("2 of 3 finished assets have no consensus and were left out");
        assertThat(table.bytes).doesNotContainKey("coco.json");
    }

    @Test
    void cocoHasTheFusedBoxesUnderTheAssetsNames() throws IOException {
        var work = new TestWork(coins(), 6)
                .answer("a.png", "ada", boxes(new Box(10, 20, 30, 40)))
                .answer("a.png", "ben", boxes(new Box(12, 20, 30, 40)))
                .answer("empty.png", "ada", boxes())
                .answer("empty.png", "ben", boxes());

        var coco = written(work, TruthMethod.MAJORITY).text("coco.json");

        assertThat(coco)
                .contains("\"file_name\":\"a.png\"")
                .contains("\"file_name\":\"empty.png\"")
                .contains("\"bbox\":[11,20,30,40]")
                .contains("\"name\":\"coin\"");
    }

    @Test
    void provenanceNamesNobody() throws IOException {
        var work = new TestWork(fitness(), 7)
                .answer("a.txt", "ada", fit("1"))
                .fixed("a.txt", "ben", fit("2"), fit("1"), "rev");

        var provenance = written(work, TruthMethod.MAJORITY).text("provenance.jsonl");

        assertThat(provenance.lines()).hasSize(2);
        assertThat(provenance)
                .contains("\"annotator\":\"p-")
                .contains("\"reviewer\":\"p-")
                .contains("\"state\":\"fixed\"")
                .doesNotContain("ada")
                .doesNotContain(work.person("ada").toString());
    }

    @Test
    void theVerifierAcceptsItAndRefusesAnyFlippedByte(@TempDir Path folder) throws IOException {
        var zip = folder.resolve("release.zip");
        var signer = SignerKey.ofSeed("log.example", new byte[32]);
        Files.write(zip, archive(written(crowd(1), TruthMethod.DAWID_SKENE), signer));

        var verification = ReleaseVerifier.verify(zip, Optional.of(signer.verifier()));
        assertThat(verification).isInstanceOf(Verification.Verified.class);

        var bytes = Files.readAllBytes(zip);
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var flip = 0; flip < 200; flip++) {
            var at = random.nextInt(bytes.length);
            bytes[at] ^= 1;
            Files.write(zip, bytes);
            assertThat(ReleaseVerifier.verify(zip, Optional.of(signer.verifier())))
                    .as("byte %d, seed %d", at, seed)
                    .isInstanceOf(Verification.Refused.class);
            bytes[at] ^= 1;
        }
    }

    private static byte[] archive(Table table, SignerKey signer) throws IOException {
        var bundle = ReleaseBundle.measure(table.files());
        var entry = CanonicalJson.write(bundle.leaf(1, "p", "c").toJson());
        var log = MerkleLog.at(new MemoryTileStore(), 0)
                .append(List.of(Merkle.leaf("before".getBytes(UTF_8)), Merkle.leaf(entry)));
        var head = new Checkpoint(signer.verifier().name(), log.size(), log.root()).sign(signer);
        var out = new ByteArrayOutputStream();
        bundle.write(out, entry, TlogProof.of(log.inclusionProof(1, log.size()), head), signer.verifier());
        return out.toByteArray();
    }
}
