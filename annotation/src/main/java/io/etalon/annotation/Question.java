package io.etalon.annotation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question about an asset or, as an attribute of a label class, about a shape.
 *
 * @param id stable id ({@link Ids})
 * @param name the question as shown where no locale's name fits
 * @param names the question by locale
 * @param type the kind of answer
 * @param required whether an answer without it is refused
 * @param options the options of {@link QuestionType#CHOICE} and {@link QuestionType#MULTI_CHOICE}; else empty
 */
public record Question(
        String id, String name, Map<String, String> names, QuestionType type, boolean required, List<Option> options) {
    public Question {
        names = Names.sorted(names);
        options = List.copyOf(options);
    }

    /** The option with this id. */
    public Optional<Option> option(String id) {
        return options.stream().filter(option -> option.id().equals(id)).findFirst();
    }

    static Optional<Question> find(List<Question> questions, String id) {
        return questions.stream().filter(question -> question.id().equals(id)).findFirst();
    }
}
