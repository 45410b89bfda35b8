package io.etalon.server.quality;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Option;
import io.etalon.annotation.Question;
import io.etalon.quality.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One choice between classes: a choice question, a yes-or-no question, or one option of a multiple choice, which is a
 * choice between taking it and leaving it.
 *
 * @param option the option of a multiple choice; null for the others
 * @param classes in the order of the ontology
 */
record ChoiceItem(String question, @Nullable String option, List<String> classes) {
    static final String YES = "true";
    static final String NO = "false";
    private static final List<String> YES_OR_NO = List.of(YES, NO);

    /** The choices that an ontology asks for about the whole asset, in its order. */
    static List<ChoiceItem> of(Ontology ontology) {
        var items = new ArrayList<ChoiceItem>();
        ontology.questions().forEach(question -> items.addAll(of(question)));
        return items;
    }

    static List<ChoiceItem> of(Question question) {
        return switch (question.type()) {
            case CHOICE ->
                List.of(new ChoiceItem(
                        question.id(),
                        null,
                        question.options().stream().map(Option::id).toList()));
            case BOOLEAN -> List.of(new ChoiceItem(question.id(), null, YES_OR_NO));
            case MULTI_CHOICE ->
                question.options().stream()
                        .map(option -> new ChoiceItem(question.id(), option.id(), YES_OR_NO))
                        .toList();
            case NUMBER, TEXT -> List.of();
        };
    }

    /** The class that an answer chooses; empty when it says nothing on it, or names what the ontology no longer has. */
    Optional<String> chosen(Answer answer) {
        var value = answer.answers().get(question);
        return Optional.ofNullable(value).flatMap(this::chosen).filter(classes::contains);
    }

    private Optional<String> chosen(AnswerValue value) {
        return switch (value) {
            case AnswerValue.Choice(var id) -> option == null ? Optional.of(id) : Optional.empty();
            case AnswerValue.Flag(var flag) -> option == null ? Optional.of(flag ? YES : NO) : Optional.empty();
            case AnswerValue.Choices(var ids) ->
                option == null ? Optional.empty() : Optional.of(ids.contains(option) ? YES : NO);
            case AnswerValue.Text text -> Optional.empty();
            case AnswerValue.Number number -> Optional.empty();
        };
    }

    /** All judgements on it, each round one; workers are person ids, tasks the assets' hashes. */
    Labels labels(Evidence evidence, Function<GivenAnswer, Answer> which) {
        var labels = Labels.builder(classes);
        for (var c : evidence.cases()) {
            for (var given : c.task().answers()) {
                chosen(which.apply(given))
                        .ifPresent(
                                label -> labels.add(c.name(), given.annotator().toString(), label));
            }
        }
        return labels.build();
    }
}
