package io.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be done is told with what, where, and what would be right. */
final class RefusalsTest {
    private static final String PROJECT = "files/00000000-0000-7000-8000-000000000000";
    /** Nobody listens on the port that is reserved for multiplexing. */
    private static final String NOBODY = "http://127.0.0.1:1";

    @TempDir
    private Path folder;

    private CommandRun follow(String project, Path key) {
        return CommandRun.of(
                "import", "--url", NOBODY, "--key", key.toString(), "--project", project, "--follow", "abc");
    }

    @Test
    void namesTheKeyFileThatIsNotThere() {
        var run = follow(PROJECT, folder.resolve("nokey.txt"));
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("There is no file").contains("nokey.txt").contains("API key");
    }

    @Test
    void namesTheServerThatDoesNotAnswer() throws Exception {
        var key = Files.writeString(folder.resolve("key"), "secret");
        var file = Files.writeString(folder.resolve("texts.jsonl"), "{\"text\":\"a\"}\n");
        var run = CommandRun.of(
                "import", "--url", NOBODY, "--key", key.toString(), "--project", PROJECT, file.toString());
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("No server answers at " + NOBODY).doesNotContain("under way");
    }

    @Test
    void aMalformedProjectIsAMisspeltOption() throws Exception {
        var key = Files.writeString(folder.resolve("key"), "secret");
        var run = follow("no-slash", key);
        assertThat(run.code()).isEqualTo(ExitCode.MISSPELT);
        assertThat(run.err()).contains("--project is \"no-slash\"").contains("CLIENT/PROJECT");
    }

    @Test
    void theHelpOfTheDemonstrationIsWhole() {
        var run = CommandRun.of("demo", "--help");
        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("buys 49 % of the vendor");
        assertThat(run.err()).isEmpty();
    }
}
