package io.etalon.cli.math;

import io.etalon.quality.choice.TruthMethod;
import io.etalon.quality.sequences.Span;
import io.etalon.quality.sequences.SpanF1;
import io.etalon.quality.sequences.SpanFusion;
import io.etalon.quality.sequences.SpanFusion.Overlaps;
import io.etalon.quality.sequences.SpanSets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Labelled stretches of a text: a task is a document, a label all that one person marked in it. */
final class Spans implements Aggregation {
    private static final String EXPECTED = "a list of spans such as [{\"start\":0,\"end\":4,\"label\":\"PER\"}]";

    @Override
    public List<String> methods() {
        var words = new ArrayList<>(TruthMethod.words());
        words.remove(TruthMethod.AUTO.word());
        words.remove(TruthMethod.DAWID_SKENE_MAP.word());
        words.addFirst(TruthMethod.DAWID_SKENE_MAP.word());
        return words;
    }

    @Override
    public Result aggregate(Request request) {
        var method = request.method() == null ? TruthMethod.DAWID_SKENE_MAP : TruthMethod.parse(request.method());
        var collected = Collected.read(request, Spans::parse);
        var gold = Collected.gold(request, Spans::parse);
        var judged = collected.judged(gold, request);
        var sets = SpanSets.builder();
        collected.byTask().forEach((document, answers) -> {
            // A file of spans says nothing of the text; what lies behind the last span is outside for everybody.
            sets.document(
                    document,
                    answers.values().stream()
                            .flatMap(List::stream)
                            .mapToInt(Span::end)
                            .max()
                            .orElse(1));
            answers.forEach((worker, spans) -> sets.mark(document, worker, spans));
        });
        var fused = new SpanFusion(method::fit, Overlaps.FLAT).byBorders(sets.build());
        var notes = new ArrayList<String>();
        if (fused.dropped() > 0) {
            notes.add(Text.count(fused.dropped(), "span")
                    + " overlapped a longer one of the same worker and did not count.");
        }
        return collected.result(method.word(), new Collected.Answered(score(fused, gold, judged), notes, sink -> {
            for (var document : collected.byTask().keySet()) {
                var spans = fused.documents().getOrDefault(document, List.of());
                sink.answer(document, written(spans), confidence(spans));
            }
        }));
    }

    static List<Span> parse(String cell) {
        return Cells.list(cell, EXPECTED, Spans::span);
    }

    private static Span span(JsonNode node) {
        return new Span(Cells.integer(node, "start"), Cells.integer(node, "end"), Cells.text(node, "label"));
    }

    private static String written(List<SpanFusion.Fused> spans) {
        return Cells.written(spans.stream()
                .map(fused -> {
                    var members = new LinkedHashMap<String, Object>();
                    members.put("start", fused.span().start());
                    members.put("end", fused.span().end());
                    members.put("label", fused.span().label());
                    members.put("confidence", fused.confidence());
                    return members;
                })
                .toList());
    }

    private static @Nullable Double confidence(List<SpanFusion.Fused> spans) {
        return spans.isEmpty()
                ? null
                : spans.stream()
                        .mapToDouble(SpanFusion.Fused::confidence)
                        .average()
                        .orElseThrow();
    }

    private static Optional<Score> score(SpanFusion.Result fused, Map<String, List<Span>> gold, List<String> judged) {
        if (gold.isEmpty()) {
            return Optional.empty();
        }
        var sum = SpanF1.NOTHING;
        for (var document : judged) {
            sum = sum.plus(SpanF1.strict(fused.spans(document), gold.getOrDefault(document, List.of())));
        }
        var further = new LinkedHashMap<String, Double>();
        sum.value().ifPresent(f1 -> further.put("span_f1", f1));
        sum.precision().ifPresent(precision -> further.put("span_precision", precision));
        sum.recall().ifPresent(recall -> further.put("span_recall", recall));
        return Optional.of(new Score(judged.size(), null, null, null, null, null, further));
    }
}
