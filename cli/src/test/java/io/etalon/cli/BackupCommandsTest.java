package io.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.server.access.ApiKeys;
import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code etalon serve --archive}, {@code backup} and {@code restore} as an operator types them, and what he may get wrong. */
final class BackupCommandsTest {
    private Path place;

    @BeforeEach
    void choosePlace() throws Exception {
        // Not below the system's temporary folder: PostgreSQL runs as another user and has to come through.
        place = Files.createDirectories(Path.of("target/backups/" + System.nanoTime()))
                .toAbsolutePath();
    }

    private String in(String name) {
        return place.resolve(name).toString();
    }

    @Test
    void whatWasDoneBeforeAPointIsBackAndWhatCameAfterItIsNot() throws Exception {
        served("serve", "--data", in("data"), "--port", "0", "--archive", in("archive"), "--exit-when-started");
        Instant point;
        try (var server = running("data")) {
            client(server, "before-backup");
            var backup = CommandRun.of("backup", "--data", in("data"), "--to", in("backup"));
            assertThat(backup.code()).as(backup.err()).isEqualTo(ExitCode.DONE);
            assertThat(backup.out())
                    .contains("backup   " + in("backup"), "points   from 20", "keep a copy of " + in("data/keys"));
            client(server, "after-backup");
            point = Clock.systemUTC().instant();
            client(server, "after-point");
        }
        var restored = restore("--to", point.toString(), "--data", in("restored"), "--keys", in("data/keys"));
        assertThat(restored.code()).as(restored.err()).isEqualTo(ExitCode.DONE);
        assertThat(restored.out()).contains("restored " + in("restored") + " to " + point, "make a backup at once");
        try (var server = running("restored")) {
            assertThat(slugs(server)).containsExactlyInAnyOrder("before-backup", "after-backup");
            isWhole(server, "after-backup");
        }
        whatIsWrongIsSaid(point);
        overwritesNothing(point);
    }

    /** What the client takes out of the restored server is verified without it. */
    private void isWhole(RunningServer server, String slug) throws Exception {
        var client = server.part(Clients.class).find(slug).orElseThrow();
        var person = server.part(People.class).create("auditor@backup.example", "Auditor");
        var roles = Set.of(Role.REQUESTER, Role.AUDITOR);
        server.part(Grants.class).grant(Grants.By.SYSTEM, person.id(), client.id(), roles, null);
        var until = Clock.systemUTC().instant().plus(Duration.ofDays(1));
        var secret = server.part(ApiKeys.class)
                .make(person.id(), "export", client, roles, until)
                .secret();
        var key = Files.writeString(place.resolve("key"), secret).toString();
        var exported = CommandRun.of(
                "tenant", "export", "--client", slug, "--to", in("taken.zip"), "--url", server.url(), "--key", key);
        assertThat(exported.code()).as(exported.err()).isEqualTo(ExitCode.DONE);
        var verified = CommandRun.of("verify", in("taken.zip"));
        assertThat(verified.code()).as(verified.err()).isEqualTo(ExitCode.DONE);
        assertThat(verified.out()).contains("verified archive of etalon/" + client.id());
    }

    private void whatIsWrongIsSaid(Instant point) {
        refused(
                restore("--to", "2001-01-01T00:00:00Z", "--data", in("early"), "--keys", in("data/keys")),
                "The backup was finished at",
                "choose an earlier backup, or a later point");
        refused(
                restore(
                        "--to",
                        point.plus(Duration.ofDays(1)).toString(),
                        "--data",
                        in("late"),
                        "--keys",
                        in("data/keys")),
                "tells of nothing after",
                "Restore --to newest");
        refused(restore("--to", "newest", "--data", in("keyless")), "No backup holds the keys", "--keys FOLDER");
        var noArchive = CommandRun.of(
                "restore", "--from", in("backup"), "--archive", in("nowhere"), "--to", "newest", "--data", in("x"));
        refused(noArchive, "The archive " + in("nowhere") + " is not there");
        var noBackup = CommandRun.of(
                "restore", "--from", in("archive"), "--archive", in("archive"), "--to", "newest", "--data", in("x"));
        refused(noBackup, in("archive") + " is no backup, or one that was cut off");
        var misspelt = restore("--to", "yesterday", "--data", in("x"));
        assertThat(misspelt.code()).isEqualTo(ExitCode.MISSPELT);
        assertThat(misspelt.err()).contains("“yesterday”", "2026-11-22T14:03:00+01:00");
        assertThat(place.resolve("x")).doesNotExist();
        assertThat(CommandRun.of("restore").code()).isEqualTo(ExitCode.MISSPELT);
    }

    private void overwritesNothing(Instant point) {
        refused(restore("--to", point.toString(), "--data", in("data")), "restore into a new data directory");
        refused(
                restore("--to", point.toString(), "--data", in("restored"), "--keys", in("data/keys")),
                in("restored") + " is not empty");
        refused(CommandRun.of("backup", "--data", in("data"), "--to", in("backup")), in("backup") + " is not empty");
        // The restored installation must not write into the archive of the one that it comes from.
        refused(
                CommandRun.of("serve", "--data", in("restored"), "--port", "0", "--archive", in("archive")),
                "from before it was restored");
    }

    @Test
    void withoutAnArchiveThereIsNothingToBackUp() throws Exception {
        refused(CommandRun.of("backup", "--data", in("nothing"), "--to", in("b")), "holds no database of its own");
        served("serve", "--data", in("data"), "--port", "0", "--exit-when-started");
        refused(
                CommandRun.of("backup", "--data", in("data"), "--to", in("b")),
                "is not archived",
                "Start the server with --archive FOLDER first");
        refused(
                CommandRun.of("serve", "--data", in("data"), "--port", "0", "--archive", in("data/archive")),
                "must be outside the data directory");
        assertThat(place.resolve("b")).doesNotExist();
    }

    private static void served(String... arguments) {
        var run = CommandRun.of(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("Etalon runs at ");
    }

    private RunningServer running(String data) {
        return RunningServer.start(ServerConfig.local(place.resolve(data)).onPorts(0, 0));
    }

    private static void client(RunningServer server, String slug) throws Exception {
        server.part(Clients.class).create(slug, slug);
    }

    private static List<String> slugs(RunningServer server) {
        return server.part(Clients.class).all().stream().map(Client::slug).toList();
    }

    private CommandRun restore(String... more) {
        var arguments = new ArrayList<>(List.of("restore", "--from", in("backup"), "--archive", in("archive")));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static void refused(CommandRun run, String... words) {
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_STARTED);
        var told = run.err().lines().filter(line -> line.startsWith("etalon: ")).toList();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst()).contains(words);
    }
}
