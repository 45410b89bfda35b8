package io.etalon.quality.sequences;

import io.etalon.quality.IdOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The spans that annotators marked in documents. An annotator who read a document and marked nothing is there with an
 * empty list, which is an answer too. Documents and annotators stand in the order of their ids and spans in theirs, so
 * that the order of adding leaves no trace. Immutable.
 */
public final class SpanSets {
    private final List<Document> documents;
    private final List<String> annotators;
    private final List<String> labels;
    private final int repeated;

    private SpanSets(Builder builder) {
        var everyone = new TreeSet<String>(IdOrder.INSTANCE);
        var everyLabel = new TreeSet<String>(IdOrder.INSTANCE);
        var list = new ArrayList<Document>();
        builder.marks.forEach((id, marks) -> {
            list.add(new Document(id, builder.lengths.getOrDefault(id, 0), marks));
            everyone.addAll(marks.keySet());
            marks.values().forEach(spans -> spans.forEach(span -> everyLabel.add(span.label())));
        });
        this.documents = List.copyOf(list);
        this.annotators = List.copyOf(everyone);
        this.labels = List.copyOf(everyLabel);
        this.repeated = builder.repeated;
    }

    /**
     * A document and what each annotator marked.
     *
     * @param length number of characters
     * @param marks spans by annotator, both in order; equal spans stand once
     */
    public record Document(String id, int length, Map<String, List<Span>> marks) {
        public Document {
            var sorted = new TreeMap<String, List<Span>>(IdOrder.INSTANCE);
            marks.forEach((annotator, spans) ->
                    sorted.put(annotator, spans.stream().sorted().distinct().toList()));
            marks = Collections.unmodifiableMap(sorted);
        }
    }

    /** A builder without documents. */
    public static Builder builder() {
        return new Builder();
    }

    /** The documents, in the order of their ids. */
    public List<Document> documents() {
        return documents;
    }

    /** Everyone who read a document, in the order of their ids. */
    public List<String> annotators() {
        return annotators;
    }

    /** Every label that occurs, in order. */
    public List<String> labels() {
        return labels;
    }

    /** Answers that repeated a (document, annotator) pair and were dropped: the first stands. */
    public int repeated() {
        return repeated;
    }

    /** Collects documents and answers in any order. Not safe for concurrent use. */
    public static final class Builder {
        private final Map<String, Integer> lengths = new TreeMap<>(IdOrder.INSTANCE);
        private final Map<String, Map<String, List<Span>>> marks = new TreeMap<>(IdOrder.INSTANCE);
        private int repeated;

        private Builder() {}

        /**
         * Adds a document of so many characters.
         *
         * @throws IllegalArgumentException when it was added with another length or has none
         */
        public Builder document(String id, int length) {
            if (length < 1) {
                throw new IllegalArgumentException("document \"" + id + "\" has length " + length);
            }
            var known = lengths.putIfAbsent(id, length);
            if (known != null && known != length) {
                throw new IllegalArgumentException(
                        "document \"" + id + "\" has length " + known + " and again " + length);
            }
            marks.putIfAbsent(id, new TreeMap<>(IdOrder.INSTANCE));
            return this;
        }

        /**
         * Adds what an annotator marked in a document: all of it at once. A second answer is counted and dropped.
         *
         * @throws IllegalArgumentException when the document is unknown or a span leaves it
         */
        public Builder mark(String document, String annotator, List<Span> spans) {
            var length = lengths.get(document);
            var answers = marks.get(document);
            if (length == null || answers == null) {
                throw new IllegalArgumentException("no document \"" + document + "\"; add it with its length first");
            }
            for (var span : spans) {
                if (span.end() > length) {
                    throw new IllegalArgumentException(span + " of \"" + annotator + "\" leaves document \"" + document
                            + "\", which has " + length + " characters");
                }
            }
            if (answers.putIfAbsent(annotator, List.copyOf(spans)) != null) {
                repeated++;
            }
            return this;
        }

        /** What was added so far; the builder may go on. */
        public SpanSets build() {
            return new SpanSets(this);
        }
    }
}
