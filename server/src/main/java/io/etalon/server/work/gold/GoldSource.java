package io.etalon.server.work.gold;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import org.jspecify.annotations.Nullable;

/** Tells the engine what gold there is and who sits an exam. Thread-safe. */
public interface GoldSource {
    /** A project's gold as the transaction sees it. */
    GoldSetting load(Tx clientTx, ProjectId project);

    /** The exam that this person has to pass before other work, or null. Asked at every claim: answers from memory. */
    @Nullable
    Exam exam(ClientId client, ProjectId project, PersonId person);

    /**
     * One try at an entry exam.
     *
     * @param attempt from 1
     * @param size how many tasks it has
     */
    record Exam(int attempt, int size) {}

    /** There is no gold. */
    GoldSource NONE = new GoldSource() {
        @Override
        public GoldSetting load(Tx clientTx, ProjectId project) {
            return GoldSetting.NONE;
        }

        @Override
        public @Nullable Exam exam(ClientId client, ProjectId project, PersonId person) {
            return null;
        }
    };
}
