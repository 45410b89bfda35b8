package io.etalon.cli.math;

import io.etalon.cli.math.Aggregation.Result;
import io.etalon.cli.math.LabelTables.Repeats;
import io.etalon.cli.plot.Drawing;
import io.etalon.cli.terminal.ExitCode;
import io.etalon.formats.tables.Field;
import io.etalon.formats.tables.TableWriter;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etalon aggregate}: one answer a task from several people's. */
@Command(
        name = "aggregate",
        description = {
            "Infer one answer a task from the judgements of several people.",
            "LABELS is CSV, JSON lines or Parquet with the columns task, worker, label (- reads standard input);",
            "GOLD has task, label. The result has task, label, confidence."
        },
        footer = {
            "",
            "Methods, the default first:",
            "  categorical  auto (chosen by gold; hds without gold), mv, wawa, ds, ds-map, hds, one-coin, bwa, ibcc,",
            "               glad, mace, ebcc",
            "  numeric      mean, trimmed, median, em, em-bias",
            "  spans        ds-map and the other categorical ones, on each piece of the text",
            "  boxes        em, mv",
            "  masks        mv, em, staple",
            "  text         rover, medoid",
            "  pairwise     kemeny, borda",
            "",
            "The label cell holds a class; a number; for spans [{\"start\":0,\"end\":4,\"label\":\"PER\"}, …]; for boxes",
            "[{\"label\":\"coin\",\"x\":1.5,\"y\":2,\"width\":10,\"height\":12}, …], each with \"angle\" where it is turned (degrees,",
            "clockwise about its centre); for masks COCO's {\"size\":[height,width],\"counts\":[…]}; a text; or a comparison:",
            "a > b, a = b, a > b > c. A worker who found nothing gives [].",
            "",
            "With gold the confidence is calibrated by one temperature; without, it is the method's own and as a rule",
            "too high. docs/guide/quality.md says which method to use when.",
            "",
            "  etalon aggregate labels.csv --gold gold.csv --out truth.parquet"
        },
        mixinStandardHelpOptions = true)
public final class AggregateCommand implements Callable<Integer> {
    private static final List<Field> FIELDS =
            List.of(Field.text("task"), Field.text("label"), Field.number("confidence"));

    @Parameters(paramLabel = "LABELS", description = "The judgements, or - for standard input.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Option(names = "--method", paramLabel = "NAME", description = "How. Default: auto for categorical, see below")
    private @Nullable String method;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "categorical",
            description = "What a label is: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Kind kind;

    @Option(names = "--gold", paramLabel = "GOLD", description = "Tasks whose answer is known: scores and calibrates.")
    private @Nullable String gold;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the answers go: " + TableWriter.ENDINGS + ". Default: CSV on standard output")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object about the result instead of the answers.")
    private boolean json;

    @Option(
            names = "--classes",
            paramLabel = "CLASS",
            split = ",",
            description = "All classes; another label is a bad row. Default: those that occur")
    private List<String> classes = new ArrayList<>();

