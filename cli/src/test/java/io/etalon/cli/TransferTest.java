package io.etalon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import io.etalon.server.tenant.TenantScope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code etalon import} and {@code etalon export} against a server of their own. */
final class TransferTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PROJECT = """
            {"name": "Tones", "template": "text-classification", "redundancy": 1, "reviewShare": 0, "ontology": {"labels": [],
             "questions": [{"id": "tone", "name": "Tone", "type": "choice", "required": true,
              "options": [{"id": "good", "name": "Good"}, {"id": "bad", "name": "Bad"}]}]}}""";

    private static Path folder;
    private static RunningServer server;
    private static Client client;
    private static String secret;
    private static Path key;

    @BeforeAll
    static void start() throws Exception {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/transfers")), "data-");
        server = RunningServer.start(ServerConfig.local(folder.resolve("data")).onPorts(0, 0));
        client = server.part(Clients.class).create("files", "Files");
        var roles = Set.of(Role.REQUESTER, Role.ANNOTATOR);
        var person = server.part(People.class)
                .create("requester@files.example", "Requester")
                .id();
        server.part(Grants.class).grant(Grants.By.SYSTEM, person, client.id(), roles, null);
        secret = server.part(ApiKeys.class)
                .make(
                        person,
                        "transfer",
                        client,
                        roles,
                        Clock.systemUTC().instant().plus(Duration.ofDays(1)))
                .secret();
        key = Files.writeString(folder.resolve("key"), secret + "\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/clients/files/projects" + path))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", java.util.UUID.randomUUID().toString())
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var reply = http.send(request, BodyHandlers.ofString(UTF_8));
            assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 299);
            return JSON.readTree(reply.body());
        }
    }

    private static String project() throws IOException, InterruptedException {
        return ask("POST", "", PROJECT).path("id").asString();
    }

    private static String[] line(String command, String project, String... more) {
        var line = new ArrayList<>(
                List.of(command, "--url", server.url(), "--project", "files/" + project, "--key", key.toString()));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    private static Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String texts(int count) {
        var file = new StringBuilder();
        for (var i = 0; i < count; i++) {
            file.append("{\"text\":\"text ").append(i).append("\"}\n");
        }
        return file.toString();
    }

    private static long tasks(String project) throws IOException, InterruptedException {
        return ask("GET", "/" + project, "").at("/progress/tasks").asLong();
    }

    @Test
    void takesAGoodFileAndTheSameFromStandardInputOnlyOnce() throws Exception {
        var project = project();
        var good = CommandRun.of(
                line("import", project, file("good.jsonl", texts(3)).toString()));
        assertThat(good.code()).as(good.err()).isZero();
        assertThat(good.out()).isEqualTo("done: 3 lines, 3 accepted, 0 duplicate, 0 rejected, 0 blank\n");

        var again = CommandRun.with(texts(4).getBytes(UTF_8), line("import", project, "-", "--format", "jsonl"));
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).isEqualTo("done: 4 lines, 1 accepted, 3 duplicate, 0 rejected, 0 blank\n");
        assertThat(tasks(project)).isEqualTo(4);

        var nameless = CommandRun.with(new byte[1], line("import", project, "-"));
        assertThat(nameless.code()).isEqualTo(ExitCode.FAILED);
        assertThat(nameless.err()).contains("--format");
    }

    @Test
    void tellsOfEveryBadLineAndOfWhatIsNoFileOrNoProject() throws Exception {
        var project = project();
        var bad = file("bad.jsonl", "{\"text\":\"good\"}\n{\"text\":1}\n\nnot json\n{\"text\":\"good\"}\n");
        var run = CommandRun.of(line("import", project, bad.toString()));
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEqualTo("done: 5 lines, 1 accepted, 1 duplicate, 2 rejected, 1 blank\n");
        assertThat(run.err())
                .contains("line 2 “text” is not a text")
                .contains("line 4 is not JSON")
                .doesNotContain("line 5");

        var elsewhere = CommandRun.of(line("import", "00000000-0000-7000-8000-000000000000", bad.toString()));
        assertThat(elsewhere.code()).isEqualTo(ExitCode.FAILED);
        assertThat(elsewhere.err()).contains("The server refused (404)");
        var array = CommandRun.of(line(
                "import", project, file("array.jsonl", "[{\"text\":\"a\"}]\n").toString()));
        assertThat(array.err()).contains("line 1 begins a JSON array; write the objects themselves, one a line");
        var unknown = CommandRun.of(line("import", project, "--follow", "abc"));
        assertThat(unknown.err()).contains("404").doesNotContain("under way");
        var missing = CommandRun.of(line("import", project, "no-such.jsonl"));
        assertThat(missing.err()).isEqualTo("etalon: There is no file no-such.jsonl.\n");
        var table = CommandRun.of(
                line("import", project, file("table.csv", "a,b\n1,2\n").toString()));
        assertThat(table.code()).isEqualTo(ExitCode.FAILED);
        assertThat(table.err()).contains("no column text");
    }

    @Test
    void writesAnswersAndConsensusInEveryFormat() throws Exception {
        var project = project();
        assertThat(CommandRun.of(line(
                                "import",
                                project,
                                file("export.jsonl", texts(2)).toString()))
                        .code())
                .isZero();
        for (var i = 0; i < 2; i++) {
            var lease = ask("POST", "/" + project + "/leases", "{}");
            var body = JSON.createObjectNode();
            body.set("token", lease.path("token"));
            body.put("activeSeconds", 2).put("next", false);
            var answer = body.putObject("answer");
            answer.putArray("shapes");
            answer.putObject("answers").put("tone", "good");
            ask("POST", "/" + project + "/leases/" + lease.path("id").asString() + "/submission", body.toString());
        }
        for (var format : List.of("jsonl", "csv", "parquet")) {
            for (var what : List.of("answers", "consensus")) {
                var file = folder.resolve(what + "." + format);
                var run = CommandRun.of(line("export", project, file.toString(), "--what", what));
                assertThat(run.code()).as(run.err()).isZero();
                assertThat(run.out()).isEqualTo("2 rows in " + file + "\n");
                var start = new String(Files.readAllBytes(file), 0, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(start.equals("PAR1")).isEqualTo(format.equals("parquet"));
            }
        }
        var line = JSON.readTree(
                Files.readAllLines(folder.resolve("consensus.jsonl")).getFirst());
        assertThat(line.at("/answers/tone/value").asString()).isEqualTo("good");
        assertThat(line.at("/answers/tone/confidence").asDouble()).isGreaterThan(0.5);
        assertThat(Files.readAllLines(folder.resolve("consensus.csv"))).hasSize(3);

        var named = folder.resolve("answers.txt");
        assertThat(CommandRun.of(line("export", project, named.toString())).err())
                .contains("--format");
        var misnamed =
                CommandRun.of(line("export", project, folder + "/x.csv", "--what", "consensus", "--method", "x"));
        assertThat(misnamed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(misnamed.err()).contains("method is “x”");
        assertThat(folder.resolve("x.csv")).doesNotExist();
    }

    /** Nobody can take an import's last step meanwhile. */
    private static Connection held() throws SQLException {
        var connection = server.part(TenantScope.class).dedicated(client.id());
        connection.setAutoCommit(false);
        try (var lock = connection.createStatement()) {
            lock.execute("lock table asset_count in share mode");
        }
        return connection;
    }

    @Test
    void anInterruptedCommandTellsHowToFollowItsJobAndTheJobGoesOn() throws Exception {
        var project = project();
        var file = file("long.jsonl", texts(1_000));
        String job;
        try (var held = held()) {
            var process = child(line("import", project, file.toString()));
            try (var err = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
                var line = err.readLine();
                while (line != null && !line.startsWith("Job ")) {
                    line = err.readLine();
                }
                assertThat(line).startsWith("Job ").endsWith(" is under way.");
                job = String.valueOf(line).split(" ", -1)[1];
                // By its handle, since the process itself would close what it has yet to say.
                process.toHandle().destroy();
                assertThat(err.lines().toList()).anyMatch(told -> told.endsWith("--follow " + job));
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            held.rollback();
        }
        var followed = CommandRun.of(line("import", project, "--follow", job));
        assertThat(followed.code()).as(followed.err()).isZero();
        assertThat(followed.out()).startsWith("done: 1000 lines, 1000 accepted");
        assertThat(tasks(project)).isEqualTo(1_000);
    }

    @Test
    void followsItsJobAcrossARestartOfTheServer() throws Exception {
        var project = project();
        var file = file("restart.jsonl", texts(1_000));
        CompletableFuture<CommandRun> run;
        try (var held = held()) {
            run = CompletableFuture.supplyAsync(() -> CommandRun.of(line("import", project, file.toString())));
            while (ask("GET", "/" + project + "/jobs", "").path("items").isEmpty()) {
                assertThat(run).isNotDone();
            }
            restart();
        }
        var done = run.get(60, TimeUnit.SECONDS);
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).startsWith("done: 1000 lines, 1000 accepted");
        assertThat(tasks(project)).isEqualTo(1_000);
    }

    private static void restart() {
        var port = URI.create(server.url()).getPort();
        server.close();
        server = RunningServer.start(ServerConfig.local(folder.resolve("data")).onPorts(port, 0));
    }

    private static Process child(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
