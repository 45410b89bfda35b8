package io.etalon.server.faults;

import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.app.ServerConfig.Addresses;
import io.etalon.server.app.ServerConfig.Storage;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server in a process of its own, which a test can kill without dying with it. */
final class ChildServer {
    /** How much the clock of the process's machine is wrong, as an ISO-8601 duration. */
    static final String SKEW = "etalon.test.skew";

    /** The address of a database that is not the server's own. */
    static final String DATABASE = "etalon.test.database";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LAST_LINES = 20;

    private final Process process;
    private final String url;
    private final Map<String, String> sessions = new TreeMap<>();

    private ChildServer(Process process, JsonNode report) {
        this.process = process;
        this.url = report.get("url").asString();
        report.get("sessions").forEachEntry((name, token) -> sessions.put(name, token.asString()));
    }

    /**
     * Starts a server over a data directory; returns when it answers HTTP.
     *
     * @param port the application's port; the second origin takes the next
     * @param clientAndPeople a client to make with its annotators; none, when they are there
     */
    static ChildServer start(Path data, int port, String... clientAndPeople) throws IOException {
        return start(data, port, Map.of(), clientAndPeople);
    }

    /** @param properties of the process: settings of the server, and {@value #SKEW} */
    static ChildServer start(Path data, int port, Map<String, String> properties, String... clientAndPeople)
            throws IOException {
        var report = data.resolveSibling(data.getFileName() + "-" + port + "-report.json");
        Files.deleteIfExists(report);
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                // It lives for seconds: a quick start is worth more than fast code.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        var programs = System.getProperty("etalon.postgres.programs");
        if (programs != null) {
            command.add("-Detalon.postgres.programs=" + programs);
        }
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", classPath(), ChildServer.class.getName()));
        command.addAll(List.of(data.toString(), String.valueOf(port), report.toString()));
        command.addAll(List.of(clientAndPeople));
        var log = logOf(data).toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log))
                .start();
        Await.until(
                "the server of process " + process.pid() + " answers; its log is " + log,
                Faults.patience().plusSeconds(30),
                () -> Files.exists(report) || !process.isAlive());
        if (!Files.exists(report)) {
            throw new AssertionError("the server ended with code " + process.exitValue() + "; its log is " + log
                    + " and ends with\n" + endOf(log.toPath()));
        }
        return new ChildServer(process, JSON.readTree(Files.readString(report)));
    }

    /** Surefire hides the real class path behind a jar's manifest. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** What the processes over a data directory printed. */
    static Path logOf(Path data) {
        return data.resolveSibling(data.getFileName() + "-child.log");
    }

    /** The log is deleted with the build; what a failure was has to be in its message. */
    private static String endOf(Path log) throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    String url() {
        return url;
    }

    /** The sessions of the people that this process made. */
    Map<String, String> sessions() {
        return sessions;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL: no shutdown hook runs, no buffer is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void signal(String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start();
        kill.waitFor();
    }

    /** The process itself: data directory, port, report file, and perhaps a client and its annotators. */
    public static void main(String[] arguments) throws Exception {
        var data = Path.of(arguments[0]);
        var port = Integer.parseInt(arguments[1]);
        var skew = Duration.parse(System.getProperty(SKEW, "PT0S"));
        var config =
                new ServerConfig(data, Addresses.local(port, port + 1), Storage.of(System.getProperty(DATABASE), null));
        var server = RunningServer.start(config, Clock.offset(Clock.systemUTC(), skew));
        Map<String, String> sessions = Map.of();
        if (arguments.length > 3) {
            var names = List.of(arguments).subList(4, arguments.length).toArray(String[]::new);
            sessions = SmallJob.people(SmallJob.parts(server), arguments[3], names);
        }
        var report = Path.of(arguments[2]);
        var unfinished = report.resolveSibling(report.getFileName() + ".new");
        Files.writeString(unfinished, JSON.writeValueAsString(Map.of("url", server.url(), "sessions", sessions)));
        Files.move(unfinished, report, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        Thread.currentThread().join();
    }
}
