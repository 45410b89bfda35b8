package io.etalon.cli.math;

import io.etalon.cli.math.LabelTables.Repeats;
import io.etalon.cli.plot.Drawing;
import io.etalon.cli.plot.HeatMap;
import io.etalon.cli.terminal.ExitCode;
import io.etalon.cli.terminal.TextTable;
import io.etalon.quality.Bootstrap;
import io.etalon.quality.Estimate;
import io.etalon.quality.Labels;
import io.etalon.quality.agreement.Agreement;
import io.etalon.quality.agreement.AgreementMatrix;
import io.etalon.quality.agreement.AgreementMetric;
import io.etalon.quality.agreement.Distance;
import io.etalon.quality.agreement.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etalon agree}: how far workers agree with one another. */
@Command(
        name = "agree",
        description = {
            "Measure how far the workers of a file agree, with an interval over tasks.",
            "LABELS is CSV, JSON lines or Parquet with the columns task, worker, label (- reads standard input)."
        },
        footer = {
            "",
            "A metric is one of raw, cohen, weighted-cohen, fleiss, krippendorff, gwet-ac1, gwet-ac2, icc, icc-agreement,",
            "icc-consistency; for label cells that hold spans or boxes as in etalon aggregate: span-f1, span-f1-partial,",
            "alpha-u (a text ends with its last span), box-f1, box-iou. cohen is the mean over pairs of workers, by their",
            "common tasks. A worker who judged a task several times has one voice there. Low agreement does not mean a bad consensus: see docs/guide/quality.md.",
            "",
            "  etalon agree labels.csv --metric krippendorff --distance ordinal --classes low,middle,high"
        },
        mixinStandardHelpOptions = true)
public final class AgreeCommand implements Callable<Integer> {
    private static final int WIDEST_MATRIX = 12;
    private static final String NOTHING_SHARED = "no task has marks of two workers";

    @Parameters(paramLabel = "LABELS", description = "The judgements, or - for standard input.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            defaultValue = "krippendorff",
            description = "Which figure. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private String metricName;

    @Option(
            names = "--distance",
            paramLabel = "NAME",
            description =
                    "nominal, ordinal, interval or ratio: how far apart two labels are. Default: the metric's own")
    private @Nullable String distanceName;

    @Option(
            names = "--classes",
            paramLabel = "CLASS",
            split = ",",
            description = "All labels in their order, for the ordinal distance. Default: numbers by value, then words")
    private List<String> classes = new ArrayList<>();

    @Option(
            names = "--repeats",
            paramLabel = "RULE",
            defaultValue = "first",
            description =
                    "Labels that repeat a (task, worker) pair: all (share one voice), distinct or first. Default: first")
    @SuppressWarnings("NullAway.Init")
    private Repeats repeats;

    @Option(names = "--matrix", description = "Also give the metric for every two workers.")
    private boolean withMatrix;

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Resamples of tasks for the 95 %% interval. Default: ${DEFAULT-VALUE}")
    private int replicates;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the resamples: the same seed gives the same interval. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--json", description = "Print one JSON object: value, low, high and what they rest on.")
    private boolean json;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draw the matrix of workers as .svg or .png.")
    private @Nullable Path plot;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private TableOptions tables;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var ofObjects = ObjectAgreement.find(metricName);
        if (ofObjects.isPresent()) {
            return measureObjects(ofObjects.get());
        }
        var metric = metric();
        var named = distanceName;
        var distance = named == null ? metric.usualDistance() : asked(() -> Distance.parse(named));
        var bootstrap = asked(() -> new Bootstrap(replicates, 0.95, seed));
        if (plot != null && !Drawing.understands(plot)) {
            throw new ParameterException(spec.commandLine(), plot + " is no picture; name it .svg or .png");
        }
        var labels = LabelTables.labels(tables, file, classes, repeats);
        LabelTables.tellOfRepeats(tables, labels, "they share one voice");
        var measured = metric.measure(labels, distance, bootstrap);
        var matrix = withMatrix || plot != null ? Agreement.matrix(labels, metric, distance) : null;
        if (plot != null && matrix != null) {
            draw(matrix, metric, labels).write(plot);
        }
        var out = spec.commandLine().getOut();
        var shown = withMatrix ? matrix : null;
        if (json) {
            out.println(Json.object(members(labels, measured, shown)));
        } else {
            print(labels, measured, shown);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private AgreementMetric metric() {
        try {
            return AgreementMetric.parse(metricName);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), e.getMessage() + ", " + String.join(", ", ObjectAgreement.names()), e);
        }
    }

