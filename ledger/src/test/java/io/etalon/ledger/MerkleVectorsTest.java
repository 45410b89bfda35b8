package io.etalon.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public vectors of transparency-dev/merkle: what must be accepted, and above all what must be refused. */
class MerkleVectorsTest {
    private final JsonMapper json = new JsonMapper();

    @Test
    void agreesWithAllInclusionVectors() throws IOException {
        var count = run(
                "inclusion",
                v -> path(v) != null
                        && root(v, "root") != null
                        && root(v, "leafHash") != null
                        && new InclusionProof(number(v, "leafIdx"), number(v, "treeSize"), path(v))
                                .verify(root(v, "leafHash"), root(v, "root")));
        assertThat(count).isEqualTo(98);
    }

    @Test
    void agreesWithAllConsistencyVectors() throws IOException {
        var count = run(
                "consistency",
                v -> path(v) != null
                        && root(v, "root1") != null
                        && root(v, "root2") != null
                        && new ConsistencyProof(number(v, "size1"), number(v, "size2"), path(v))
                                .verify(root(v, "root1"), root(v, "root2")));
        assertThat(count).isEqualTo(98);
    }

    @Test
    void agreesWithAllSubtreeInclusionVectors() throws IOException {
        var count = run(
                "subtreeinclusion",
                v -> path(v) != null
                        && root(v, "root") != null
                        && root(v, "leafHash") != null
                        && new Subtree(number(v, "start"), number(v, "end"))
                                .includes(number(v, "leafIdx"), root(v, "leafHash"), path(v), root(v, "root")));
        assertThat(count).isEqualTo(204);
    }

    @Test
    void agreesWithAllSubtreeConsistencyVectors() throws IOException {
        var count = run(
                "subtreeconsistency",
                v -> path(v) != null
                        && root(v, "root1") != null
                        && root(v, "root2") != null
                        && new Subtree(number(v, "start"), number(v, "end"))
                                .consistentWith(root(v, "root1"), number(v, "size"), root(v, "root2"), path(v)));
        assertThat(count).isEqualTo(118);
    }

    private int run(String kind, Predicate<JsonNode> accepts) throws IOException {
        var folder = vectors().resolve(kind);
        var wrong = new ArrayList<String>();
        var accepted = 0;
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
        for (var file : files) {
            var vector = json.readTree(Files.readAllBytes(file));
            var wanted = !vector.get("wantErr").asBoolean();
            var answer = accepts.test(vector);
            accepted += answer ? 1 : 0;
            if (answer != wanted) {
                wrong.add(folder.relativize(file) + ": wanted " + wanted);
            }
        }
        assertThat(wrong).isEmpty();
        System.out.println(
                "Merkle vectors, " + kind + ": " + files.size() + " agree, of which " + accepted + " accept");
        return files.size();
    }

    private static Path vectors() {
        for (var dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            var found = dir.resolve("shared/data/vectors/merkle/testdata");
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        assumeTrue(
                false,
                "transparency-dev/merkle vectors not found: no shared/data/vectors/merkle above the working directory");
        throw new AssertionError("unreachable");
    }

    /** Sizes above 2^63 come out negative and must be refused as such. */
    private static long number(JsonNode vector, String name) {
        return vector.get(name).bigIntegerValue().longValue();
    }

    private static Hash root(JsonNode vector, String name) {
        return hash(vector.get(name).asString());
    }

    private static List<Hash> path(JsonNode vector) {
        var path = new ArrayList<Hash>();
        for (var element : vector.get("proof").values()) {
            path.add(hash(element.asString()));
        }
        return path.contains(null) ? null : path;
    }

    /**
     * Some vectors have short words ("don't care") for hashes, which our type cannot hold: their SHA-256 stands in, which
     * keeps equal ones equal and others different. An empty hash is refused.
     */
    private static Hash hash(String base64) {
        var bytes = Base64.getDecoder().decode(base64);
        if (bytes.length == 0) {
            return null;
        }
        return bytes.length == Hash.LENGTH ? Hash.of(bytes) : Hash.sha256(bytes);
    }
}
