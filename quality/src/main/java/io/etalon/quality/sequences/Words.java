package io.etalon.quality.sequences;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A text as the words that count when texts are compared: lower-cased, without punctuation and symbols, cut at white
 * space; what has no letter or digit left is no word. Immutable.
 *
 * @param words what is compared
 * @param written each word as it was written, punctuation included
 */
public record Words(List<String> words, List<String> written) {
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern NOT_COMPARED = Pattern.compile("[\\p{P}\\p{S}]+");

    public Words {
        words = List.copyOf(words);
        written = List.copyOf(written);
        if (words.size() != written.size()) {
            throw new IllegalArgumentException(words.size() + " words, but " + written.size() + " written");
        }
    }

    /** Cuts a text. */
    public static Words of(String text) {
        var words = new ArrayList<String>();
        var written = new ArrayList<String>();
        for (var piece : BLANK.split(text)) {
            var word = NOT_COMPARED.matcher(piece).replaceAll("").toLowerCase(Locale.ROOT);
            if (!word.isEmpty()) {
                words.add(word);
                written.add(piece);
            }
        }
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
        return truth.size() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) distance(truth) / truth.size());
    }
}
