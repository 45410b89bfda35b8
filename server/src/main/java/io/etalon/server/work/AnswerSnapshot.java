package io.etalon.server.work;

import java.util.Map;
import java.util.function.Consumer;

/**
 * A project's answers as they stood at one moment, read as often as is wanted and never held. Belongs to the thread that
 * opened it, until its reader returns; it may be asked for merges while it tells of answers.
 */
public interface AnswerSnapshot {
    /**
     * Streams the answers in effect, ordered by task, person and round. An answer that was refused and not done again is in
     * no effect; neither are those of cancelled tasks.
     */
    void each(Consumer<EffectiveAnswer> consumer) throws Exception;

    /**
     * Of each task from the first to the last whose answers were made into one, that one; also of tasks that are not finished
     * any more.
     */
    Map<Long, MergedAnswer> merges(long first, long last);

    /** Hears of a snapshot. */
    @FunctionalInterface
    interface Reader<T> {
        T read(AnswerSnapshot snapshot) throws Exception;
    }
}
