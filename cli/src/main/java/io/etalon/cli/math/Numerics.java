package io.etalon.cli.math;

import io.etalon.formats.tables.BadRow;
import io.etalon.formats.tables.Field;
import io.etalon.formats.tables.Row;
import io.etalon.quality.numeric.GaussianEm;
import io.etalon.quality.numeric.Numbers;
import io.etalon.quality.numeric.NumericConsensus;
import io.etalon.quality.numeric.NumericTruth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers: ratings, counts, measurements. */
final class Numerics implements Aggregation {
    private static final String MEAN = "mean";

    @Override
    public List<String> methods() {
        return List.of(MEAN, "trimmed", "median", "em", "em-bias");
    }

    @Override
    public Result aggregate(Request request) {
        var method = request.method() == null ? MEAN : request.method();
        var builder = Numbers.builder();
        request.tables()
                .read(
                        request.labels(),
                        LabelTables.LABELS,
                        row -> builder.add(row.text(0), row.text(1), row.number(2)));
        var numbers = builder.build();
        if (numbers.repeated() > 0) {
            request.tables()
                    .warn(Text.count(numbers.repeated(), "number")
                            + " repeat a (task, worker) pair; a worker counts with their mean");
        }
        var gold = gold(request);
        var consensus = fit(method, numbers);
        return new Result(
                method,
                numbers.tasks().size(),
                numbers.workers().size(),
                numbers.size(),
                null,
                score(consensus, gold, request),
                List.of(),
                Optional.empty(),
                List.of(Field.number("low"), Field.number("high")),
                sink -> {
                    for (var estimate : consensus.estimates()) {
                        sink.answer(
                                estimate.task(),
                                Double.toString(estimate.value()),
                                null,
                                estimate.interval().low(),
                                estimate.interval().high());
                    }
                });
    }

    private static NumericConsensus fit(String method, Numbers numbers) {
        return switch (method) {
            case "trimmed" -> new NumericTruth.TrimmedMean().fit(numbers);
            case "median" -> new NumericTruth.Median().fit(numbers);
            case "em" -> GaussianEm.unbiased().fit(numbers).consensus();
            case "em-bias" -> GaussianEm.biased().fit(numbers).consensus();
            // The names were checked against methods(): what is left is the mean.
            default -> new NumericTruth.Mean().fit(numbers);
        };
    }

    private static Map<String, Double> gold(Request request) {
        var gold = new HashMap<String, Double>();
        var name = request.gold();
        if (name != null) {
            request.tables().read(name, LabelTables.GOLD, row -> {
                var known = gold.putIfAbsent(row.text(0), row.number(1));
                if (known != null && known != row.number(1)) {
                    throw new BadRow("the gold label of task " + Row.shown(row.text(0)) + " is "
                            + Row.shown(row.text(1)) + " here and " + known + " above");
                }
            });
        }
        return gold;
    }

    /** Mean absolute and root mean square error; a number is near rather than right. */
    private static Optional<Score> score(NumericConsensus consensus, Map<String, Double> gold, Request request) {
        if (gold.isEmpty()) {
            return Optional.empty();
        }
        var absolute = 0.0;
        var squares = 0.0;
        var judged = 0;
        for (var estimate : consensus.estimates()) {
            var truth = gold.get(estimate.task());
            if (truth != null) {
                absolute += Math.abs(estimate.value() - truth);
                squares += (estimate.value() - truth) * (estimate.value() - truth);
                judged++;
            }
        }
        if (judged == 0) {
            throw new InputFailure(request.gold() + ": none of the " + gold.size()
                    + " gold tasks has a number; are the task names those of " + request.labels() + "?");
        }
        return Optional.of(new Score(
                judged,
                null,
                null,
                null,
                null,
                null,
                Map.of(
                        "mean_absolute_error",
                        absolute / judged,
                        "root_mean_square_error",
                        Math.sqrt(squares / judged))));
    }
}
