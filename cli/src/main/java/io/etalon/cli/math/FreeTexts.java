package io.etalon.cli.math;

import io.etalon.quality.sequences.FreeText;
import io.etalon.quality.sequences.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Free text, such as transcriptions and translations. */
final class FreeTexts implements Aggregation {
    @Override
    public List<String> methods() {
        return List.of("rover", "medoid");
    }

    @Override
    public Result aggregate(Request request) {
        var method = request.method() == null ? "rover" : request.method();
        var collected = Collected.read(request, cell -> cell);
        var gold = Collected.gold(request, cell -> cell);
        var judged = collected.judged(gold, request);
        var fused = new TreeMap<String, FreeText.Fused>(collected.byTask().comparator());
        collected.byTask().forEach((task, answers) -> {
            var texts = List.copyOf(answers.values());
            fused.put(task, method.equals("medoid") ? FreeText.medoid(texts) : FreeText.rover(texts));
        });
        return collected.result(method, new Collected.Answered(score(fused, gold, judged), List.of(), sink -> {
            for (var answer : fused.entrySet()) {
                sink.answer(
                        answer.getKey(),
                        answer.getValue().text(),
                        answer.getValue().agreement());
            }
        }));
    }

    /** Mean word error rate over tasks, as transcriptions are scored. */
    private static Optional<Score> score(
            Map<String, FreeText.Fused> fused, Map<String, String> gold, List<String> judged) {
        var rates = judged.stream()
                .flatMapToDouble(task -> rate(fused, gold, task).stream())
                .average();
        return gold.isEmpty()
                ? Optional.empty()
                : Optional.of(new Score(
                        judged.size(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        rates.isPresent() ? Map.of("word_error_rate", rates.getAsDouble()) : Map.of()));
    }

    private static OptionalDouble rate(Map<String, FreeText.Fused> fused, Map<String, String> gold, String task) {
        var answer = fused.get(task);
        return answer == null
                ? OptionalDouble.empty()
                : Words.of(answer.text()).errorRate(Words.of(gold.getOrDefault(task, "")));
    }
}
