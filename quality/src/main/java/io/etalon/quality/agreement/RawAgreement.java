package io.etalon.quality.agreement;

import java.util.OptionalDouble;

/** Mean over tasks of the share of pairs of workers that agree. */
final class RawAgreement implements TaskStatistic {
    private final Coincidences pairable;
    private final double[] agreement;

    RawAgreement(Coincidences pairable, Weighting.Weights weights) {
        this.pairable = pairable;
        this.agreement = pairable.agreements(weights);
    }

    @Override
    public int tasks() {
        return pairable.tasks();
    }

    @Override
    public OptionalDouble of(int[] drawn) {
        var times = pairable.times(drawn);
        var tasks = 0;
        var sum = 0.0;
        for (var pattern = 0; pattern < times.length; pattern++) {
            tasks += times[pattern];
            sum += times[pattern] * agreement[pattern];
        }
        return tasks == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / tasks);
    }
}
