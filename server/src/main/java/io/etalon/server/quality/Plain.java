package io.etalon.server.quality;

import io.etalon.annotation.AnswerValue;
import io.etalon.server.quality.ConsensusBook.Settled;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Consensus without a model: medians and strict majorities. */
final class Plain {
    private Plain() {}

    /** The consensus on a number or a text; empty when nobody answered. */
    static Optional<Settled> settle(List<AnswerValue> given) {
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.getFirst() instanceof AnswerValue.Number) {
            return Optional.of(new Settled(majority(given), Optional.empty(), Collections.emptySortedMap()));
        }
        var texts = given.stream().map(Plain::normal).toList();
        var value = majority(texts);
        var most = texts.stream()
                .mapToInt(text -> Collections.frequency(texts, text))
                .max()
                .orElseThrow();
        return Optional.of(new Settled(value, Optional.of((double) most / texts.size()), Collections.emptySortedMap()));
    }

    /** Typing differs in what nobody sees: outer white space and the spelling of accents (Unicode form C). */
    private static AnswerValue normal(AnswerValue value) {
        return value instanceof AnswerValue.Text(var text)
                ? new AnswerValue.Text(Normalizer.normalize(text.strip(), Normalizer.Form.NFC))
                : value;
    }

    /**
     * What several values of one type amount to: the median of numbers, the options that more than half chose, else the
     * one value that more than half gave.
     */
    static Optional<AnswerValue> majority(List<AnswerValue> given) {
        if (given.stream().allMatch(AnswerValue.Number.class::isInstance)) {
            return Optional.of(new AnswerValue.Number(median(given)));
        }
        if (given.stream().allMatch(AnswerValue.Choices.class::isInstance)) {
            return Optional.of(new AnswerValue.Choices(options(given)));
        }
        return given.stream()
                .filter(value -> 2 * Collections.frequency(given, value) > given.size())
                .findFirst();
    }

    private static double median(List<AnswerValue> given) {
        var sorted = given.stream()
                .mapToDouble(value -> value instanceof AnswerValue.Number(var number) ? number : 0)
                .sorted()
                .toArray();
        var upper = sorted[sorted.length / 2];
        return sorted.length % 2 == 1 ? upper : sorted[sorted.length / 2 - 1] / 2 + upper / 2;
    }

    private static TreeSet<String> options(List<AnswerValue> given) {
        var votes = new TreeMap<String, Integer>();
        for (var value : given) {
            if (value instanceof AnswerValue.Choices(var ids)) {
                ids.forEach(id -> votes.merge(id, 1, Integer::sum));
            }
        }
        votes.values().removeIf(count -> 2 * count <= given.size());
        return new TreeSet<>(votes.keySet());
    }

    /** The attributes of one object that several people drew, each by {@link #majority}; what has none is left out. */
    static Map<String, AnswerValue> attributes(List<Map<String, AnswerValue>> drawn) {
        var values = new TreeMap<String, List<AnswerValue>>();
        for (var one : drawn) {
            one.forEach((id, value) ->
                    values.computeIfAbsent(id, key -> new ArrayList<>()).add(normal(value)));
        }
        var settled = new TreeMap<String, AnswerValue>();
        values.forEach((id, all) -> majority(all).ifPresent(value -> settled.put(id, value)));
        return settled;
    }
}