    private int measureObjects(ObjectAgreement metric) {
        if (distanceName != null || withMatrix || plot != null) {
            throw new ParameterException(
                    spec.commandLine(), "--distance, --matrix and --plot are for labels that are classes");
        }
        var bootstrap = asked(() -> new Bootstrap(replicates, 0.95, seed));
        var request = new Aggregation.Request(tables, file, null, null, classes, repeats);
        var measured = metric.measure(request, bootstrap);
        var estimate = measured.estimate().orElse(null);
        var out = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, @Nullable Object>();
            members.put("metric", metric.label());
            putEstimate(members, estimate);
            members.put("reason", estimate == null ? NOTHING_SHARED : null);
            members.put("tasks", measured.tasks());
            members.put("workers", measured.workers());
            members.put("labels", measured.answers());
            out.println(Json.object(members));
        } else {
            out.println(Text.count(measured.answers(), "answer") + " of " + Text.count(measured.workers(), "worker")
                    + " on " + Text.count(measured.tasks(), "task"));
            out.println(metric.label() + ": " + figure(measured.estimate(), NOTHING_SHARED));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static void putEstimate(Map<String, @Nullable Object> members, @Nullable Estimate estimate) {
        members.put("value", estimate == null ? null : estimate.value());
        members.put("low", estimate == null ? null : estimate.interval().low());
        members.put("high", estimate == null ? null : estimate.interval().high());
    }

    private static String figure(Optional<Estimate> estimate, String reason) {
        return estimate.map(e -> Text.decimals(e.value(), 4) + "  (95 % from "
                        + Text.decimals(e.interval().low(), 4) + " to "
                        + Text.decimals(e.interval().high(), 4) + ", over " + e.units() + " tasks)")
                .orElse("does not exist: " + reason);
    }

    private <T> T asked(Supplier<T> parsed) {
        try {
            return parsed.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, @Nullable Object> members(
            Labels labels, Measured measured, @Nullable AgreementMatrix matrix) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("metric", measured.metric().label());
        members.put("distance", measured.distance().label());
        putEstimate(members, measured.estimate().orElse(null));
        members.put("reason", measured.reason().orElse(null));
        members.put("tasks", labels.tasks().size());
        members.put("workers", labels.workers().size());
        members.put("labels", labels.size());
        members.put("classes", labels.classes().size());
        members.put("repeated", measured.repeated());
        if (matrix != null) {
            members.put("matrix", pairs(matrix));
        }
        return members;
    }

    private static List<Map<String, Object>> pairs(AgreementMatrix matrix) {
        var pairs = new ArrayList<Map<String, Object>>();
        var workers = matrix.workers();
        for (var left = 0; left < workers.size(); left++) {
            for (var right = left + 1; right < workers.size(); right++) {
                if (matrix.common(left, right) > 0) {
                    var pair = new LinkedHashMap<String, Object>();
                    pair.put("left", workers.get(left));
                    pair.put("right", workers.get(right));
                    pair.put("tasks", matrix.common(left, right));
                    matrix.agreement(left, right).ifPresent(value -> pair.put("value", value));
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    private void print(Labels labels, Measured measured, @Nullable AgreementMatrix matrix) {
        var out = spec.commandLine().getOut();
        out.println(Text.count(labels.size(), "judgement") + " of "
                + Text.count(labels.workers().size(), "worker") + " on "
                + Text.count(labels.tasks().size(), "task") + " in "
                + Text.count(labels.classes().size(), "class"));
        out.println(measured.metric().label() + ", " + measured.distance().label() + " distance: "
                + figure(measured.estimate(), measured.reason().orElse("")));
        if (matrix == null) {
            return;
        }
        out.println();
        if (matrix.workers().size() <= WIDEST_MATRIX) {
            square(matrix).lines().forEach(out::println);
        } else {
            list(matrix).lines().forEach(out::println);
        }
    }

    private static TextTable square(AgreementMatrix matrix) {
        var workers = matrix.workers();
        var header = new ArrayList<String>(List.of("worker"));
        header.addAll(workers);
        var table = new TextTable(header.toArray(String[]::new));
        for (var row = 0; row < workers.size(); row++) {
            var cells = new ArrayList<String>(List.of(workers.get(row)));
            for (var column = 0; column < workers.size(); column++) {
                var value = matrix.agreement(row, column);
                cells.add(value.isPresent() ? Text.decimals(value.getAsDouble(), 3) : "–");
            }
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private static TextTable list(AgreementMatrix matrix) {
        var table = new TextTable("worker", "and", "tasks", "agreement");
        var workers = matrix.workers();
        for (var left = 0; left < workers.size(); left++) {
            for (var right = left + 1; right < workers.size(); right++) {
                if (matrix.common(left, right) > 0) {
                    var value = matrix.agreement(left, right);
                    table.row(
                            workers.get(left),
                            workers.get(right),
                            Integer.toString(matrix.common(left, right)),
                            value.isPresent() ? Text.decimals(value.getAsDouble(), 3) : "–");
                }
            }
        }
        return table;
    }

    private static Drawing draw(AgreementMatrix matrix, AgreementMetric metric, Labels labels) {
        var size = matrix.workers().size();
        var values = new double[size][size];
        for (var row = 0; row < size; row++) {
            for (var column = 0; column < size; column++) {
                values[row][column] = matrix.agreement(row, column).orElse(Double.NaN);
            }
        }
        return HeatMap.of(
                "Agreement between workers",
                metric.label() + " of every two workers; " + Text.count(labels.size(), "judgement") + " on "
                        + Text.count(labels.tasks().size(), "task") + "; grey: none in common",
                matrix.workers(),
                values);
    }
}