    @Option(
            names = "--repeats",
            paramLabel = "RULE",
            defaultValue = "distinct",
            description = {
                "Judgements that repeat a (task, worker) pair: all count, only distinct labels count, or the first.",
                "Default: distinct, with a warning; with a column occasion or round, all"
            })
    @SuppressWarnings("NullAway.Init")
    private Repeats repeats;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Draw confidence against gold (a reliability diagram) as .svg or .png.")
    private @Nullable Path plot;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private TableOptions tables;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        requireUsable();
        var started = System.nanoTime();
        var result =
                kind.aggregation().aggregate(new Aggregation.Request(tables, file, gold, method, classes, repeats));
        var seconds = (System.nanoTime() - started) / 1e9;
        if (out != null) {
            write(TableWriter.open(out, fields(result)), result);
        }
        if (plot != null) {
            result.plot()
                    .orElseThrow(() -> new InputFailure("--plot needs --gold with categorical labels"))
                    .get()
                    .write(plot);
        }
        var standard = spec.commandLine().getOut();
        if (json) {
            standard.println(Json.object(members(result, seconds)));
            result.notes().forEach(note -> spec.commandLine().getErr().println("note     " + note));
        } else {
            if (out == null) {
                write(TableWriter.csv(new Unclosed(standard), fields(result)), result);
            }
            report(result, seconds, out == null ? spec.commandLine().getErr() : standard);
        }
        standard.flush();
        return ExitCode.DONE;
    }

    private void requireUsable() {
        var known = kind.aggregation().methods();
        if (method != null && !known.contains(method)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no method \"" + method + "\" for " + kind.name().toLowerCase(Locale.ROOT) + " labels; one of "
                            + String.join(", ", known));
        }
        if (out != null && !TableWriter.understands(out)) {
            throw new ParameterException(
                    spec.commandLine(), out + " ends in none of the known ways; name it " + TableWriter.ENDINGS);
        }
        if (plot != null && !Drawing.understands(plot)) {
            throw new ParameterException(spec.commandLine(), plot + " is no picture; name it .svg or .png");
        }
        if (plot != null && gold == null) {
            throw new ParameterException(spec.commandLine(), "--plot draws confidence against gold; give --gold GOLD");
        }
        if ("-".equals(gold) && "-".equals(file)) {
            throw new ParameterException(spec.commandLine(), "only one of LABELS and --gold can be standard input");
        }
    }

    private static void write(TableWriter writer, Result result) throws IOException {
        try (writer) {
            result.answers().each((task, label, confidence, further) -> {
                var cells = new @Nullable Object[FIELDS.size() + further.length];
                cells[0] = task;
                cells[1] = label;
                cells[2] = confidence;
                System.arraycopy(further, 0, cells, FIELDS.size(), further.length);
                writer.row(cells);
            });
        }
    }

    private static List<Field> fields(Result result) {
        var fields = new ArrayList<>(FIELDS);
        fields.addAll(result.further());
        return fields;
    }

    private static Map<String, @Nullable Object> members(Result result, double seconds) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        var score = result.score().orElse(null);
        members.put("method", result.method());
        members.put("tasks", result.tasks());
        members.put("workers", result.workers());
        members.put("labels", result.labels());
        members.put("classes", result.classes());
        members.put("accuracy", score == null ? null : score.share());
        members.put("accuracy_low", score == null ? null : score.low());
        members.put("accuracy_high", score == null ? null : score.high());
        members.put("calibration_error", score == null ? null : score.calibrationError());
        members.put("temperature", score == null ? null : score.temperature());
        members.put("seconds", seconds);
        if (score != null) {
            members.putAll(score.further());
        }
        return members;
    }

    private static void report(Result result, double seconds, PrintWriter to) {
        to.printf(
                Locale.ROOT,
                "%s: %s of %s on %s%s, in %.2f s%n",
                result.method(),
                Text.count(result.labels(), "judgement"),
                Text.count(result.workers(), "worker"),
                Text.count(result.tasks(), "task"),
                result.classes() == null ? "" : " in " + Text.count(result.classes(), "class"),
                seconds);
        result.score().ifPresent(score -> {
            if (score.share() != null && score.low() != null && score.high() != null) {
                to.printf(
                        Locale.ROOT,
                        "accuracy %.4f  (95 %% from %.4f to %.4f, on %s)%n",
                        score.share(),
                        score.low(),
                        score.high(),
                        Text.count(score.tasks(), "gold task"));
            }
            if (score.calibrationError() != null && score.temperature() != null) {
                to.printf(
                        Locale.ROOT,
                        "calibration error %.4f at temperature %.2f%n",
                        score.calibrationError(),
                        score.temperature());
            }
            score.further()
                    .forEach((name, value) -> to.printf(
                            Locale.ROOT,
                            "%s %.4f  (on %s)%n",
                            name.replace('_', ' '),
                            value,
                            Text.count(score.tasks(), "gold task")));
        });
        result.notes().forEach(note -> to.println("note     " + note));
        to.flush();
    }

    /** Standard output is not ours to close. */
    private static final class Unclosed extends FilterWriter {
        Unclosed(Writer out) {
            super(out);
        }

        @Override
        public void write(char[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            out.write(text, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
