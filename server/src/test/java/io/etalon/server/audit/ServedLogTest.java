package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.etalon.ledger.EntryBundle;
import io.etalon.server.access.Role;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Members;
import io.etalon.server.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server hands out of a client's log over HTTP is accepted by Go's own libraries, and refused with one byte changed. */
final class ServedLogTest {
    private static final Path GO = Path.of("/usr/bin/go");
    private static final Path LIBRARIES = Path.of("/usr/share/gocode");

    @TempDir
    Path folder;

    private final TestServer server = TestServer.shared();

    private String run(String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "GO111MODULE",
                        "off",
                        "GOPATH",
                        LIBRARIES.toString(),
                        "GOCACHE",
                        folder.resolve("cache").toString(),
                        "GOFLAGS",
                        ""));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        return output;
    }

    private Path kept(Path log, String name, Http.Answer served) throws Exception {
        assertThat(served.status()).as(name + served.body()).isEqualTo(200);
        var file = log.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, served.raw().body());
    }

    @Test
    void goAcceptsWhatTheServerServesAndRefusesOneChangedByte() throws Exception {
        var there = Files.isExecutable(GO) && Files.isDirectory(LIBRARIES.resolve("src/golang.org/x/mod/sumdb/tlog"));
        assumeTrue(
                there,
                "missing: Go and golang.org/x/mod/sumdb; on Debian: apt-get install golang-go golang-golang-x-mod-dev");
        var client = server.clients().create("served-log", "Served log");
        var owner = Http.as(server, new Members(server).of(client, Role.REQUESTER));
        for (var name : List.of("First", "Second")) {
            var made =
                    owner.post("/clients/served-log/projects", Map.of("name", name, "template", "text-classification"));
            assertThat(made.status()).as(made.body()).isEqualTo(201);
        }
        server.part(AuditLog.class).flush(client.id());
        var at = "/clients/served-log/audit/";
        var log = folder.resolve("log");
        var checkpoint = kept(log, "checkpoint", owner.get(at + "checkpoint"));
        // The second line of a checkpoint is its size; so few entries are one tile.
        var size = Integer.parseInt(Files.readAllLines(checkpoint).get(1));
        assertThat(size).isBetween(3, 255);
        kept(log, "key", owner.get(at + "key"));
        var tile = "tile/0/000.p/" + size;
        kept(log, tile, owner.get(at + tile));
        var proved = size / 2;
        var proof = kept(log, "proof", owner.get(at + "proof?index=" + proved));
        var bundle = kept(log, "bundle", owner.get(at + "tile/entries/000.p/" + size));
        Files.write(
                log.resolve("entry"),
                EntryBundle.decode(Files.readAllBytes(bundle), size).get(proved));

        var program = folder.resolve("verify").toString();
        var source = Path.of("../ledger/src/test/go/verify.go").toAbsolutePath().normalize();
        assertThat(run(GO.toString(), "build", "-o", program, source.toString()))
                .isEmpty();
        assertThat(run(program, log.toString())).isEqualTo("verified " + proved + " of " + size + "\n");
        for (var file : List.of(checkpoint, log.resolve(tile), log.resolve("entry"), proof)) {
            var bytes = Files.readAllBytes(file);
            var changed = bytes.clone();
            // Behind the first line, which is no content in a proof.
            changed[Math.min(bytes.length - 1, 30)] ^= 1;
            Files.write(file, changed);
            assertThat(run(program, log.toString())).as(file.toString()).startsWith("refused: ");
            Files.write(file, bytes);
        }
    }
}
