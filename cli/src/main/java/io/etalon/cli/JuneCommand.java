package io.etalon.cli;

import io.etalon.cli.demo.DemoFailure;
import io.etalon.cli.demo.June;
import io.etalon.cli.terminal.ExitCode;
import io.etalon.cli.terminal.ProgressBar;
import io.etalon.server.app.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code etalon demo june-2025}: a vendor of five competitors is bought by one of them, in the middle of their work. */
@Command(
        name = "june-2025",
        description = {
            "Play June 2025: one of five competing clients buys 49 %% of the vendor that serves them all. Walls close, work",
            "moves, each client gets its exposure report, one leaves. Five outcomes are checked; 0 only if all hold."
        },
        mixinStandardHelpOptions = true)
final class JuneCommand implements Callable<Integer> {
    private static final int FEWEST_TASKS = 100;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServeOptions options;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Tasks of all clients. Default: ${DEFAULT-VALUE}")
    private int tasks;

    @Option(
            names = "--people",
            paramLabel = "N",
            defaultValue = "60",
            description = "People who work through the HTTP API. Default: ${DEFAULT-VALUE}")
    private int people;

    @Option(
            names = "--truth",
            paramLabel = "DIR",
            defaultValue = "../shared/data/truth",
            description = "Published labelled sets; without them the shipped one is used. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path truth;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "613",
            description = "Of the answers. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--headless", description = "Exit when it is over, instead of keeping the server running.")
    private boolean headless;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (tasks < FEWEST_TASKS || people < June.FEWEST_PEOPLE) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--tasks must be " + FEWEST_TASKS + " or more, and --people " + June.FEWEST_PEOPLE + " or more.");
        }
        var out = spec.commandLine().getOut();
        var bar = new ProgressBar(spec.commandLine().getErr(), "june-2025");
        try (var stage = new LocalStage(config(), out, bar)) {
            var june = new June(stage, new June.Plan(tasks, people, truth, seed));
            june.prepare();
            announce(out, stage, june);
            june.play();
            out.println("The five outcomes hold.");
            out.flush();
            if (!headless) {
                out.println("Stop with Ctrl+C.");
                out.flush();
                ServeCommand.untilStopped(stage.server());
            }
            return ExitCode.DONE;
        } catch (DemoFailure e) {
            bar.done();
            throw e;
        } finally {
            bar.done();
        }
    }

    /** It begins at the beginning, in the named directory if that is empty. */
    private ServerConfig config() throws IOException {
        var asked = options.config();
        var fresh = asked.over(DemoCommand.fresh(asked.data()));
        return headless ? fresh.onFreePorts() : fresh;
    }

    private void announce(PrintWriter out, LocalStage stage, June june) {
        if (!headless) {
            out.println();
            out.println("Sign in once with  " + stage.link(June.VIEWER));
            out.println("and watch it at    " + stage.url() + "/#/june-2025");
            out.println("Look around as     " + stage.link(June.REQUESTER) + "  a requester");
            out.println("                   " + stage.link(june.annotator()) + "  an annotator");
            out.println("                   " + stage.link(June.OPERATOR) + "  the operator");
            out.println();
            out.flush();
        }
    }
}
