package io.etalon.quality.sequences;

import java.util.Comparator;

/**
 * A labelled stretch of a text.
 *
 * @param start first character, from 0
 * @param end the character after the last; the span is not empty
 * @param label what it is
 */
public record Span(int start, int end, String label) implements Comparable<Span> {
    /** By start, then the longer first, then by label: a span comes before those nested in it. */
    private static final Comparator<Span> ORDER = Comparator.comparingInt(Span::start)
            .thenComparing(Comparator.comparingInt(Span::end).reversed())
            .thenComparing(Span::label);

    public Span {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a span runs from 0 or later to a later place, not from " + start
                    + " to " + end + " (\"" + label + "\")");
        }
    }

    /** Number of characters. */
    public int length() {
        return end - start;
    }

    /** Whether the two share a character, whatever their labels. */
    public boolean overlaps(Span other) {
        return start < other.end && other.start < end;
    }

    @Override
    public int compareTo(Span other) {
        return ORDER.compare(this, other);
    }
}
