package io.etalon.quality.sequences;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A text as the words that count when texts are compared: lower-cased runs of letters and digits, with the apostrophes
 * between them; punctuation and symbols only part words. Immutable.
 *
 * @param words what is compared
 * @param written each word in the case in which it was written
 */
public record Words(List<String> words, List<String> written) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['\u2019][\\p{L}\\p{M}\\p{N}]+)*");

    public Words {
        words = List.copyOf(words);
        written = List.copyOf(written);
        if (words.size() != written.size()) {
            throw new IllegalArgumentException(words.size() + " words, but " + written.size() + " written");
        }
    }

    /** Cuts a text. */
    public static Words of(String text) {
        var written = WORD.matcher(text).results().map(MatchResult::group).toList();
        var words = written.stream()
                .map(word -> word.toLowerCase(Locale.ROOT).replace('\u2019', '\''))
                .toList();
        return new Words(words, written);
    }

    /** Number of words. */
    public int size() {
        return words.size();
    }

    /**
     * Fewest insertions, deletions and substitutions of words between two texts (V. I. Levenshtein, Soviet Physics
     * Doklady 10, 1966), in O(words x words) time.
     */
    public int distance(Words other) {
        var row = new int[other.size() + 1];
        for (var j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (var i = 1; i <= size(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.length; j++) {
                var replaced = diagonal + (words.get(i - 1).equals(other.words.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.size()];
    }

    /** Word error rate against the truth: distance over its number of words, 0 up; empty when the truth has no word. */
    public OptionalDouble errorRate(Words truth) {
        return truth.size() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) distance(truth) / truth.size());
    }
}
