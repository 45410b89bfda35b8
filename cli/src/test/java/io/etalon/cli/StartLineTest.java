package io.etalon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.tenant.Clients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The real command line, started when it cannot start: exit code 3, one line on stderr that says what to do, nothing on
 * stdout, and nothing of the data touched.
 */
final class StartLineTest {
    private static Path data;
    private static Path keyset;

    private record Outcome(int code, String out, String err) {}

    /** A data directory with a client, as an earlier run left it. */
    @BeforeAll
    static void makeData() throws Exception {
        data = fresh();
        try (var server = RunningServer.start(ServerConfig.local(data).onPorts(0, 0))) {
            var client = server.part(Clients.class).create("kept", "Kept");
            keyset = data.resolve("keys/clients").resolve(client.id() + ".json");
        }
        assertThat(keyset).exists();
    }

    private static Path fresh() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target/starts")), "data-");
    }

    private static Outcome etalon(String... arguments) throws Exception {
        return etalon(Map.of(), arguments);
    }

    private static Outcome etalon(Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        var programs = System.getProperty("etalon.postgres.programs");
        if (programs != null) {
            command.add("-Detalon.postgres.programs=" + programs);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        var folder = fresh();
        var out = folder.resolve("out").toFile();
        var err = folder.resolve("err").toFile();
        var builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS))
                    .as("it ends: %s", List.of(arguments))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(
                process.exitValue(), Files.readString(out.toPath(), UTF_8), Files.readString(err.toPath(), UTF_8));
    }

    private static Outcome serve(Path data, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("serve", "--data", data.toString(), "--port", "0"));
        arguments.addAll(List.of(more));
        return etalon(arguments.toArray(String[]::new));
    }

    private static void refused(Outcome outcome, String... words) {
        assertThat(outcome.err()).startsWith("etalon: ").contains(words);
        assertThat(outcome.err().lines()).as(outcome.err()).hasSize(1);
        assertThat(outcome.err()).doesNotContain("org.springframework");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(ExitCode.NOT_STARTED);
    }

    @Test
    void aTakenPort() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = String.valueOf(taken.getLocalPort());
            refused(etalon("serve", "--data", fresh().toString(), "--port", port), "Port " + port, "--port");
            refused(serve(fresh(), "--content-port", port), "Port " + port, "--content-port");
        }
    }

    @Test
    void aDataDirectoryThatAnotherProcessHoldsOrThatCannotBeWritten() throws Exception {
        try (var holder = RunningServer.start(ServerConfig.local(data).onPorts(0, 0))) {
            refused(serve(data), data.toAbsolutePath().toString(), "in use by another", "--data");
            assertThat(holder.url()).startsWith("http");
        }
        var file = Files.writeString(fresh().resolve("file"), "not a folder");
        refused(serve(file), "cannot be used", "--data");
    }

    @Test
    void aDataDirectoryFromANewerVersion() throws Exception {
        var version = data.resolve("VERSION");
        var before = Files.readString(version);
        Files.writeString(version, "99\n");
        try {
            refused(serve(data), "has version 99", "newer");
        } finally {
            Files.writeString(version, before);
        }
    }

    @Test
    void aDatabaseFromANewerVersion() throws Exception {
        var newer = fresh();
        execute(
                newer,
                "insert into schema_history"
                        + " values (999, '999', 'future', 'SQL', 'V999__future.sql', 1, 'x', now(), 1, true)");
        refused(serve(newer), "migration 999", "newer version");
        refused(serve(newer), "migration 999", "newer version");
    }

    @Test
    void aPassphraseThatIsMissingOrAnother() throws Exception {
        var passphrase = data.resolve("keys/passphrase");
        var aside = passphrase.resolveSibling("aside");
        Files.move(passphrase, aside);
        try {
            refused(serve(data), "passphrase", "is missing", "no new one is made");
            assertThat(passphrase).doesNotExist();
            Files.writeString(passphrase, "another-passphrase-of-more-than-32-characters\n");
            refused(serve(data), "passphrase", "not the one", "--passphrase-file");
            Files.writeString(passphrase, "short\n");
            refused(serve(data), "too short", "32 characters");
        } finally {
            Files.move(aside, passphrase, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void aClientsKeysetThatIsMissing() throws Exception {
        var aside = keyset.resolveSibling("aside");
        Files.move(keyset, aside);
        try {
            refused(serve(data), keyset.getFileName().toString(), "is missing", "no new one is made");
            assertThat(keyset).doesNotExist();
        } finally {
            Files.move(aside, keyset);
        }
    }

    @Test
    void aDatabaseThatRefusesIsSilentOrMisspelt() throws Exception {
        refused(
                serve(fresh(), "--database-url", "postgresql://x:y@127.0.0.1:1/postgres"),
                "127.0.0.1:1 does not answer");
        refused(serve(fresh(), "--database-url", "mysql://x"), "must look like postgresql://");
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var address = "127.0.0.1:" + silent.getLocalPort();
            refused(
                    serve(fresh(), "--database-url", "postgresql://x:y@" + address + "/postgres"),
                    address,
                    "does not answer");
        }
    }

    /** Something that no one foresaw, here a setting that Spring cannot read, is one line too; verbose tells the rest. */
    @Test
    void aFaultInsideTheApplication() throws Exception {
        var setting = Map.of("ETALON_INGEST_IMAGEBYTES", "many");
        refused(
                etalon(setting, "serve", "--data", fresh().toString(), "--port", "0"),
                "could not be put together",
                "--verbose");
        var verbose = etalon(setting, "serve", "--data", fresh().toString(), "--port", "0", "--verbose");
        assertThat(verbose.code()).isEqualTo(ExitCode.NOT_STARTED);
        assertThat(verbose.err()).contains("Caused by:");
    }

    /** The control of all the others: the same directory with nothing wrong starts. */
    @Test
    void theSameDirectoryStartsWhenNothingIsWrong() {
        try (var server = RunningServer.start(ServerConfig.local(data).onPorts(0, 0))) {
            assertThat(server.part(Clients.class).find("kept")).isPresent();
        }
    }

    private static void execute(Path data, String statement) throws Exception {
        try (var server = RunningServer.start(ServerConfig.local(data).onPorts(0, 0))) {
            var lines = Files.readAllLines(data.resolve("postgres/cluster/postmaster.pid"));
            var password = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(server.part(InstallationSecret.class).derive("database admin"));
            try (var admin = DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/etalon_control",
                            "etalon_admin",
                            password);
                    var run = admin.createStatement()) {
                assertThat(run.executeUpdate(statement)).isEqualTo(1);
            }
        }
    }
}
