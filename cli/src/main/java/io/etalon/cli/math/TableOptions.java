package io.etalon.cli.math;

import io.etalon.cli.terminal.ProgressBar;
import io.etalon.formats.FormatException;
import io.etalon.formats.tables.Column;
import io.etalon.formats.tables.TableSource;
import io.etalon.formats.tables.Tables;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How tables are read, shared by the commands: which rows are borne with, and what is told about it. */
final class TableOptions {
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--skip-bad",
            paramLabel = "N",
            defaultValue = "0",
            description = "Pass over up to N broken rows, and say how many there were. Default: none")
    private long skipBad;

    private double share;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /**
     * Reads a table that the command line names.
     *
     * @param name a file, or {@code -} for standard input
     * @throws InputFailure when it is not as expected
     */
    void read(String name, List<Column> columns, Tables.Sink sink) {
        if (skipBad < 0) {
            throw new ParameterException(spec.commandLine(), "--skip-bad must not be negative, got " + skipBad);
        }
        var shown = shown(name);
        var bar = new ProgressBar(err(), "reading " + shown);
        try {
            var reading = Tables.read(
                    source(name),
                    columns,
                    skipBad,
                    (done, total) -> {
                        share = total > 0 ? (double) done / total : 0;
                        bar.at(done, total);
                    },
                    sink);
            bar.done();
            if (reading.bad() > 0) {
                warn(shown + ": passed over " + reading.bad() + " bad "
                        + (reading.bad() == 1 ? "row" : "rows") + " and took " + reading.rows() + ": "
                        + String.join("; ", reading.faults())
                        + (reading.bad() > reading.faults().size() ? "; …" : ""));
            }
            if (reading.rows() == 0) {
                throw new InputFailure(shown + ": no row follows the header");
            }
        } catch (FormatException e) {
            bar.done();
            throw new InputFailure(shown + ": " + e.getMessage(), e);
        } catch (ZipException e) {
            bar.done();
            throw new InputFailure(shown + ": the gzip file is damaged (" + e.getMessage() + ")", e);
        } catch (IOException | UncheckedIOException e) {
            bar.done();
            throw new InputFailure(shown + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** How much of the table that is being read has been read, 0 to 1; 0 where its length is not known. */
    double share() {
        return share;
    }

    /** What messages call an input. */
    static String shown(String name) {
        return name.equals(STANDARD_INPUT) ? "standard input" : name;
    }

    private static TableSource source(String name) {
        if (name.equals(STANDARD_INPUT)) {
            return new TableSource.Stream(System.in);
        }
        var path = Path.of(name);
        if (!Files.exists(path)) {
            throw new InputFailure("There is no file " + name + ".");
        }
        if (Files.isDirectory(path)) {
            throw new InputFailure(name + " is a folder; name a CSV, JSON lines or Parquet file.");
        }
        return new TableSource.File(path);
    }

    /** Something a person should know although the command goes on. */
    void warn(String message) {
        err().println("warning  " + message);
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
