package io.etalon.cli;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.server.access.SetupLinks;
import io.etalon.server.app.RunningServer;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code etalon serve}: one server process until it is told to stop. */
@Command(
        name = "serve",
        description = "Run the server until it is stopped (Ctrl+C or SIGTERM).",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServeOptions options;

    @Option(
            names = "--archive",
            paramLabel = "FOLDER",
            description =
                    "Archive the embedded database's log and all objects there, so that any point after a backup can be"
                            + " restored; remembered by the data directory. “none” ends it.")
    private @Nullable String archive;

    @Option(
            names = "--exit-when-started",
            hidden = true,
            description = "Stop as soon as it answers: how the build trains the class cache.")
    private boolean exitWhenStarted;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        var server = RunningServer.start(options.config().archivingTo(archive));
        out.println("Etalon runs at " + server.url());
        server.part(SetupLinks.class)
                .issueForFirstOperator()
                .ifPresent(link -> out.println("Set it up here, once, within 15 minutes: " + link));
        out.flush();
        if (exitWhenStarted) {
            server.close();
            return ExitCode.DONE;
        }
        untilStopped(server);
        return ExitCode.DONE;
    }

    /** Keeps running until the process is told to stop, then closes everything in order. */
    static void untilStopped(RunningServer server) throws InterruptedException {
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "stop"));
        stopped.await();
    }
}
