package io.etalon.cli;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.server.app.Restoration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code etalon restore}: brings a backup to a point in time, in a new data directory. */
@Command(
        name = "restore",
        description = {
            "Bring a backup to a point in time with what was archived after it, in a new data directory.",
            "The first start there enters the restoration in every client's log."
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    private static final String NEWEST = "newest";

    @Option(names = "--from", required = true, paramLabel = "FOLDER", description = "What `etalon backup` wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path from;

    @Option(names = "--archive", required = true, paramLabel = "FOLDER", description = "Where the server archived to.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TIME",
            description = "The point, such as 2026-11-22T14:03:00+01:00; or “newest” for all that was archived.")
    @SuppressWarnings("NullAway.Init")
    private String to;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The new data directory.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--keys",
            paramLabel = "FOLDER",
            description = "The copy of keys/ that was kept apart. Default: what lies in the new data directory.")
    private @Nullable Path keys;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        new Restoration(from, archive, point(), data, keys).run();
        var out = spec.commandLine().getOut();
        out.println("restored " + data + " to " + to);
        out.println("next     start it: ./etalon serve --data " + data
                + " --archive ANOTHER-FOLDER, and make a backup at once");
        out.println("log      each client's log tells of it with the first start; witnesses refuse it, as they should");
        out.flush();
        return ExitCode.DONE;
    }

    private @Nullable Instant point() {
        if (to.equals(NEWEST)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(to).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--to is “" + to
                            + "”; it must be a time with its offset, such as 2026-11-22T14:03:00+01:00, or newest",
                    e);
        }
    }
}
