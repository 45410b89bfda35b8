package io.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** June 2025, small, through the command line: the same five outcomes that hold for 20,000 tasks. */
class JuneTest {
    @Test
    void theFiveOutcomesOfJune2025Hold() throws IOException {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/demo")), "june-");

        var june = CommandRun.of(
                "demo",
                "june-2025",
                "--headless",
                "--tasks",
                "400",
                "--people",
                "30",
                "--data",
                folder.resolve("data").toString());

        assertThat(june.code()).as(june.out() + june.err()).isZero();
        assertThat(june.out())
                .contains("1.       4 walls closed in ", "leases after the change: 0 by the vendor")
                .contains("2.       400 tasks with exactly 2 answers by different people (800 in all), 0 lost, 0 twice")
                .contains("3.       5 exposure reports, complete against the signed roots")
                .contains("4.       Gemini maker: index ")
                .contains("5.       Gemini maker left: archive of ")
                .contains("equal in a second installation", "6 canaries (", "found in 0 of ")
                .contains("The five outcomes hold.");
        verifiesOffline(folder.resolve("data-papers"));
    }

    /** What the clients hold afterwards needs no server. */
    private static void verifiesOffline(Path papers) {
        for (var maker : new String[] {"gemini", "gpt", "copilot", "grok", "llama"}) {
            var report = CommandRun.of(
                    "verify",
                    papers.resolve("exposure-" + maker + "-maker.zip").toString(),
                    "--key",
                    papers.resolve("witness/" + maker + "-maker/log-key").toString());
            assertThat(report.code()).as(report.err()).isZero();
        }
        var foreign = CommandRun.of(
                "verify",
                papers.resolve("exposure-gpt-maker.zip").toString(),
                "--key",
                papers.resolve("witness/grok-maker/log-key").toString());
        assertThat(foreign.code()).as("another client's key").isEqualTo(ExitCode.FAILED);
    }

    @Test
    void refusesTooFewPeopleInOneLine() {
        var few = CommandRun.of("demo", "june-2025", "--people", "5");

        assertThat(few.code()).isEqualTo(ExitCode.MISSPELT);
        assertThat(few.err()).contains("--people 30 or more");
    }
}
