package io.etalon.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others can check our logs: Go's own libraries accept checkpoint, tiles and proof, and refuse changed ones. */
class GoVerifierTest {
    private static final Path GO = Path.of("/usr/bin/go");
    private static final Path LIBRARIES = Path.of("/usr/share/gocode");
    private static final int ENTRIES = 700;
    private static final int PROVED = 513;

    @TempDir
    static Path folder;

    private static Path program;
    private static Path log;

    @BeforeAll
    static void buildTheVerifierAndALog() throws Exception {
        var there = Files.isExecutable(GO) && Files.isDirectory(LIBRARIES.resolve("src/golang.org/x/mod/sumdb/tlog"));
        assumeTrue(
                there,
                "missing: Go and golang.org/x/mod/sumdb; on Debian: apt-get install golang-go golang-golang-x-mod-dev");
        program = folder.resolve("verify");
        var built = run(
                folder,
                GO.toString(),
                "build",
                "-o",
                program.toString(),
                Path.of("src/test/go/verify.go").toAbsolutePath().toString());
        assertThat(built).as("go build").isEmpty();
        log = folder.resolve("log");
        writeLog(log);
    }

    private static void writeLog(Path target) throws IOException {
        var signer = SignerKey.generate("example.org/log", new SecureRandom());
        var tree = MerkleLog.at(new DirectoryTileStore(target), 0);
        var hashes = new ArrayList<Hash>();
        for (var i = 0; i < ENTRIES; i++) {
            hashes.add(Merkle.leaf(entry(i)));
        }
        tree = tree.append(hashes);
        var note = new Checkpoint("example.org/log", tree.size(), tree.root()).sign(signer);
        Files.write(target.resolve("key"), (signer.verifier() + "\n").getBytes(UTF_8));
        // A witness's line, of a type that Go's verifier does not know, must not be in its way.
        var witness = Cosigner.generate("example.org/witness", new SecureRandom());
        var cosigned = new String(note.bytes(), UTF_8) + witness.cosign(note, 1_700_000_000L) + "\n";
        Files.writeString(target.resolve("checkpoint"), cosigned);
        Files.write(target.resolve("entry"), entry(PROVED));
        Files.write(
                target.resolve("proof"),
                TlogProof.of(tree.inclusionProof(PROVED, tree.size()), note).bytes());
    }

    private static byte[] entry(int index) {
        return ("{\"n\":" + index + "}").getBytes(UTF_8);
    }

    private static String run(Path in, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().put("GO111MODULE", "off");
        builder.environment().put("GOPATH", LIBRARIES.toString());
        builder.environment().put("GOCACHE", folder.resolve("cache").toString());
        builder.environment().put("GOFLAGS", "");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return output;
    }

    private static String verdict(Path of) throws Exception {
        return run(of, program.toString(), of.toString());
    }

    @Test
    void acceptsOurCheckpointTilesAndProof() throws Exception {
        assertThat(verdict(log)).isEqualTo("verified " + PROVED + " of " + ENTRIES + "\n");
    }

    @Test
    void refusesEachFileThatWasChanged() throws Exception {
        for (var name :
                new String[] {"checkpoint", "entry", "proof", "tile/0/000", "tile/0/002.p/188", "tile/1/000.p/2"}) {
            var file = log.resolve(name);
            var bytes = Files.readAllBytes(file);
            var changed = bytes.clone();
            // The first line of checkpoint and proof is no content; further on all is signed or hashed.
            changed[Math.min(bytes.length - 1, 30)] ^= 1;
            Files.write(file, changed);
            try {
                assertThat(verdict(log)).as(name).startsWith("refused: ");
            } finally {
                Files.write(file, bytes);
            }
        }
    }
}
