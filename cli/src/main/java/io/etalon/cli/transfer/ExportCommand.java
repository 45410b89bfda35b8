package io.etalon.cli.transfer;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.cli.terminal.ProgressBar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etalon export}: has a project's answers written and fetches the file. */
@Command(
        name = "export",
        description = "Have a project's answers written as JSONL or CSV and fetch the file.",
        footer = "Exit code 0 when the file is there, 1 when the job failed.",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Where to write; its name ends in .jsonl or .csv.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

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
        var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (!name.endsWith(".jsonl") && !name.endsWith(".csv")) {
            throw new IllegalArgumentException(file + " ends in neither .jsonl nor .csv.");
        }
        var err = spec.commandLine().getErr();
        var remote = server.remote();
        var bar = new ProgressBar(err, "exporting");
        var id = follow == null
                ? remote.export(name.endsWith(".csv") ? "csv" : "jsonl")
                        .path("id")
                        .asString()
                : follow;
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
                .printf("%d answers in %s%n", job.at("/report/rows").asLong(), file);
        return ExitCode.DONE;
    }
}
