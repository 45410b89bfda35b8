package io.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The headless demonstration through the command line, and the verification of what it made. */
class DemoTest {
    /** The same inputs give the same manifests on every machine; a change of format or mathematics shows here. */
    private static final String CLINICAL = "332420025a7733901e4184ce4d6af7165a21d98d1c77378a1371df05117e1ef2";

    private static final String COINS = "3df6b4c601e0ed58f65602f147d0bc28462fce3dca402a8a95badec7340dfc4e";

    private static CommandRun run(String... arguments) {
        return CommandRun.of(arguments);
    }

    @Test
    void theHeadlessDemonstrationHoldsAtEveryStepAndItsReleasesVerify() throws IOException {
        var data = Files.createTempDirectory(Files.createDirectories(Path.of("target/demo")), "data-");

        var demo = run("demo", "--headless", "--data", data.toString());

        assertThat(demo.code()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out())
                .contains("ok       restart")
                .contains("release  clinical v1 manifest " + CLINICAL)
                .contains("coins v1 manifest " + COINS)
                .contains("accuracy clinical: class marginals 0.40 0.42 0.11 0.07")
                .contains("verified clinical: 7 checks hold; coins: 7 checks hold");
        verifies(data.resolve("downloads/clinical-v1.zip"));
        refusesEachChangedByte(data.resolve("downloads/coins-v1.zip"));
    }

    private static void verifies(Path archive) {
        var verified = run("verify", archive.toString());
        assertThat(verified.code()).as(verified.err()).isZero();
        assertThat(verified.out()).contains("verified release 1").contains("the key came with the archive");
    }

    private static void refusesEachChangedByte(Path archive) throws IOException {
        var bytes = Files.readAllBytes(archive);
        var changed = archive.resolveSibling("changed.zip");
        for (var place = 0; place < bytes.length; place += Math.max(1, bytes.length / 40)) {
            bytes[place] ^= 4;
            Files.write(changed, bytes);
            bytes[place] ^= 4;
            var refused = run("verify", changed.toString());
            assertThat(refused.code()).as("byte " + place).isEqualTo(ExitCode.FAILED);
            assertThat(refused.err()).startsWith("etalon: ").hasLineCount(1);
        }
    }

    @Test
    void saysInOneLineWhatIsWrongWithTheCommand() {
        var misspelt = run("serv");
        assertThat(misspelt.code()).isEqualTo(ExitCode.MISSPELT);
        assertThat(misspelt.err()).startsWith("etalon: ").contains("see etalon help");

        var missing = run("verify", "no-such-file.zip");
        assertThat(missing.code()).isEqualTo(ExitCode.FAILED);
        assertThat(missing.err()).isEqualTo("etalon: There is no file no-such-file.zip.\n");
    }

    @Test
    void everyCommandTellsItsOptions() {
        for (var command : new String[] {"serve", "demo", "verify", "aggregate", "agree", "rank"}) {
            var help = run(command, "--help");
            assertThat(help.code()).isZero();
            assertThat(help.out()).contains("Usage: etalon " + command);
        }
        assertThat(run("help").out()).contains("Exit codes");
    }
}
