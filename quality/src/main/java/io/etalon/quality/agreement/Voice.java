package io.etalon.quality.agreement;

import io.etalon.quality.Labels;

/** The judgements of one worker on one task: a run of positions, usually of length one. */
final class Voice {
    private Voice() {}

    /** Position after the last judgement on {@code task} by the worker whose first one is at {@code from}. */
    static int end(Labels labels, int task, int from) {
        var to = from + 1;
        while (to < labels.end(task) && labels.workerAt(to) == labels.workerAt(from)) {
            to++;
        }
        return to;
    }
}
