package io.etalon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.Hash;
import io.etalon.ledger.SignedNote;
import io.etalon.server.access.ApiKeys;
import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.LogSigners;
import io.etalon.server.audit.OperatorLog;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code etalon tenant}, {@code etalon witness} and {@code etalon verify} as a client's people run them. */
final class LeavingCommandsTest {
    @TempDir
    Path folder;

    /** The public key of the witness. */
    private String witnessName = "";

    @Test
    void aClientIsWatchedTakenOutRestoredAndDestroyed() throws Exception {
        var data = Files.createTempDirectory(Files.createDirectories(Path.of("target/leaving")), "data-");
        try (var server = RunningServer.start(ServerConfig.local(data).onPorts(0, 0))) {
            var client = server.part(Clients.class).create("mover", "Mover");
            var person = person(server, "requester@mover.example");
            var roles = Set.of(Role.REQUESTER, Role.AUDITOR);
            server.part(Grants.class).grant(Grants.By.SYSTEM, person, client.id(), roles, null);
            var key = key(server, person, client, roles);
            var url = server.url();

            watched(server, client, key);
            heldByTheOperatorsLog(server, client, key);

            var archive = folder.resolve("mover.zip");
            var exported = CommandRun.of(
                    "tenant",
                    "export",
                    "--client",
                    "mover",
                    "--to",
                    archive.toString(),
                    "--url",
                    url,
                    "--key",
                    key.toString());
            assertThat(exported.code()).as(exported.err()).isEqualTo(ExitCode.DONE);
            var content = line(exported.out(), "content  ");
            var verified = CommandRun.of("verify", archive.toString());
            assertThat(verified.out()).contains(content, "verified archive of etalon/" + client.id());

            restored(archive, content);

            var operator = person(server, "operator@mover.example");
            server.part(Grants.class).grantOperator(operator);
            var operatorKey = key(server, operator, null, Set.of(Role.OPERATOR));
            agree(url, key, line(exported.out(), "export   ").split(" ", 2)[0]);
            destroyed(url, operatorKey, content);
        }
    }

    private void destroyed(String url, Path operatorKey, String content) throws Exception {
        var certificate = folder.resolve("exit.txt").toString();
        var typo = CommandRun.with(
                "moover\n".getBytes(UTF_8),
                "tenant",
                "destroy",
                "--client",
                "mover",
                "--certificate",
                certificate,
                "--url",
                url,
                "--key",
                operatorKey.toString());
        assertThat(typo.code()).isEqualTo(ExitCode.FAILED);
        var destroyed = CommandRun.with(
                "mover\n".getBytes(UTF_8),
                "tenant",
                "destroy",
                "--client",
                "mover",
                "--certificate",
                certificate,
                "--url",
                url,
                "--key",
                operatorKey.toString());
        assertThat(destroyed.code()).as(destroyed.err()).isEqualTo(ExitCode.DONE);
        assertThat(CommandRun.of("verify", certificate).out()).contains("verified exit certificate", content);
        var forged = Files.readString(Path.of(certificate)).replace("\"asset\":0", "\"asset\":9");
        Files.writeString(folder.resolve("forged.txt"), forged);
        assertThat(CommandRun.of("verify", folder.resolve("forged.txt").toString())
                        .code())
                .isEqualTo(ExitCode.FAILED);
    }

