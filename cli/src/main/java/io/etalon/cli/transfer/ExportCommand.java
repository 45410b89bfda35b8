package io.etalon.cli.transfer;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.cli.terminal.ProgressBar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etalon export}: has a project's answers written, or what they amount to, and fetches the file. */
@Command(
        name = "export",
        description = "Have a project's answers written as JSONL, CSV or Parquet and fetch the file.",
        footer = "Exit code 0 when the file is there, 1 when the job failed.",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
    private static final List<String> FORMATS = List.of("jsonl", "csv", "parquet");

    @Parameters(paramLabel = "FILE", description = "Where to write; its name usually ends in the format.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "jsonl, csv or parquet, when the file's name does not tell.")
    private @Nullable String format;

    @Option(
            names = "--what",
            paramLabel = "WHAT",
            defaultValue = "answers",
            description = "answers, or consensus: what they amount to, task by task. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String what;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "How a consensus is made, such as majority or dawid_skene. Default: dawid_skene.")
    private @Nullable String method;

    @Option(names = "--follow", paramLabel = "JOB", description = "Fetch an export that was begun before.")
    private @Nullable String follow;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServerOptions server;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var asked = follow == null ? format() : "";
        var err = spec.commandLine().getErr();
        var remote = server.remote();
        var bar = new ProgressBar(err, "exporting");
        var id = follow == null ? remote.export(asked, what, method).path("id").asString() : follow;
        var command = "etalon export " + file + " " + server.again() + " --follow";
        var job = new Following(remote, err, command).toTheEnd(id, bar);
        if (!job.path("state").asString().equals("done")) {
            err.println("etalon: the export is " + job.path("state").asString() + ". "
                    + job.path("failure").asString(""));
            return ExitCode.FAILED;
        }
        remote.download(id, file);
        spec.commandLine()
                .getOut()
                .printf("%d rows in %s%n", job.at("/report/rows").asLong(), file);
        return ExitCode.DONE;
    }

    private String format() {
        var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        var asked = format == null ? name.substring(name.lastIndexOf('.') + 1) : format.toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(asked)) {
            throw new IllegalArgumentException(
                    format == null
                            ? file + " ends in none of .jsonl, .csv and .parquet; name one with --format."
                            : "--format is \"" + format + "\"; it must be jsonl, csv or parquet.");
        }
        return asked;
    }
}
