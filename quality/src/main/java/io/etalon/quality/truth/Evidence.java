package io.etalon.quality.truth;

/**
 * What is known of a worker from earlier work: how often, in expectation, the worker said a class when the truth was
 * another or the same.
 *
 * @param worker worker id
 * @param truth class that was right
 * @param said class that the worker said
 * @param count number of judgements, whole or (from a fitted model) expected
 */
public record Evidence(String worker, String truth, String said, double count) {
    public Evidence {
        if (!(count >= 0) || count > 1e12) {
            throw new IllegalArgumentException("count must be between 0 and 1e12, got " + count);
        }
    }
}
