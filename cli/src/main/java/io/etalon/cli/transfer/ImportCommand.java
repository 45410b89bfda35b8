package io.etalon.cli.transfer;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.cli.terminal.ProgressBar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code etalon import}: sends a file of tasks and follows the job that takes it in. */
@Command(
        name = "import",
        description = "Send a file of tasks (JSONL or CSV) to a project and follow the job that takes it in.",
        footer = "Exit code 0 when every line became a task or had one, 1 when lines were rejected or the job failed.",
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
    private static final int SHOWN = 20;
    private static final String STANDARD_INPUT = "-";

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "A line a task, with a text or an asset's id. A single - is standard input.")
    private @Nullable Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "jsonl or csv, when the file's name does not tell.")
    private @Nullable String format;

    @Option(names = "--follow", paramLabel = "JOB", description = "Follow a job that was begun before; sends nothing.")
    private @Nullable String follow;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        var remote = server.remote();
        var bar = new ProgressBar(err, "importing");
        var id = follow == null ? begun(remote, bar) : follow;
        var job = new Following(remote, err, "etalon import " + server.again() + " --follow").toTheEnd(id, bar);
        var report = job.path("report");
        out.printf(
                "%s: %d lines, %d accepted, %d duplicate, %d rejected, %d blank%n",
                job.path("state").asString(),
                report.path("lines").asLong(),
                report.path("accepted").asLong(),
                report.path("duplicate").asLong(),
                report.path("rejected").asLong(),
                report.path("blank").asLong());
        var rejected = report.path("rejected").asLong() > 0;
        if (rejected) {
            show(remote.lines(id, null), err);
        }
        if (job.hasNonNull("failure")) {
            err.println("etalon: " + job.path("failure").asString());
        }
        return job.path("state").asString().equals("done") && !rejected ? ExitCode.DONE : ExitCode.FAILED;
    }

    private String begun(Remote remote, ProgressBar bar) throws IOException, InterruptedException {
        if (file != null && file.toString().equals(STANDARD_INPUT)) {
            if (format == null) {
                throw new IllegalArgumentException("Standard input has no name to tell its format; add --format.");
            }
            return remote.upload(System.in, format).path("id").asString();
        }
        if (file == null || !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    file == null
                            ? "Name the file to import, or a job with --follow."
                            : "There is no file " + file + ".");
        }
        return remote.upload(file, format, bar).path("id").asString();
    }

    private static void show(JsonNode page, PrintWriter err) {
        var shown = 0;
        for (var line : page.path("items")) {
            if (line.path("outcome").asString().equals("rejected") && shown++ < SHOWN) {
                err.printf(
                        "line %d %s%n",
                        line.path("line").asLong(), line.path("reason").asString());
            }
        }
    }
}
