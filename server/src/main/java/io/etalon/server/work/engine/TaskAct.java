package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import java.util.List;

/** What is done to many tasks at once. */
public sealed interface TaskAct {
    /** Withdraws them; leases on them end. */
    record Cancel() implements TaskAct {}

    /**
     * Takes them out of sight, work, lists and counts; leases on them end.
     *
     * @param deletion the number under which they are kept, whose row is written beside
     */
    record Delete(long deletion) implements TaskAct {}

    /** Brings back the ones that a deletion took away. */
    record Undelete(long deletion) implements TaskAct {}

    /** Puts escalated and cancelled ones back. */
    record Reopen() implements TaskAct {}

    /** Gives them a priority; their batch stays. */
    record SetPriority(int priority) implements TaskAct {}

    /**
     * Moves them into a batch and gives them its priority.
     *
     * @param batch 0 for none
     */
    record Move(int batch) implements TaskAct {}

    /**
     * Gives them to these people alone, whoever had them before; leases that are open stay.
     *
     * @param people nobody to give them to all again
     */
    record Assign(List<PersonId> people) implements TaskAct {
        public Assign {
            people = List.copyOf(people);
        }
    }
}
