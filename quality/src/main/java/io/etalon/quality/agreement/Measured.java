package io.etalon.quality.agreement;

import io.etalon.quality.Estimate;
import java.util.Optional;

/**
 * What a metric says of some judgements.
 *
 * @param estimate value and interval; empty when the figure does not exist
 * @param reason why it does not exist, as a sentence without a full stop; empty when it does
 * @param repeated judgements that repeat a (task, worker) pair, which the metric took as {@link Agreement} says
 */
public record Measured(
        AgreementMetric metric,
        Distance distance,
        Optional<Estimate> estimate,
        Optional<String> reason,
        int repeated) {}
