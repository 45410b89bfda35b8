package io.etalon.quality.sequences;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Several people's free texts for one thing (transcriptions, translations) made one. The order of the answers does not
 * matter. Words are compared as {@link Words} has them; ROVER gives them back without
 * punctuation, in the case that most answers write.
 */
public final class FreeText {
    private FreeText() {}

    /**
     * One text for all.
     *
     * @param agreement how far the answers support it, 0 to 1: for the medoid the mean of 1 - distance / longer text over
     *     the other answers (1 when there is none), for ROVER the mean share of votes of the words chosen
     */
    public record Fused(String text, double agreement) {}

    /**
     * The answer nearest to all others by word edit distance; of several, the first in the order of their letters.
     * O(answers^2 x words^2).
     *
     * @throws IllegalArgumentException without an answer
     */
    public static Fused medoid(List<String> answers) {
        var sorted = sorted(answers);
        var words = sorted.stream().map(Words::of).toList();
        var best = central(words);
        var support = 0.0;
        for (var i = 0; i < sorted.size(); i++) {
            var longer =
                    Math.max(1, Math.max(words.get(i).size(), words.get(best).size()));
            support += i == best ? 0 : 1 - (double) words.get(i).distance(words.get(best)) / longer;
        }
        return new Fused(sorted.get(best), sorted.size() == 1 ? 1 : support / (sorted.size() - 1));
    }

    /**
     * Recogniser output voting error reduction (J. G. Fiscus, "A post-processing system to yield reduced word error
     * rates", IEEE ASRU, 1997): answers are aligned one after another into a chain of places, and each place goes to the
     * word with most votes, or to none. The chain starts with the medoid and goes on with the answers nearest to it; ties
     * go to what the medoid says, then to a word before none, then to the first word in order.
     *
     * @throws IllegalArgumentException without an answer
     */
    public static Fused rover(List<String> answers) {
        var texts = new ArrayList<Words>();
        sorted(answers).forEach(answer -> texts.add(Words.of(answer)));
        var medoid = texts.get(central(texts));
        texts.sort(Comparator.comparingInt(medoid::distance));
        var chain = new WordChain(medoid);
        for (var text : texts.subList(1, texts.size())) {
            chain.align(text);
        }
        return chain.vote();
    }

    /** Several texts about several things, by thing: one text each. */
    public static Map<String, Fused> rover(Map<String, List<String>> answers) {
        var fused = new TreeMap<String, Fused>();
        answers.forEach((id, own) -> fused.put(id, rover(own)));
        return fused;
    }

    private static List<String> sorted(List<String> answers) {
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("there is no answer to choose from");
        }
        return answers.stream().sorted().toList();
    }

    private static int central(List<Words> texts) {
        var sums = new long[texts.size()];
        for (var i = 0; i < sums.length; i++) {
            for (var j = i + 1; j < sums.length; j++) {
                var distance = texts.get(i).distance(texts.get(j));
                sums[i] += distance;
                sums[j] += distance;
            }
        }
        var best = 0;
        for (var i = 1; i < sums.length; i++) {
            best = sums[i] < sums[best] ? i : best;
        }
        return best;
    }
}
