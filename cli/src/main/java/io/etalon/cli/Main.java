package io.etalon.cli;

import io.etalon.cli.keys.KeysCommand;
import io.etalon.cli.math.AggregateCommand;
import io.etalon.cli.math.AgreeCommand;
import io.etalon.cli.math.RankCommand;
import io.etalon.cli.tenant.TenantCommand;
import io.etalon.cli.terminal.ExitCode;
import io.etalon.cli.transfer.ExportCommand;
import io.etalon.cli.transfer.ImportCommand;
import io.etalon.cli.vendor.VendorCommand;
import io.etalon.cli.witness.WitnessCommand;
import io.etalon.server.app.StartFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** Entry point of {@code etalon}. */
@Command(
        name = "etalon",
        description = "The neutral data foundry: from raw assets to a signed, verified release.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            VerifyCommand.class,
            AggregateCommand.class,
            AgreeCommand.class,
            RankCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            TenantCommand.class,
            WitnessCommand.class,
            VendorCommand.class,
            KeysCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nThe launcher ./etalon also knows:%n",
        footer = {
            "  bench   Measure beside peers: bench NAME [--quick] [--json].",
            "  build   Build what is missing or older than its source.",
            "  test    Run all tests: unit, integration on PostgreSQL, browser."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a step or a verification failed, or an input is not as expected",
            "2:the command or an option is misspelt",
            "3:it could not start: port, data directory, database or passphrase",
            "4:a witness saw that a log was forked, cut or signed by somebody else"
        })
final class Main implements Runnable {
    private static final int HELP_WIDTH = 116;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean verbose;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
    }

    /** A command line with its own standard output and error. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        var main = new Main();
        var line = new CommandLine(main);
        line.setOut(out);
        line.setErr(err);
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExitCodeExceptionMapper(Main::exitCode);
        line.setExecutionExceptionHandler((failure, command, parsed) -> main.report(command, failure));
        line.setParameterExceptionHandler(Main::misspelt);
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError e) {
            line.getErr()
                    .println("etalon: the memory is used up; give more with ETALON_JAVA_OPTS=-Xmx8g, say, before the"
                            + " command");
            return ExitCode.FAILED;
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private int report(CommandLine command, Exception failure) {
        command.getErr().println("etalon: " + oneLine(failure));
        if (verbose) {
            failure.printStackTrace(command.getErr());
        }
        return exitCode(failure);
    }

    private static int misspelt(ParameterException failure, String[] arguments) {
        var err = failure.getCommandLine().getErr();
        err.println("etalon: " + failure.getMessage() + " (see etalon help)");
        return ExitCode.MISSPELT;
    }

    private static int exitCode(Throwable failure) {
        return startFailure(failure) == null ? ExitCode.FAILED : ExitCode.NOT_STARTED;
    }

    /** A start failure keeps its own message, however deeply a framework wrapped it. */
    private static @Nullable StartFailure startFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartFailure known) {
                return known;
            }
        }
        return null;
    }

    private static String oneLine(Throwable failure) {
        var known = startFailure(failure);
        var message = known == null ? failure.getMessage() : known.getMessage();
        return (message == null ? failure.getClass().getSimpleName() : message).replaceAll("\\s*\\R\\s*", " ");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"etalon " + (version == null ? "development" : version)};
        }
    }
}
