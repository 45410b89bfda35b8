package io.etalon.quality.sequences;

import io.etalon.quality.IdOrder;
import io.etalon.quality.Labels;
import io.etalon.quality.truth.Consensus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Spans of several annotators made one, by character offsets. Every text is cut into pieces; each annotator who read it
 * tags every piece (B: a span starts here, I: it goes on, O: none), a categorical method says the most likely tag of
 * every piece, and the tags are read back as spans. Annotators whose tools cut words differently are compared by
 * characters, never by word numbers.
 *
 * <p>Ties between tags go to B before I before O, then to the label first in order: what annotators of spans miss is more
 * than what they invent. An I that follows no span of its label starts one. The confidence of a span is the mean
 * probability of the tags that make it.
 *
 * <p>Overlap: {@link Overlaps#FLAT} yields disjoint spans; of spans of one annotator that overlap the longer stays, then
 * the earlier, then the label first in order, and the others are counted as dropped. {@link Overlaps#BY_LABEL} fuses every label for itself, so that
 * spans of different labels may overlap or nest; of nested spans of one label the outer stays.
 *
 * <p>Immutable; safe to share between threads if the method is.
 *
 * @param method a method of truth inference, such as {@code labels -> DawidSkene.pooled().fit(labels).consensus()}
 * @param overlaps whether spans of different labels may overlap
 */
public record SpanFusion(Function<Labels, Consensus> method, Overlaps overlaps) {
    private static final double TIE = 1e-9;
    private static final String OUTSIDE = "O";

    /** What becomes of overlapping spans. */
    public enum Overlaps {
        /** One span at a place. */
        FLAT,
        /** One span of each label at a place. */
        BY_LABEL
    }

    /** A span and how sure the method is of its tags; as a rule too sure, see {@link Consensus}. */
    public record Fused(Span span, double confidence) {}

    /**
     * The fused spans of every document, in order.
     *
     * @param dropped spans that were left out because the same annotator had another at the same place
     */
    public record Result(Map<String, List<Fused>> documents, int dropped) {
        /** The spans of a document without confidences; empty for an unknown one. */
        public List<Span> spans(String document) {
            return documents.getOrDefault(document, List.of()).stream()
                    .map(Fused::span)
                    .toList();
        }
    }

    /**
     * Fuses by characters: a piece is a character. Costs O(characters x annotators) labels for the method; with
     * {@link #byTokens} and {@link #byBorders} far fewer.
     */
    public Result byCharacters(SpanSets sets) {
        return fuse(sets, document -> {
            var pieces = new ArrayList<Piece>(document.length());
            for (var i = 0; i < document.length(); i++) {
                pieces.add(new Piece(i, i + 1));
            }
            return pieces;
        });
    }

    /**
     * Fuses by tokens: pieces are given as spans (labels do not matter), in any order and disjoint. A token belongs to an
     * annotator's span when the two share a character, so that borders are snapped to tokens; characters between tokens
     * of one span belong to it.
     *
     * @throws IllegalArgumentException when a document has no tokens or they overlap
     */
    public Result byTokens(SpanSets sets, Map<String, List<Span>> tokens) {
        return fuse(sets, document -> {
            var own = tokens.getOrDefault(document.id(), List.of());
            if (own.isEmpty()) {
                throw new IllegalArgumentException("document \"" + document.id() + "\" has no tokens");
            }
            var pieces = own.stream()
                    .sorted()
                    .map(token -> new Piece(token.start(), token.end()))
                    .toList();
            for (var i = 1; i < pieces.size(); i++) {
                if (pieces.get(i).start < pieces.get(i - 1).end) {
                    throw new IllegalArgumentException(
                            "tokens of document \"" + document.id() + "\" overlap at " + pieces.get(i).start);
                }
            }
            return pieces;
        });
    }

    /**
     * Fuses by the annotators' own borders, the default without tokens: a text is cut wherever anybody's span begins or
     * ends. Within such a piece nobody tells one character from the next, so that counting each would let long names
     * drown short ones: on the crowd of CoNLL 2003 strict F1 is .765 with MAP Dawid-Skene, against .743 by characters.
     */
    public Result byBorders(SpanSets sets) {
        return fuse(sets, document -> {
            var borders = new TreeSet<>(List.of(0, document.length()));
            document.marks()
                    .values()
                    .forEach(spans -> spans.forEach(span -> {
                        borders.add(span.start());
                        borders.add(span.end());
                    }));
            var pieces = new ArrayList<Piece>(borders.size());
            var from = 0;
            for (var to : borders) {
                if (to > from) {
                    pieces.add(new Piece(from, to));
                }
                from = to;
            }
            return pieces;
        });
    }

    private record Piece(int start, int end) {}

    private Result fuse(SpanSets sets, Function<SpanSets.Document, List<Piece>> cut) {
        var layers = overlaps == Overlaps.FLAT
                ? List.of(sets.labels())
                : sets.labels().stream().map(List::of).toList();
        var fused = new TreeMap<String, List<Fused>>(IdOrder.INSTANCE);
        sets.documents().forEach(document -> fused.put(document.id(), new ArrayList<>()));
        var dropped = 0;
        for (var layer : layers) {
            dropped += fuseLayer(sets, layer, cut, fused);
        }
        fused.values().forEach(spans -> spans.sort(Comparator.comparing(Fused::span)));
        return new Result(fused, dropped);
    }

    private int fuseLayer(
            SpanSets sets,
            List<String> layer,
            Function<SpanSets.Document, List<Piece>> cut,
            Map<String, List<Fused>> fused) {
        var classes = classes(layer);
        var labels = Labels.builder(classes);
        var dropped = 0;
        for (var document : sets.documents()) {
            var pieces = cut.apply(document);
            for (var mark : document.marks().entrySet()) {
                var own = mark.getValue().stream()
                        .filter(span -> layer.contains(span.label()))
                        .toList();
                var kept = disjoint(own);
                dropped += own.size() - kept.size();
                var tags = tags(pieces, kept);
                for (var i = 0; i < tags.length; i++) {
                    labels.add(task(document, i), mark.getKey(), tags[i]);
                }
            }
        }
        var built = labels.build();
        if (built.size() > 0 && classes.size() > 1) {
            var consensus = method.apply(built);
            for (var document : sets.documents()) {
                if (!document.marks().isEmpty()) {
                    fused.computeIfAbsent(document.id(), id -> new ArrayList<>())
                            .addAll(read(consensus, document, cut.apply(document)));
                }
            }
        }
        return dropped;
    }

    /** B of every label, then I of every label, then O: the order in which ties are settled. */
    private static List<String> classes(List<String> layer) {
        var classes = new ArrayList<String>();
        layer.forEach(label -> classes.add("B-" + label));
        layer.forEach(label -> classes.add("I-" + label));
        classes.add(OUTSIDE);
        return classes;
    }

    private static String task(SpanSets.Document document, int piece) {
        return piece + "|" + document.id();
    }

    private static List<Span> disjoint(List<Span> spans) {
        var byWorth = spans.stream()
                .sorted(Comparator.comparingInt(Span::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
        var kept = new ArrayList<Span>();
        for (var span : byWorth) {
            if (kept.stream().noneMatch(span::overlaps)) {
                kept.add(span);
            }
        }
        kept.sort(Comparator.naturalOrder());
        return kept;
    }

    private static String[] tags(List<Piece> pieces, List<Span> spans) {
        var tags = new String[pieces.size()];
        var next = 0;
        var last = -1;
        for (var i = 0; i < tags.length; i++) {
            var piece = pieces.get(i);
            while (next < spans.size() && spans.get(next).end() <= piece.start) {
                next++;
            }
            if (next == spans.size() || spans.get(next).start() >= piece.end) {
                tags[i] = OUTSIDE;
            } else {
                // A span begins in the first piece it touches; one that begins inside a piece of another span, where
                // the piece is the other's, begins in the next.
                var begins = next != last;
                last = next;
                tags[i] = (begins ? "B-" : "I-") + spans.get(next).label();
            }
        }
        return tags;
    }

    private static List<Fused> read(Consensus consensus, SpanSets.Document document, List<Piece> pieces) {
        var spans = new ArrayList<Fused>();
        var start = -1;
        var label = "";
        var sure = 0.0;
        for (var i = 0; i <= pieces.size(); i++) {
            var tag = OUTSIDE;
            var probability = 0.0;
            if (i < pieces.size()) {
                var task = consensus
                        .labels()
                        .taskIndex(task(document, i))
                        .orElseThrow(() -> new IllegalStateException("the method lost a task"));
                probability = consensus.confidence(task);
                tag = best(consensus, task, probability);
            }
            var goesOn = start >= 0 && tag.equals("I-" + label);
            if (start >= 0 && !goesOn) {
                var span = new Span(pieces.get(start).start, pieces.get(i - 1).end, label);
                spans.add(new Fused(span, sure / (i - start)));
                start = -1;
                sure = 0;
            }
            if (start < 0 && !tag.equals(OUTSIDE)) {
                start = i;
                label = tag.substring(2);
            }
            sure += start >= 0 ? probability : 0;
        }
        return spans;
    }

    private static String best(Consensus consensus, int task, double highest) {
        var classes = consensus.labels().classes();
        for (var i = 0; i < classes.size(); i++) {
            if (consensus.posterior(task, i) >= highest - TIE) {
                return classes.get(i);
            }
        }
        throw new IllegalStateException("no class has the highest probability");
    }
}
