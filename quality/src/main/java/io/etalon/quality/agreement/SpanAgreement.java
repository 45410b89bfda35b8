package io.etalon.quality.agreement;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Estimate;
import io.etalon.quality.sequences.Span;
import io.etalon.quality.sequences.SpanF1;
import io.etalon.quality.sequences.SpanSets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far annotators mark the same spans, each figure with a bootstrap interval over documents. A document that one
 * annotator alone has read says nothing and is left out.
 */
public final class SpanAgreement {
    private SpanAgreement() {}

    /** When two annotators' spans count as equal. */
    public enum Match {
        /** Same borders and label: {@link SpanF1#strict}. */
        EXACT,
        /** Character by character: {@link SpanF1#partial}. */
        PARTIAL;

        SpanF1 of(List<Span> left, List<Span> right) {
            return switch (this) {
                case EXACT -> SpanF1.strict(left, right);
                case PARTIAL -> SpanF1.partial(left, right);
            };
        }
    }

    /**
     * F1 between annotators: the counts of all pairs of annotators over all documents added up, then one F1. Symmetric in
     * the annotators; empty when nobody marked anything.
     */
    public static Optional<Estimate> f1(SpanSets sets, Match match, Bootstrap bootstrap) {
        var counts = new ArrayList<SpanF1>();
        for (var document : sets.documents()) {
            var answers = List.copyOf(document.marks().values());
            var sum = SpanF1.NOTHING;
            for (var left = 0; left < answers.size(); left++) {
                for (var right = left + 1; right < answers.size(); right++) {
                    sum = sum.plus(match.of(answers.get(left), answers.get(right)));
                }
            }
            if (answers.size() > 1) {
                counts.add(sum);
            }
        }
        return estimate(counts, bootstrap);
    }

    /**
     * F1 between two annotators over the documents that both read.
     *
     * @throws IllegalArgumentException when both are the same or one is unknown
     */
    public static Optional<Estimate> f1(SpanSets sets, String left, String right, Match match, Bootstrap bootstrap) {
        if (left.equals(right)) {
            throw new IllegalArgumentException("annotator \"" + left + "\" cannot be compared with themselves");
        }
        for (var annotator : List.of(left, right)) {
            if (!sets.annotators().contains(annotator)) {
                throw new IllegalArgumentException("no annotator \"" + annotator + "\"");
            }
        }
        var counts = new ArrayList<SpanF1>();
        for (var document : sets.documents()) {
            var first = document.marks().get(left);
            var second = document.marks().get(right);
            if (first != null && second != null) {
                counts.add(match.of(first, second));
            }
        }
        return estimate(counts, bootstrap);
    }

    /**
     * Krippendorff's alpha for units marked on a continuum, all labels together: {@link UnitisedAlpha}. Empty when no
     * document has two readers or nobody marked anything.
     */
    public static Optional<Estimate> alpha(SpanSets sets, Bootstrap bootstrap) {
        return new UnitisedAlpha(sets, sets.labels()).estimate(bootstrap);
    }

    /** Krippendorff's alpha for the units of one label; empty also where nobody marked that label. */
    public static Optional<Estimate> alpha(SpanSets sets, String label, Bootstrap bootstrap) {
        return new UnitisedAlpha(sets, List.of(label)).estimate(bootstrap);
    }

    private static Optional<Estimate> estimate(List<SpanF1> counts, Bootstrap bootstrap) {
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        return bootstrap.estimate(counts.size(), drawn -> {
            var matched = 0.0;
            var all = 0.0;
            for (var i = 0; i < drawn.length; i++) {
                matched += drawn[i] * counts.get(i).matched();
                all += drawn[i] * (counts.get(i).found() + counts.get(i).wanted());
            }
            return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(2 * matched / all);
        });
    }
}
