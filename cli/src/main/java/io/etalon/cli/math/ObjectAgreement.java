package io.etalon.cli.math;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Estimate;
import io.etalon.quality.agreement.SpanAgreement;
import io.etalon.quality.agreement.SpanAgreement.Match;
import io.etalon.quality.sequences.Span;
import io.etalon.quality.sequences.SpanSets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Agreement of people who mark things: spans in texts, boxes on images. */
enum ObjectAgreement {
    /** F1 between annotators, a span counting when both ends and the label are the same. */
    SPAN_F1,
    /** The same by shared characters. */
    SPAN_F1_PARTIAL,
    /** Krippendorff's alpha for units on a continuum. */
    ALPHA_U,
    /** F1 between annotators, boxes matched at an overlap of one half. */
    BOX_F1,
    /** Mean overlap of the boxes so matched. */
    BOX_IOU;

    /** What came out, and of how much. */
    record Measured(Optional<Estimate> estimate, int tasks, int workers, long answers) {}

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<ObjectAgreement> find(String name) {
        return Arrays.stream(values())
                .filter(metric -> metric.label().equals(name))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(ObjectAgreement::label).toList();
    }

    Measured measure(Aggregation.Request request, Bootstrap bootstrap) {
        return switch (this) {
            case SPAN_F1 -> spans(request, sets -> SpanAgreement.f1(sets, Match.EXACT, bootstrap));
            case SPAN_F1_PARTIAL -> spans(request, sets -> SpanAgreement.f1(sets, Match.PARTIAL, bootstrap));
            case ALPHA_U -> spans(request, sets -> SpanAgreement.alpha(sets, bootstrap));
            case BOX_F1 -> boxes(request, bootstrap, true);
            case BOX_IOU -> boxes(request, bootstrap, false);
        };
    }

    @FunctionalInterface
    private interface OfSpans {
        Optional<Estimate> of(SpanSets sets);
    }

    private static Measured spans(Aggregation.Request request, OfSpans figure) {
        var collected = Collected.read(request, Spans::parse);
        var sets = SpanSets.builder();
        collected.byTask().forEach((document, answers) -> {
            sets.document(
                    document,
                    answers.values().stream()
                            .flatMap(List::stream)
                            .mapToInt(Span::end)
                            .max()
                            .orElse(1));
            answers.forEach((worker, spans) -> sets.mark(document, worker, spans));
        });
        return new Measured(
                figure.of(sets.build()), collected.byTask().size(), collected.workers(), collected.labels());
    }

    private static Measured boxes(Aggregation.Request request, Bootstrap bootstrap, boolean f1) {
        var collected = Collected.read(request, Boxes::parse);
        var agreement = Boxes.agreement(collected, bootstrap);
        return new Measured(
                f1 ? agreement.f1() : agreement.meanOverlap(),
                collected.byTask().size(),
                collected.workers(),
                collected.labels());
    }
}
