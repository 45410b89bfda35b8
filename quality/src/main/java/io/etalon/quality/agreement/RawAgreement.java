package io.etalon.quality.agreement;

import java.util.OptionalDouble;

/** Mean over tasks of the share of pairs of workers that agree. */
final class RawAgreement implements TaskStatistic {
    private final double[] agreement;

    RawAgreement(Coincidences pairable, Weighting.Weights weights) {
        this.agreement = pairable.agreements(weights);
    }

    @Override
    public int tasks() {
        return agreement.length;
    }

    @Override
    public OptionalDouble of(int[] drawn) {
        var tasks = 0;
        var sum = 0.0;
        for (var task = 0; task < agreement.length; task++) {
            tasks += drawn[task];
            sum += drawn[task] * agreement[task];
        }
        return tasks == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / tasks);
    }
}
