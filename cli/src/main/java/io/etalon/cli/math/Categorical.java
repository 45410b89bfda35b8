package io.etalon.cli.math;

import io.etalon.cli.plot.Drawing;
import io.etalon.cli.plot.ReliabilityDiagram;
import io.etalon.cli.plot.ReliabilityDiagram.Series;
import io.etalon.quality.Interval;
import io.etalon.quality.Labels;
import io.etalon.quality.choice.CalibratedTruth;
import io.etalon.quality.choice.Reliability;
import io.etalon.quality.choice.TruthMethod;
import io.etalon.quality.truth.Consensus;
import io.etalon.quality.truth.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One class of several. */
final class Categorical implements Aggregation {
    /** Between the classes of a tie, in the label of the answer. */
    static final String TIED = "|";

    @Override
    public List<String> methods() {
        var words = new ArrayList<>(TruthMethod.words());
        words.remove(TruthMethod.AUTO.word());
        words.addFirst(TruthMethod.AUTO.word());
        return words;
    }

    @Override
    public Result aggregate(Request request) {
        var method = request.method() == null ? TruthMethod.AUTO : TruthMethod.parse(request.method());
        var labels = LabelTables.labels(request.tables(), request.labels(), request.classes(), request.repeats());
        LabelTables.tellOfRepeats(request.tables(), labels, "each counts as one of its own");
        var gold =
                request.gold() == null ? Map.<String, String>of() : LabelTables.gold(request.tables(), request.gold());
        if (labels.classes().size() == 1) {
            request.tables().warn("every judgement is " + labels.classes().getFirst() + ": there is nothing to infer");
        }
        if (labels.workers().size() == 1) {
            request.tables().warn("one worker gave all judgements: nobody's errors can be told");
        }
        var truth = method.fit(labels, gold);
        if (!gold.isEmpty() && truth.accuracy().isEmpty()) {
            throw new InputFailure(request.gold() + ": none of the " + gold.size()
                    + " gold tasks carries a judgement; are the task names those of " + request.labels() + "?");
        }
        return new Result(
                truth.method().word(),
                labels.tasks().size(),
                labels.workers().size(),
                labels.size(),
                labels.classes().size(),
                score(truth),
                notes(truth, gold),
                plot(truth, labels, gold),
                List.of(),
                sink -> {
                    for (var task = 0; task < labels.tasks().size(); task++) {
                        var consensus = truth.consensus();
                        sink.answer(labels.tasks().get(task), label(consensus, task), consensus.confidence(task));
                    }
                });
    }

    private static String label(Consensus consensus, int task) {
        return String.join(TIED, consensus.best(task).candidates());
    }

    private static Optional<Score> score(CalibratedTruth truth) {
        return truth.accuracy()
                .map(accuracy -> new Score(
                        accuracy.units(),
                        accuracy.value(),
                        accuracy.interval().low(),
                        accuracy.interval().high(),
                        truth.reliability().map(Reliability::error).orElse(null),
                        truth.temperature().value(),
                        Map.of()));
    }

    private static List<String> notes(CalibratedTruth truth, Map<String, String> gold) {
        var notes = new ArrayList<String>();
        notes.add(truth.reason());
        var labels = truth.consensus().labels();
        var ties = 0;
        for (var task = 0; task < labels.tasks().size(); task++) {
            ties += truth.consensus().best(task) instanceof Verdict.Tie ? 1 : 0;
        }
        if (ties > 0) {
            notes.add(Text.count(ties, "task")
                    + (ties == 1 ? " is a tie; its label names" : " are ties; their labels name")
                    + " all candidates, joined by " + TIED + ".");
        }
        var strange = gold.values().stream()
                .filter(label -> !labels.classes().contains(label))
                .distinct()
                .sorted()
                .toList();
        if (!strange.isEmpty()) {
            notes.add("Nobody ever chose the gold " + (strange.size() == 1 ? "label " : "labels ")
                    + String.join(", ", strange.subList(0, Math.min(5, strange.size()))) + ".");
        }
        var unjudged = gold.keySet().stream()
                .filter(task -> labels.taskIndex(task).isEmpty())
                .count();
        if (unjudged > 0) {
            notes.add(Text.count(unjudged, "gold task") + (unjudged == 1 ? " carries" : " carry") + " no judgement and "
                    + (unjudged == 1 ? "is" : "are") + " not scored.");
        }
        return notes;
    }

    private static Optional<Supplier<Drawing>> plot(CalibratedTruth truth, Labels labels, Map<String, String> gold) {
        if (truth.reliability().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(() -> {
            var calibrated = truth.reliability().orElseThrow();
            var raw = Reliability.of(truth.method().fit(labels), gold);
            return ReliabilityDiagram.of(
                    "Confidence against gold: " + truth.method().word(),
                    Text.count(calibrated.tasks(), "gold task") + "; calibration error "
                            + Text.decimals(raw.error(), 3) + " as fitted, " + Text.decimals(calibrated.error(), 3)
                            + " calibrated (scored on tasks left out); bars are 95 % intervals",
                    List.of(series("calibrated", calibrated), series("as fitted", raw)));
        });
    }

    private static Series series(String name, Reliability reliability) {
        return new Series(
                name, reliability.bins().stream().map(Categorical::bin).toList());
    }

    private static ReliabilityDiagram.Bin bin(Reliability.Bin bin) {
        var interval = Interval.wilson(Math.min(bin.tasks(), bin.accuracy() * bin.tasks()), bin.tasks());
        return new ReliabilityDiagram.Bin(
                bin.confidence(), bin.accuracy(), interval.low(), interval.high(), bin.tasks());
    }
}
