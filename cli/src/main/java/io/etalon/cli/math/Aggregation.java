package io.etalon.cli.math;

import io.etalon.cli.math.LabelTables.Repeats;
import io.etalon.cli.plot.Drawing;
import io.etalon.formats.tables.Field;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes one answer a task of several people's, for one kind of answer. */
interface Aggregation {
    /**
     * What the command line asked for.
     *
     * @param labels file of judgements, or {@code -}
     * @param gold file of known answers
     * @param method word of the method; null for the kind's own default
     * @param classes order of the classes; empty for those that occur
     */
    record Request(
            TableOptions tables,
            String labels,
            @Nullable String gold,
            @Nullable String method,
            List<String> classes,
            Repeats repeats) {}

    /** Takes one answer: the confidence is null where there is none to speak of, further cells are those of the kind. */
    @FunctionalInterface
    interface AnswerSink {
        void answer(String task, String label, @Nullable Double confidence, Object... further) throws IOException;
    }

    /** Gives the answers one by one, in the order of the tasks. */
    @FunctionalInterface
    interface Answers {
        void each(AnswerSink sink) throws IOException;
    }

    /**
     * What came out.
     *
     * @param method word of the method that was used
     * @param tasks how many tasks have judgements
     * @param workers how many workers gave them
     * @param labels how many judgements there are
     * @param classes how many classes; null where answers are no classes
     * @param score against gold; empty without gold
     * @param notes what a person should know, a sentence each
     * @param plot a picture of it, made only when it is asked for
     * @param further columns of the answers after task, label and confidence
     */
    record Result(
            String method,
            int tasks,
            int workers,
            long labels,
            @Nullable Integer classes,
            Optional<Score> score,
            List<String> notes,
            Optional<Supplier<Drawing>> plot,
            List<Field> further,
            Answers answers) {}

    /**
     * How the answers stand against gold.
     *
     * @param tasks gold tasks with judgements
     * @param share how many are right, 0 to 1, with its 95 % interval; null where answers are near rather than right
     * @param low see {@code share}
     * @param high see {@code share}
     * @param calibrationError mean distance of confidence and accuracy; null where there is no confidence
     * @param temperature what the log probabilities were divided by; null where there is no confidence
     * @param further figures of the kind, such as the mean absolute error, by their JSON names
     */
    record Score(
            int tasks,
            @Nullable Double share,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double calibrationError,
            @Nullable Double temperature,
            Map<String, Double> further) {}

    /** The words of {@code --method} that this kind knows, the default first. */
    List<String> methods();

    /** @throws InputFailure when the files are not as expected */
    Result aggregate(Request request);
}
