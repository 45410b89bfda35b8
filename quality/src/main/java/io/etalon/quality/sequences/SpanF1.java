package io.etalon.quality.sequences;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How far two sets of spans of the same text agree, as counts that add up over documents.
 *
 * @param matched what both have
 * @param found what the first has
 * @param wanted what the second has
 */
public record SpanF1(double matched, double found, double wanted) {
    /** Nothing compared yet. */
    public static final SpanF1 NOTHING = new SpanF1(0, 0, 0);

    /**
     * Strict: spans match when start, end and label are equal (CoNLL 2003). Equal spans on one side count once.
     */
    public static SpanF1 strict(List<Span> found, List<Span> wanted) {
        var left = new HashSet<>(found);
        var right = new HashSet<>(wanted);
        var both = new HashSet<>(left);
        both.retainAll(right);
        return new SpanF1(both.size(), left.size(), right.size());
    }

    /**
     * Partial: every character that both cover with the same label matches; spans of one side and label that overlap
     * cover a character once. Symmetric, and free of the choice which span answers which.
     */
    public static SpanF1 partial(List<Span> found, List<Span> wanted) {
        var left = covers(found);
        var right = covers(wanted);
        var matched = 0L;
        for (var entry : left.entrySet()) {
            matched += common(entry.getValue(), right.getOrDefault(entry.getKey(), List.of()));
        }
        return new SpanF1(matched, length(left), length(right));
    }

    /** The sum of both, as for several documents. */
    public SpanF1 plus(SpanF1 other) {
        return new SpanF1(matched + other.matched, found + other.found, wanted + other.wanted);
    }

    /** Share of what was found that is wanted; empty when nothing was found. */
    public OptionalDouble precision() {
        return found == 0 ? OptionalDouble.empty() : OptionalDouble.of(matched / found);
    }

    /** Share of what is wanted that was found; empty when nothing is wanted. */
    public OptionalDouble recall() {
        return wanted == 0 ? OptionalDouble.empty() : OptionalDouble.of(matched / wanted);
    }

    /** Harmonic mean of precision and recall, 2 matched / (found + wanted); empty when neither side has a span. */
    public OptionalDouble value() {
        return found + wanted == 0 ? OptionalDouble.empty() : OptionalDouble.of(2 * matched / (found + wanted));
    }

    /** Spans of each label as disjoint stretches in order; those that overlap are joined, those that touch are not. */
    static TreeMap<String, List<Span>> covers(List<Span> spans) {
        var byLabel = new TreeMap<String, List<Span>>();
        for (var span : spans.stream().sorted().toList()) {
            var cover = byLabel.computeIfAbsent(span.label(), label -> new ArrayList<>());
            var last = cover.isEmpty() ? Optional.<Span>empty() : Optional.of(cover.getLast());
            if (last.isPresent() && last.get().overlaps(span)) {
                cover.removeLast();
                var end = Math.max(last.get().end(), span.end());
                cover.add(new Span(last.get().start(), end, span.label()));
            } else {
                cover.add(span);
            }
        }
        return byLabel;
    }

    private static long common(List<Span> left, List<Span> right) {
        var sum = 0L;
        var j = 0;
        for (var span : left) {
            while (j < right.size() && right.get(j).end() <= span.start()) {
                j++;
            }
            for (var k = j; k < right.size() && right.get(k).start() < span.end(); k++) {
                sum += Math.min(span.end(), right.get(k).end())
                        - Math.max(span.start(), right.get(k).start());
            }
        }
        return sum;
    }

    private static long length(TreeMap<String, List<Span>> covers) {
        return covers.values().stream()
                .flatMap(List::stream)
                .mapToLong(Span::length)
                .sum();
    }
}
