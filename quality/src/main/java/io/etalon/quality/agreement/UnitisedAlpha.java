package io.etalon.quality.agreement;

import io.etalon.quality.sequences.Span;
import io.etalon.quality.sequences.SpanSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Krippendorff's alpha for unitising, alpha_U: agreement on where units are and how long (K. Krippendorff, "On the
 * reliability of unitizing contiguous data", Sociological Methodology 25, 1995; "Content Analysis", 2nd ed., 2004,
 * section 11.6). Observed and expected disagreement are sums over labels.
 *
 * <p>Where Krippendorff has one continuum that everyone reads, here are several, each read by two annotators or more: the
 * observed disagreement of a document of m readers is weighted by 1 / (m - 1), and lengths add up over documents and
 * readers. For one document that is his formula. A gap ends with its document. Spans of one annotator and label that
 * overlap are one unit.
 */
final class UnitisedAlpha implements TaskStatistic {
    private final int documents;
    private final double[] readLength;
    private final List<Units> labels = new ArrayList<>();

    UnitisedAlpha(SpanSets sets, List<String> wanted) {
        var read = sets.documents().stream()
                .filter(document -> document.marks().size() > 1)
                .toList();
        this.documents = read.size();
        this.readLength = read.stream()
                .mapToDouble(document ->
                        (double) document.length() * document.marks().size())
                .toArray();
        for (var label : wanted) {
            labels.add(new Units(read, label));
        }
    }

    @Override
    public int tasks() {
        return documents;
    }

    /** O(units + gaps) a label. */
    @Override
    public OptionalDouble of(int[] drawn) {
        var total = 0.0;
        for (var document = 0; document < documents; document++) {
            total += drawn[document] * readLength[document];
        }
        var observed = 0.0;
        var expected = 0.0;
        for (var units : labels) {
            observed += units.observed(drawn) / total;
            expected += units.expected(drawn, total);
        }
        return expected > 0 ? OptionalDouble.of(1 - observed / expected) : OptionalDouble.empty();
    }

    /** The units of one label and the gaps between them. */
    private static final class Units {
        /** Disagreement of each document over ordered pairs of readers, over readers - 1. */
        private final double[] disagreement;

        private final Stretch[] units;
        private final Stretch[] gaps;

        /** A unit or gap; sorted by length, longest first. */
        private record Stretch(int length, int document) {}

        Units(List<SpanSets.Document> documents, String label) {
            this.disagreement = new double[documents.size()];
            var marked = new ArrayList<Stretch>();
            var between = new ArrayList<Stretch>();
            for (var i = 0; i < disagreement.length; i++) {
                var document = documents.get(i);
                var sections = new ArrayList<List<Section>>();
                for (var spans : document.marks().values()) {
                    var own = sections(spans, label, document.length());
                    sections.add(own);
                    for (var section : own) {
                        (section.unit ? marked : between).add(new Stretch(section.end - section.start, i));
                    }
                }
                disagreement[i] = disagreement(sections) / (sections.size() - 1);
            }
            this.units = marked.toArray(Stretch[]::new);
            this.gaps = between.toArray(Stretch[]::new);
            Arrays.sort(units, (a, b) -> Integer.compare(b.length, a.length));
            Arrays.sort(gaps, (a, b) -> Integer.compare(b.length, a.length));
        }

        double observed(int[] drawn) {
            var sum = 0.0;
            for (var document = 0; document < disagreement.length; document++) {
                sum += drawn[document] * disagreement[document];
            }
            return sum;
        }

        /** Both lists fall in length, so that the gaps at least as long as a unit are a growing head of theirs. */
        double expected(int[] drawn, double total) {
            var count = 0.0;
            var selfPairs = 0.0;
            for (var unit : units) {
                count += drawn[unit.document];
                selfPairs += (double) drawn[unit.document] * unit.length * (unit.length - 1.0);
            }
            var sum = 0.0;
            var head = 0;
            var gapCount = 0.0;
            var gapLength = 0.0;
            for (var unit : units) {
                while (head < gaps.length && gaps[head].length >= unit.length) {
                    gapCount += drawn[gaps[head].document];
                    gapLength += (double) drawn[gaps[head].document] * gaps[head].length;
                    head++;
                }
                var length = (double) unit.length;
                var withUnits = (count - 1) * length * (length - 1) * (2 * length - 1) / 3;
                var withGaps = length * length * (gapLength - gapCount * (length - 1));
                sum += drawn[unit.document] * (withUnits + withGaps);
            }
            var pairs = total * (total - 1) - selfPairs;
            return pairs > 0 ? 2 * sum / pairs : 0;
        }
    }

    /** A stretch of a document in the eyes of one reader and label. */
    private record Section(int start, int end, boolean unit) {}

    private static List<Section> sections(List<Span> spans, String label, int length) {
        var sections = new ArrayList<Section>();
        var at = 0;
        for (var i = 0; i < spans.size(); i++) {
            var start = spans.get(i).start();
            var end = spans.get(i).end();
            if (!spans.get(i).label().equals(label)) {
                continue;
            }
            if (!sections.isEmpty() && sections.getLast().unit && start < at) {
                var joined = sections.removeLast();
                sections.add(new Section(joined.start, Math.max(at, end), true));
            } else {
                if (start > at) {
                    sections.add(new Section(at, start, false));
                }
                sections.add(new Section(start, end, true));
            }
            at = sections.getLast().end;
        }
        if (at < length) {
            sections.add(new Section(at, length, false));
        }
        return sections;
    }

    private static double disagreement(List<List<Section>> readers) {
        var sum = 0.0;
        for (var left = 0; left < readers.size(); left++) {
            for (var right = left + 1; right < readers.size(); right++) {
                sum += 2 * disagreement(readers.get(left), readers.get(right));
            }
        }
        return sum;
    }

    private static double disagreement(List<Section> left, List<Section> right) {
        var sum = 0.0;
        var i = 0;
        var j = 0;
        while (i < left.size() && j < right.size()) {
            var a = left.get(i);
            var b = right.get(j);
            sum += squared(a, b);
            i += a.end <= b.end ? 1 : 0;
            j += b.end <= a.end ? 1 : 0;
        }
        return sum;
    }

    /** Two units that overlap differ by their borders, a unit within a gap by its length, all else not at all. */
    private static double squared(Section a, Section b) {
        if (a.unit && b.unit) {
            var start = (double) a.start - b.start;
            var end = (double) a.end - b.end;
            return start * start + end * end;
        }
        if (a.unit != b.unit) {
            var unit = a.unit ? a : b;
            var gap = a.unit ? b : a;
            var length = (double) unit.end - unit.start;
            return gap.start <= unit.start && unit.end <= gap.end ? length * length : 0;
        }
        return 0;
    }
}
