package io.etalon.cli;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.server.app.Backup;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code etalon backup}: copies the embedded database and the objects while the server works. */
@Command(
        name = "backup",
        description = {
            "Copy the embedded database and the objects, while the server runs or not.",
            "With what is archived from now on any later point can be restored."
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    @Option(
            names = "--to",
            required = true,
            paramLabel = "FOLDER",
            description = "A folder that is empty or not there.")
    @SuppressWarnings("NullAway.Init")
    private Path to;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "The data directory, whose server was started with --archive. Default: ./data")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Where the installation's passphrase is kept. Default: DIR/keys/passphrase")
    private @Nullable Path passphraseFile;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException {
        var backup = Backup.take(data, passphraseFile, to);
        var out = spec.commandLine().getOut();
        out.println("backup   " + backup.folder());
        out.println("points   from " + backup.finished() + " on, as far as the archive reaches");
        out.println(
                "keys     are not in it: keep a copy of " + data.resolve("keys") + " apart, for both together open it");
        out.flush();
        return ExitCode.DONE;
    }
}
