package io.etalon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.server.access.SetupLinks;
import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.app.ServerConfig.Addresses;
import io.etalon.server.app.ServerConfig.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The main job in Chromium on a real server, by {@code web/e2e/main-job.mjs}: from the set-up link to a downloaded release,
 * which the command line then verifies; then, in the same client, {@code web/e2e/workflows.mjs} and {@code
 * web/e2e/pay-and-people.mjs}, and {@code web/e2e/accounts.mjs} in a client of its own. Needs Node and Chromium; where they are missing it fails and says so.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserTest {
    private static final Path WEB = Path.of("..", "web").toAbsolutePath().normalize();
    private static final Path IMAGES =
            Path.of("src/main/resources/io/etalon/cli/demo/coins").toAbsolutePath();
    private static final long LIMIT_MINUTES = 8;

    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    private record Run(int exitCode, String output) {}

    @BeforeAll
    static void startServer() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "browser")), "run-")
                .toAbsolutePath();
        var port = freePort();
        var contentPort = freePort();
        // Passkeys belong to a name: no browser makes one for an address such as 127.0.0.1.
        server = RunningServer.start(new ServerConfig(
                folder.resolve("data"),
                new Addresses(
                        "127.0.0.1", port, contentPort, "http://localhost:" + port, "http://localhost:" + contentPort),
                Storage.EMBEDDED));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    @Order(1)
    void aLinkThatNobodyIssuedFailsTheRun() throws Exception {
        var run = script("main-job.mjs", mainJob(server.url() + "/#/link/nobody-issued-this"));

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        assertThat(run.output()).contains("status of 401").contains("setup-form");
    }

    @Test
    @Order(2)
    void theBrowserTestsSeeEveryKindOfFault() throws Exception {
        var run = script("eyes.mjs", List.of());

        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    @Order(3)
    void doesTheMainJobFromTheSetUpLinkToAVerifiedRelease() throws Exception {
        var link = server.part(SetupLinks.class).issueForFirstOperator().orElseThrow();

        var run = script("main-job.mjs", mainJob(link));

        assertThat(run.exitCode()).as(run.output()).isZero();
        var release = folder.resolve("release.zip");
        assertThat(verify(release)).isEqualTo(ExitCode.DONE);
        assertThat(verify(withOneByteChanged(release))).isEqualTo(ExitCode.FAILED);
    }

    @Test
    @Order(4)
    void walksThroughQueuesJobsReviewAndDiscussionAsTheirPeopleDo() throws Exception {
        var run = script("workflows.mjs", List.of("--images", IMAGES.toString(), "--downloads", folder.toString()));

        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    @Order(5)
    void arrangesPayPeopleAndPlacesAsTheirPeopleDo() throws Exception {
        var run = script("pay-and-people.mjs", List.of("--downloads", folder.toString()));

        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    @Order(6)
    void asksForASecondFactorAndSetsAnAccountUpAnewAsTheirPeopleDo() throws Exception {
        var run = script("accounts.mjs", List.of());

        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    private static List<String> mainJob(String link) {
        return List.of("--link", link, "--images", IMAGES.toString(), "--downloads", folder.toString());
    }

    private static int verify(Path release) {
        return Main.run("verify", "--key", folder.resolve("key.txt").toString(), release.toString());
    }

    private static Path withOneByteChanged(Path release) throws IOException {
        var bytes = Files.readAllBytes(release);
        bytes[bytes.length / 2] ^= 1;
        return Files.write(release.resolveSibling("changed.zip"), bytes);
    }

    private static Run script(String name, List<String> options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node", "e2e/" + name, "--url", server.url()));
        command.addAll(options);
        var output = Files.createTempFile(folder, name, ".log");
        var process = new ProcessBuilder(command)
                .directory(WEB.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        var ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        var said = Files.readString(output, UTF_8);
        assertThat(ended)
                .as("%s ended within %d minutes; it said:%n%s", name, LIMIT_MINUTES, said)
                .isTrue();
        return new Run(process.exitValue(), said);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
