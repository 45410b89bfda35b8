package io.etalon.server.work;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The stretches in which two texts differ, by whole words: a shortest edit by Myers' greedy algorithm (An O(ND) Difference
 * Algorithm and Its Variations, 1986). Two texts that differ in more than {@value #MOST_EDITS} words are one stretch: a
 * screen full of scraps helps nobody, and the time stays O((n + m) x {@value #MOST_EDITS}). Stateless.
 */
final class TextDiff {
    private static final int MOST_EDITS = 500;

    private TextDiff() {}

    /** In the order of the texts; places are code points of the earlier text. */
    static List<WorkBodies.TextChange> between(String before, String after) {
        var a = words(before);
        var b = words(after);
        var trace = trace(a, b);
        if (trace.isEmpty()) {
            return List.of(new WorkBodies.TextChange(0, before, after));
        }
        return stretches(a, b, kept(a, b, trace));
    }

    /** Words, white space and other signs each by themselves, so that they join to the text. */
    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var from = 0;
        while (from < text.length()) {
            var to = from + Character.charCount(text.codePointAt(from));
            if (Character.isLetterOrDigit(text.codePointAt(from))) {
                while (to < text.length() && Character.isLetterOrDigit(text.codePointAt(to))) {
                    to += Character.charCount(text.codePointAt(to));
                }
            }
            words.add(text.substring(from, to));
            from = to;
        }
        return words;
    }

    /** The furthest points of each diagonal after each number of edits; empty when there are too many. */
    private static List<int[]> trace(List<String> a, List<String> b) {
        var most = Math.min(a.size() + b.size(), MOST_EDITS);
        var reach = new int[2 * most + 3];
        var trace = new ArrayList<int[]>();
        for (var edits = 0; edits <= most; edits++) {
            trace.add(reach.clone());
            for (var k = -edits; k <= edits; k += 2) {
                var at = most + 1 + k;
                var x = k == -edits || k != edits && reach[at - 1] < reach[at + 1] ? reach[at + 1] : reach[at - 1] + 1;
                while (x < a.size() && x - k < b.size() && x >= k && a.get(x).equals(b.get(x - k))) {
                    x++;
                }
                reach[at] = x;
                if (x >= a.size() && x - k >= b.size()) {
                    return trace;
                }
            }
        }
        return List.of();
    }

    /** Of each word of the earlier text the word of the later one that it is, or -1. */
    private static int[] kept(List<String> a, List<String> b, List<int[]> trace) {
        var kept = new int[a.size()];
        Arrays.fill(kept, -1);
        var x = a.size();
        var y = b.size();
        for (var edits = trace.size() - 1; edits >= 0; edits--) {
            var reach = trace.get(edits);
            var centre = reach.length / 2;
            var k = x - y;
            var down = k == -edits || k != edits && reach[centre + k - 1] < reach[centre + k + 1];
            var fromK = down ? k + 1 : k - 1;
            var fromX = edits == 0 ? 0 : reach[centre + fromK];
            var fromY = edits == 0 ? 0 : fromX - fromK;
            while (x > fromX && y > fromY) {
                kept[--x] = --y;
            }
            x = fromX;
            y = fromY;
        }
        return kept;
    }

    private static List<WorkBodies.TextChange> stretches(List<String> a, List<String> b, int[] kept) {
        var changes = new ArrayList<WorkBodies.TextChange>();
        var place = 0;
        var y = 0;
        var x = 0;
        while (x < a.size() || y < b.size()) {
            if (x < a.size() && kept[x] == y) {
                place += length(a.get(x++));
                y++;
                continue;
            }
            var gone = new StringBuilder();
            while (x < a.size() && kept[x] < 0) {
                gone.append(a.get(x++));
            }
            var come = new StringBuilder();
            var until = x < a.size() ? kept[x] : b.size();
            while (y < until) {
                come.append(b.get(y++));
            }
            changes.add(new WorkBodies.TextChange(place, gone.toString(), come.toString()));
            place += length(gone);
        }
        return changes;
    }

    private static int length(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }
}
