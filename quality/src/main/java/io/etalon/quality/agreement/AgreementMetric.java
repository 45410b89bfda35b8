package io.etalon.quality.agreement;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Labels;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every figure of agreement between many workers, by the name that commands know. */
public enum AgreementMetric {
    /** Share of pairs of workers that agree. */
    RAW(Distance.NOMINAL, true),
    /** Cohen's kappa; for more than two workers the mean over pairs, by common tasks. */
    COHEN(Distance.NOMINAL, false),
    /** Cohen's kappa that counts near agreement in part. */
    WEIGHTED_COHEN(Distance.ORDINAL, true),
    /** Fleiss' kappa. */
    FLEISS(Distance.NOMINAL, true),
    /** Krippendorff's alpha. */
    KRIPPENDORFF(Distance.NOMINAL, true),
    /** Gwet's AC1. */
    GWET_AC1(Distance.NOMINAL, false),
    /** Gwet's AC2: AC1 that counts near agreement in part. */
    GWET_AC2(Distance.ORDINAL, true),
    /** Intraclass correlation, one-way: ICC(1). */
    ICC(Distance.INTERVAL, false),
    /** Intraclass correlation, two-way, absolute agreement: ICC(A,1). */
    ICC_AGREEMENT(Distance.INTERVAL, false),
    /** Intraclass correlation, two-way, consistency: ICC(C,1). */
    ICC_CONSISTENCY(Distance.INTERVAL, false);

    private final Distance usual;
    private final boolean anyDistance;

    AgreementMetric(Distance usual, boolean anyDistance) {
        this.usual = usual;
        this.anyDistance = anyDistance;
    }

    /**
     * The metric of a name: {@code raw}, {@code cohen}, {@code weighted-cohen}, {@code fleiss}, {@code krippendorff},
     * {@code gwet-ac1}, {@code gwet-ac2}, {@code icc}, {@code icc-agreement}, {@code icc-consistency}.
     *
     * @throws IllegalArgumentException naming them all when it is another
     */
    public static AgreementMetric parse(String name) {
        return Arrays.stream(values())
                .filter(metric -> metric.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no metric \"" + name + "\"; one of "
                        + Arrays.stream(values()).map(AgreementMetric::label).collect(Collectors.joining(", "))));
    }

    /** The name that {@link #parse} reads. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The distance between classes that applies when none is named. */
    public Distance usualDistance() {
        return usual;
    }

    /** Measures with the usual distance. */
    public Measured measure(Labels labels, Bootstrap bootstrap) {
        return measure(labels, usual, bootstrap);
    }

    /**
     * Measures the agreement of all workers.
     *
     * @throws IllegalArgumentException when the metric knows one distance only and another is named, or when it needs
     *     numbers and a class is none
     */
    public Measured measure(Labels labels, Distance distance, Bootstrap bootstrap) {
        var statistic = statistic(labels, distance);
        var estimate = statistic.estimate(bootstrap);
        var reason = estimate.isPresent() ? Optional.<String>empty() : Optional.of(whyNot(labels, statistic));
        return new Measured(this, distance, estimate, reason, labels.repeated());
    }

    TaskStatistic statistic(Labels labels, Distance distance) {
        if (!anyDistance && distance != usual) {
            throw new IllegalArgumentException(
                    label() + " knows the " + usual.label() + " distance only, not " + distance.label());
        }
        return switch (this) {
            case RAW -> new RawAgreement(new Coincidences(labels, 2), weights(labels, distance));
            case COHEN, WEIGHTED_COHEN -> new PairwiseKappa(labels, weights(labels, distance));
            case FLEISS ->
                new SharedChance(new Coincidences(labels, 1), weights(labels, distance), SharedChance.Chance.FLEISS);
            case KRIPPENDORFF -> new KrippendorffAlpha(labels, new Coincidences(labels, 2), distance);
            case GWET_AC1, GWET_AC2 ->
                new SharedChance(new Coincidences(labels, 1), weights(labels, distance), SharedChance.Chance.GWET);
            case ICC -> new IntraclassCorrelation(labels, IntraclassCorrelation.Form.ONE_WAY);
            case ICC_AGREEMENT -> new IntraclassCorrelation(labels, IntraclassCorrelation.Form.AGREEMENT);
            case ICC_CONSISTENCY -> new IntraclassCorrelation(labels, IntraclassCorrelation.Form.CONSISTENCY);
        };
    }

    private static Weighting.Weights weights(Labels labels, Distance distance) {
        return Weighting.of(distance).on(labels);
    }

    private String whyNot(Labels labels, TaskStatistic statistic) {
        if (labels.size() == 0) {
            return "there is no judgement";
        }
        var pairable = new Coincidences(labels, 2).tasks();
        if (pairable == 0) {
            return "no task was judged by two workers";
        }
        return switch (this) {
            case RAW, COHEN, WEIGHTED_COHEN, FLEISS, KRIPPENDORFF, GWET_AC1, GWET_AC2 ->
                "the judgements that can be compared name one class only, so that chance alone makes agreement certain";
            case ICC, ICC_AGREEMENT, ICC_CONSISTENCY ->
                statistic.tasks() < 2
                        ? "fewer than two tasks were judged by " + (this == ICC ? "two workers" : "all workers")
                        : "all judgements are the same number";
        };
    }
}
