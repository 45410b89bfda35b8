package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Without any network everything works, and nothing even tries to get out: the process runs in a network namespace that holds
 * a loopback device and no route. Two witnesses watch it, strace and the namespace's own counters. Needs Linux, unshare, ip and
 * strace; where the machine does not let it make a namespace, the test is skipped and says why, unless the whole experiment was
 * asked for.
 */
final class AirGapTest {
    private static final long LIMIT_SECONDS = 300;

    private record Run(int code, String output, NetworkTrace trace) {}

    @Test
    void theMainJobWorksAndNothingTriesToGetOut() throws Exception {
        requireNamespaces();
        var data = TestServer.freshData();
        var run = isolated(data, java(AirGapped.class.getName(), data.toString()));

        assertThat(run.code()).as(run.output()).isZero();
        assertThat(run.output()).contains(AirGapped.DONE);
        provesSilence(run);
    }

    /** The negative control: what gets no answer is seen all the same, by both witnesses. */
    @Test
    void oneAttemptToGetOutIsSeen() throws Exception {
        requireNamespaces();
        var run = isolated(TestServer.freshData(), java(AirGapped.class.getName(), AirGapped.ESCAPE));

        assertThat(run.output())
                .contains("refused by number", "refused by name")
                .doesNotContain("told a name");
        assertThat(run.trace().outside()).anySatisfy(call -> assertThat(call).contains("192.0.2.1"));
        assertThat(run.trace().withoutRoute())
                .as(run.trace().counters().toString())
                .isPositive();
    }

    /** The application as it is packed: the demonstration with its releases, and their verification. */
    @Test
    void theDemonstrationOfThePackedApplicationTriesNothingEither() throws Exception {
        var app = System.getProperty("etalon.airgap.app", "");
        assumeTrue(!app.isEmpty(), "only ./etalon test airgap builds the packed application first");
        requireNamespaces();
        var data = TestServer.freshData();
        var command = List.of(
                javaProgram(),
                "-cp",
                app + "/lib/*",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "io.etalon.cli.Main");
        var demo = new ArrayList<>(command);
        demo.addAll(List.of("demo", "--headless", "--data", data.toString()));
        var shown = isolated(data, demo);
        assertThat(shown.code()).as(shown.output()).isZero();
        assertThat(shown.output()).contains("verified clinical: 7 checks hold; coins: 7 checks hold");
        provesSilence(shown);

        var verify = new ArrayList<>(command);
        verify.addAll(List.of("verify", data.resolve("downloads/coins-v1.zip").toString()));
        var verified = isolated(data, verify);
        assertThat(verified.code()).as(verified.output()).isZero();
        assertThat(verified.trace().outside()).isEmpty();
        assertThat(verified.trace().withoutRoute()).isZero();
    }

    private static void provesSilence(Run run) {
        assertThat(run.trace().calls())
                .as("strace saw the process talk to itself")
                .isPositive();
        assertThat(run.trace().outside()).as("calls that name another machine").isEmpty();
        assertThat(run.trace().withoutRoute())
                .as(run.trace().counters().toString())
                .isZero();
        Faults.saw("air gap: " + run.trace().calls() + " calls that connect or send, none to another machine, "
                + run.trace().withoutRoute() + " packets without a route");
    }

    private static void requireNamespaces() throws Exception {
        var why = whyNot();
        if (Faults.whole()) {
            assertThat(why).as("what ./etalon test airgap needs").isEmpty();
        }
        if (!why.isEmpty()) {
            Faults.saw("air gap: not run, since " + why);
        }
        assumeTrue(why.isEmpty(), why);
    }

    private static String whyNot() throws Exception {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "only Linux has network namespaces";
        }
        try {
            for (var program : List.of("strace", "ip")) {
                if (plain(List.of(program, "-V")) != 0) {
                    return program + " does not run here";
                }
            }
            var command = namespace();
            command.add("strace -f -qq -o /dev/null -e " + NetworkTrace.CALLS + " true");
            return plain(command) == 0 ? "" : "this machine lets nobody make a network namespace, or trace a process";
        } catch (IOException e) {
            return "a program is missing: " + e.getMessage();
        }
    }

    private static int plain(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** A shell in a namespace whose loopback device is up. Root stays root; others keep their user, as PostgreSQL asks. */
    private static List<String> namespace() {
        var command = new ArrayList<>(List.of("unshare", "--net"));
        if (!System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("--user", "--map-current-user", "--keep-caps"));
        }
        command.addAll(List.of("sh", "-c"));
        return command;
    }

    private static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> java(String... program) {
        var command = new ArrayList<>(List.of(
                javaProgram(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        var programs = System.getProperty("etalon.postgres.programs");
        if (programs != null) {
            command.add("-Detalon.postgres.programs=" + programs);
        }
        command.addAll(List.of("-cp", ChildServer.classPath()));
        command.addAll(List.of(program));
        return command;
    }

    /** Runs a command with no way out; its witnesses' words lie beside its data. */
    private static Run isolated(Path data, List<String> program) throws Exception {
        var beside = Files.createTempDirectory(data.toAbsolutePath().getParent(), "air-gap-");
        var strace = beside.resolve("strace");
        var snmp = beside.resolve("snmp");
        var snmp6 = beside.resolve("snmp6");
        var output = beside.resolve("output");
        var command = namespace();
        // No word of the command is read by the shell: they come as its arguments.
        command.add("ip link set lo up && test -z \"$(ip route)\" && s=$1 && a=$2 && b=$3 && shift 3"
                + " && strace -f -qq --seccomp-bpf -o \"$s\" -e " + NetworkTrace.CALLS + " \"$@\"; code=$?"
                + "; cat /proc/net/snmp > \"$a\"; cat /proc/net/snmp6 > \"$b\"; exit $code");
        command.addAll(List.of("air-gap", strace.toString(), snmp.toString(), snmp6.toString()));
        command.addAll(program);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("it ends; its output is " + output)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(output), NetworkTrace.read(strace, snmp, snmp6));
    }
}
