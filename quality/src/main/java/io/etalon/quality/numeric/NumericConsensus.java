package io.etalon.quality.numeric;

import io.etalon.quality.Interval;
import java.util.List;

/**
 * One number for every task.
 *
 * @param estimates in the order of {@link Numbers#tasks()}
 */
public record NumericConsensus(List<TaskNumber> estimates) {
    public NumericConsensus {
        estimates = List.copyOf(estimates);
    }

    /**
     * The number of a task.
     *
     * @param interval 95 % interval under the method's own model of error
     * @param workers number of workers whose numbers went in
     */
    public record TaskNumber(String task, double value, Interval interval, int workers) {}
}
