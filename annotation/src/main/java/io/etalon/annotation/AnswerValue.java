package io.etalon.annotation;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The answer to one question. */
public sealed interface AnswerValue {
    /** The type of question that takes this answer. */
    default QuestionType type() {
        return switch (this) {
            case Choice c -> QuestionType.CHOICE;
            case Choices c -> QuestionType.MULTI_CHOICE;
            case Text t -> QuestionType.TEXT;
            case Number n -> QuestionType.NUMBER;
            case Flag f -> QuestionType.BOOLEAN;
        };
    }

    /** One option. */
    record Choice(String optionId) implements AnswerValue {}

    /** A set of options, sorted by id. */
    record Choices(SortedSet<String> optionIds) implements AnswerValue {
        public Choices {
            // Through the collection constructor: a set's own comparator must not decide the canonical order.
            optionIds = Collections.unmodifiableSortedSet(
                    new TreeSet<>(optionIds.stream().toList()));
        }
    }

    /** Free text. */
    record Text(String text) implements AnswerValue {}

    /**
     * A number; a negative zero becomes zero, so that equal answers have equal canonical bytes.
     *
     * @throws IllegalArgumentException when it is not finite
     */
    record Number(double value) implements AnswerValue {
        public Number {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("an answer is not a finite number: " + value);
            }
            value += 0.0;
        }
    }

    /** Yes or no. */
    record Flag(boolean value) implements AnswerValue {}
}
