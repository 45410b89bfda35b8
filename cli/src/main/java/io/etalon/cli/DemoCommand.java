package io.etalon.cli;

import io.etalon.cli.demo.Demo;
import io.etalon.cli.terminal.ExitCode;
import io.etalon.cli.terminal.ProgressBar;
import io.etalon.server.tenant.Clients;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code etalon demo}: the whole main job on real input, then a running server to look at, or an exit code. */
@Command(
        name = "demo",
        description = "Create the demonstration client, do the main job through the HTTP API, and keep running.",
        subcommands = JuneCommand.class,
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String SLUG = "demo";
    /** Names the visitor of a demonstration that was made whole; without it, one was cut off. */
    private static final String FINISHED = "demo-visitor";

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServeOptions options;

    @Option(
            names = "--headless",
            description =
                    "Do the job without a person and exit: 0 only if every step held. Uses a new data directory below"
                            + " --data unless that one is empty.")
    private boolean headless;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var bar = new ProgressBar(spec.commandLine().getErr(), "demo");
        try {
            return headless ? runHeadless(out, bar) : runOpen(out, bar);
        } finally {
            bar.done();
        }
    }

    private int runHeadless(PrintWriter out, ProgressBar bar) throws IOException {
        var asked = options.config();
        var data = fresh(asked.data());
        try (var stage = new LocalStage(asked.over(data).onFreePorts(), out, bar)) {
            var outcome = play(stage, data);
            out.println("release  " + outcome.release());
            out.println("accuracy " + outcome.accuracy());
            out.println("verified " + outcome.verified());
        }
        return ExitCode.DONE;
    }

    /** The job begins at the beginning: in the directory that was named if it is empty, else in a new one below it. */
    static Path fresh(Path asked) throws IOException {
        if (!Files.exists(asked.resolve("VERSION"))) {
            return asked;
        }
        var folder = Files.createDirectories(asked.resolve("headless"));
        return Files.createTempDirectory(folder, "run-");
    }

    /** Does the job, and leaves in the data directory that it was done whole, and for whom. */
    private static Demo.Outcome play(LocalStage stage, Path data) throws IOException {
        var outcome = new Demo(stage, Files.createDirectories(data.resolve("downloads"))).run(SLUG);
        Files.writeString(data.resolve(FINISHED), outcome.visitorEmail());
        return outcome;
    }

    private int runOpen(PrintWriter out, ProgressBar bar) throws IOException, InterruptedException {
        var stage = new LocalStage(options.config(), out, bar);
        out.println("Etalon runs at " + stage.url());
        out.flush();
        var data = options.config().data();
        var finished = data.resolve(FINISHED);
        if (!Files.exists(finished)) {
            var clients = stage.server().part(Clients.class);
            if (clients.find(SLUG).isPresent()) {
                throw new IllegalStateException("The data directory " + data + " holds a demonstration that was cut off"
                        + " while it was made. Remove the directory, or choose another with --data DIR.");
            }
            play(stage, data);
        }
        out.println();
        out.println("Open " + stage.url());
        out.println("Sign in once with " + stage.link(Files.readString(finished)));
        out.println(
                "Stop with Ctrl+C; the data stay in " + data.toAbsolutePath().normalize());
        out.flush();
        ServeCommand.untilStopped(stage.server());
        return ExitCode.DONE;
    }
}
