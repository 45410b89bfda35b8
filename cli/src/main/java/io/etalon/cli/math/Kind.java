package io.etalon.cli.math;

/** What the label of a judgement is. */
enum Kind {
    CATEGORICAL(new Categorical());

    private final Aggregation aggregation;

    Kind(Aggregation aggregation) {
        this.aggregation = aggregation;
    }

    Aggregation aggregation() {
        return aggregation;
    }
}