    /** A witness looks twice, and then at a log that somebody signed anew with the same key. */
    private void watched(RunningServer server, Client client, Path key) throws Exception {
        var witnessKey = folder.resolve("witness.key").toString();
        var made = CommandRun.of("witness", "key", "--name", "witness.example", "--to", witnessKey);
        witnessName = made.out().lines().findFirst().orElseThrow();
        assertThat(made.out()).startsWith("witness.example+");
        var log = server.part(AuditLog.class);
        log.flush(client.id());
        var logKey = Files.writeString(folder.resolve("log.key"), log.verifierKey(client.id()));
        var state = folder.resolve("witness");
        String[] look = {
            "witness",
            "--log",
            server.url() + "/api/v1/clients/mover/audit",
            "--log-key",
            logKey.toString(),
            "--witness-key",
            witnessKey,
            "--state",
            state.toString(),
            "--key",
            key.toString(),
            "--once"
        };
        var first = CommandRun.of(look);
        assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.DONE);
        assertThat(first.out()).contains("cosigned etalon/" + client.id());
        assertThat(log.witnessed(client.id())).contains("— witness.example ");
        person(server, "another@mover.example");
        server.part(Grants.class)
                .grant(
                        Grants.By.SYSTEM,
                        server.part(People.class)
                                .findByEmail("another@mover.example")
                                .orElseThrow()
                                .id(),
                        client.id(),
                        Set.of(Role.ANNOTATOR),
                        null);
        log.flush(client.id());
        assertThat(CommandRun.of(look).out()).contains("cosigned");
        // What the witness remembers claims more than the server shows: as after the restore of an old backup.
        var remembered = Files.list(state).toList().getFirst();
        var kept = Files.readString(remembered);
        var lines = kept.split("\n", 4);
        Files.writeString(remembered, lines[0] + "\n" + 1_000_000 + "\n" + lines[2] + "\n" + lines[3]);
        var refused = CommandRun.of(look);
        assertThat(refused.code()).isEqualTo(ExitCode.FORKED);
        assertThat(refused.err()).contains("REFUSED SHRUNKEN").doesNotContain("says of itself");
        log.commit(
                client.id(),
                AuditEvent.of(AuditOp.POINT_RESTORE, null, "system", null)
                        .with(Map.of("restoration", "r", "to", "2026-11-22T13:03:00Z", "size", 7L)));
        log.flush(client.id());
        var explained = CommandRun.of(look);
        assertThat(explained.err())
                .contains(
                        "REFUSED SHRUNKEN",
                        "restored from a backup to 2026-11-22T13:03:00Z, where the log had 7 entries");
        Files.writeString(remembered, kept);
    }

    /** The witness follows both logs; a proof is checked offline; a log that begins anew contradicts what was logged. */
    private void heldByTheOperatorsLog(RunningServer server, Client client, Path key) throws Exception {
        var log = server.part(AuditLog.class);
        var operator = server.part(OperatorLog.class);
        var operatorKey = Files.writeString(folder.resolve("operator-log.key"), operator.verifierKey());
        var logKey = Files.writeString(folder.resolve("client-log.key"), log.verifierKey(client.id()));
        var address = server.url() + "/api/v1";
        operator.flush(client.id());
        String[] look = {
            "witness",
            "--log",
            address + "/clients/mover/audit",
            "--operator-log",
            address + "/operator-log",
            "--log-key",
            logKey.toString(),
            "--log-key",
            operatorKey.toString(),
            "--witness-key",
            folder.resolve("witness.key").toString(),
            "--state",
            folder.resolve("both").toString(),
            "--key",
            key.toString(),
            "--once"
        };
        assertThat(CommandRun.of(look).code()).isEqualTo(ExitCode.DONE);
        assertThat(Files.list(folder.resolve("both"))).hasSize(2);
        assertThat(operator.witnessed()).contains("— witness.example ");

        var checkpoint = Files.writeString(folder.resolve("checkpoint.txt"), log.checkpoint(client.id()));
        var size = Checkpoint.parse(
                        SignedNote.parse(Files.readAllBytes(checkpoint)).text())
                .size();
        var proof = Files.writeString(folder.resolve("head.tlog-proof"), operator.proofOf(client.id(), size, true));
        String[] verify = {
            "verify",
            proof.toString(),
            "--key",
            operatorKey.toString(),
            "--checkpoint",
            checkpoint.toString(),
            "--log-key",
            logKey.toString(),
            "--witness-key",
            Files.writeString(folder.resolve("witness.pub"), witnessName).toString()
        };
        assertThat(CommandRun.of(verify).out())
                .contains("stands in the operator's log", "a witness                        witness.example saw it at");
        assertThat(CommandRun.of("verify", proof.toString(), "--key", logKey.toString())
                        .code())
                .isEqualTo(ExitCode.FAILED);
        // The log's own key signs a shorter history, as who has the server can.
        var signer = server.part(TenantScope.class)
                .client(client.id(), tx -> server.part(LogSigners.class).signer(tx, client.id()));
        var shorter = new Checkpoint(signer.verifier().name(), size - 1, Hash.sha256(new byte[1])).sign(signer);
        Files.write(checkpoint, shorter.bytes());
        var refused = CommandRun.of(verify);
        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("it was cut");
    }

    private void restored(Path archive, String content) throws Exception {
        var fresh = Files.createTempDirectory(Path.of("target/leaving"), "fresh-");
        var imported = CommandRun.of("tenant", "import", archive.toString(), "--data", fresh.toString());
        assertThat(imported.code()).as(imported.err()).isEqualTo(ExitCode.DONE);
        assertThat(imported.out()).contains("restored mover\n", content, "requester@mover.example");
        entered(fresh, line(imported.out(), "link     http://localhost:8420/#/link/"));
        var damaged = Files.readAllBytes(archive);
        damaged[damaged.length / 2] ^= 1;
        var broken = Files.write(folder.resolve("damaged.zip"), damaged);
        assertThat(CommandRun.of("verify", broken.toString()).code()).isEqualTo(ExitCode.FAILED);
    }

    /** The restored client's requester comes in by his link, sees the client's data, and nobody comes in by it again. */
    private static void entered(Path data, String token) throws Exception {
        try (var server = RunningServer.start(ServerConfig.local(data).onPorts(0, 0));
                var http = HttpClient.newHttpClient()) {
            var api = server.url() + "/api/v1";
            var link = HttpRequest.newBuilder(URI.create(api + "/session/link"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"token\": \"" + token + "\"}"))
                    .build();
            var came = http.send(link, BodyHandlers.ofString());
            assertThat(came.statusCode()).as(came.body()).isEqualTo(200);
            assertThat(came.body()).contains("requester@mover.example", "\"mover\"");
            var cookie = came.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
            var read = http.send(
                    HttpRequest.newBuilder(URI.create(api + "/clients/mover/people"))
                            .header("Cookie", cookie)
                            .build(),
                    BodyHandlers.ofString());
            assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
            assertThat(read.body()).contains("another@mover.example");
            assertThat(http.send(link, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
        }
    }

    private static void agree(String url, Path key, String export) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(url + "/api/v1/clients/mover/exit/consents"))
                            .header("Authorization", "Bearer " + Files.readString(key))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"slug\": \"mover\", \"export\": \"" + export + "\"}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }

    private static PersonId person(RunningServer server, String email) {
        return server.part(People.class).create(email, email).id();
    }

    private Path key(RunningServer server, PersonId person, @Nullable Client client, Set<Role> roles) throws Exception {
        var expires = Clock.systemUTC().instant().plus(Duration.ofDays(1));
        var secret = server.part(ApiKeys.class)
                .make(person, "leaving", client, roles, expires)
                .secret();
        return Files.writeString(folder.resolve("key-" + person), secret);
    }

    private static String line(String text, String beginning) {
        return text.lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow()
                .substring(beginning.length());
    }
}
