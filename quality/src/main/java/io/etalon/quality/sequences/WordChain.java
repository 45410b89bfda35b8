package io.etalon.quality.sequences;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The word transition network of ROVER: a chain of places, each with the words that answers have there, or none. */
final class WordChain {
    private static final String NONE = "";

    private List<Place> places = new ArrayList<>();
    private int answers = 1;

    /** Votes by word, and how it was written. */
    private static final class Place {
        private final String first;
        private final TreeMap<String, Integer> votes = new TreeMap<>();
        private final TreeMap<String, TreeMap<String, Integer>> written = new TreeMap<>();

        Place(String first) {
            this.first = first;
        }

        void vote(String word, String asWritten) {
            votes.merge(word, 1, Integer::sum);
            written.computeIfAbsent(word, any -> new TreeMap<>()).merge(asWritten, 1, Integer::sum);
        }

        void voteNone(int count) {
            votes.merge(NONE, count, Integer::sum);
        }

        int votes(String word) {
            return votes.getOrDefault(word, 0);
        }

        /** Most votes; then the first answer's word, then any word before none, then the order of letters. */
        String winner() {
            var best = first;
            for (var word : votes.descendingMap().keySet()) {
                var ahead = votes(word) - votes(best);
                var preferred = !best.equals(first) && !word.equals(NONE);
                best = ahead > 0 || (ahead == 0 && preferred) ? word : best;
            }
            return best;
        }

        String spelling(String word) {
            var best = word;
            var most = 0;
            for (var entry : written.getOrDefault(word, new TreeMap<>()).entrySet()) {
                if (entry.getValue() > most) {
                    most = entry.getValue();
                    best = entry.getKey();
                }
            }
            return best;
        }
    }

    WordChain(Words start) {
        for (var i = 0; i < start.size(); i++) {
            var place = new Place(start.words().get(i));
            place.vote(start.words().get(i), start.written().get(i));
            places.add(place);
        }
    }

    /** Aligns one more answer at least cost: 0 for a word that a place has, 1 for another, a new place or a gap. */
    void align(Words text) {
        var cost = costs(text);
        var aligned = new ArrayList<Place>();
        var i = places.size();
        var j = text.size();
        while (i > 0 || j > 0) {
            if (i > 0 && j > 0 && cost[i][j] == cost[i - 1][j - 1] + substitution(i - 1, text, j - 1)) {
                var place = places.get(--i);
                j--;
                place.vote(text.words().get(j), text.written().get(j));
                aligned.add(place);
            } else if (i > 0 && cost[i][j] == cost[i - 1][j] + 1) {
                var place = places.get(--i);
                place.voteNone(1);
                aligned.add(place);
            } else {
                j--;
                var place = new Place(NONE);
                place.voteNone(answers);
                place.vote(text.words().get(j), text.written().get(j));
                aligned.add(place);
            }
        }
        places = aligned.reversed();
        answers++;
    }

    private int[][] costs(Words text) {
        var cost = new int[places.size() + 1][text.size() + 1];
        for (var i = 0; i <= places.size(); i++) {
            for (var j = 0; j <= text.size(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                } else {
                    var replaced = cost[i - 1][j - 1] + substitution(i - 1, text, j - 1);
                    cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                }
            }
        }
        return cost;
    }

    private int substitution(int place, Words text, int word) {
        return places.get(place).votes(text.words().get(word)) > 0 ? 0 : 1;
    }

    FreeText.Fused vote() {
        var chosen = new ArrayList<String>();
        var support = 0.0;
        for (var place : places) {
            var winner = place.winner();
            if (!winner.equals(NONE)) {
                chosen.add(place.spelling(winner));
                support += (double) place.votes(winner) / answers;
            }
        }
        var text = chosen.stream().collect(Collectors.joining(" "));
        return new FreeText.Fused(text, chosen.isEmpty() ? 0 : support / chosen.size());
    }
}
