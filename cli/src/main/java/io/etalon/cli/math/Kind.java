package io.etalon.cli.math;

import java.util.Locale;

/** What the label of a judgement is. */
enum Kind {
    CATEGORICAL(new Categorical()),
    NUMERIC(new Numerics()),
    SPANS(new Spans()),
    BOXES(new Boxes()),
    MASKS(new Masks()),
    TEXT(new FreeTexts()),
    PAIRWISE(new Comparisons());

    private final Aggregation aggregation;

    Kind(Aggregation aggregation) {
        this.aggregation = aggregation;
    }

    Aggregation aggregation() {
        return aggregation;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
