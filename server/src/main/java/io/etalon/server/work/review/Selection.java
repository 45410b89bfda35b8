package io.etalon.server.work.review;

import org.jspecify.annotations.Nullable;

/** Which answers, or which tasks, come to a stage. */
public sealed interface Selection {
    /** Every one. */
    record All() implements Selection {}

    /** A sample, drawn for each stage on its own. */
    record Share(double share) implements Selection {}

    /**
     * Those of which one sign at least speaks for a second look. A sign that is not asked for is null, 0 or false.
     *
     * @param agreementBelow mean agreement with the other answers to the task, see {@link Agreement}
     * @param recordBelow share of the author's decided answers that were taken as they were; counts from his
     *     {@value #ENOUGH}th decided answer on
     * @param firstTasks how many of an author's first answers in the project
     * @param unsure whether the author said that he was not sure
     */
    record Risk(@Nullable Double agreementBelow, @Nullable Double recordBelow, int firstTasks, boolean unsure)
            implements Selection {
        /** A record of fewer decided answers says nothing. */
        public static final int ENOUGH = 5;

        boolean meets(Signs signs) {
            return signs.before() < firstTasks
                    || unsure && signs.unsure()
                    || agreementBelow != null
                            && signs.agreement().isPresent()
                            && signs.agreement().getAsDouble() < agreementBelow
                    || recordBelow != null
                            && signs.record().judged() >= ENOUGH
                            && signs.record().share() < recordBelow;
        }
    }
}
