package io.etalon.server.work.review;

import java.util.OptionalDouble;

/**
 * What speaks for or against a second look at an answer when it comes in.
 *
 * @param before how many tasks its author answered in the project before
 * @param record of its author
 * @param unsure whether its author said so
 * @param agreement with the other answers to the task that are there; empty without one
 */
public record Signs(int before, Record record, boolean unsure, OptionalDouble agreement) {
    /**
     * What became of an author's answers.
     *
     * @param judged on which the last word was spoken
     * @param sound of these, taken as they were
     */
    public record Record(int judged, int sound) {
        double share() {
            return judged == 0 ? 1 : (double) sound / judged;
        }
    }
}
