package io.etalon.server.project;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.LabelClass;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What became of labels, options and questions since a version of the ontology. Each goes by its key: a label by its id, an
 * option and a question by their path, such as {@code questions/grade/options/4}.
 *
 * @param now the ontology in force
 * @param merged what counts as another one now
 * @param retired what is offered no more; answers keep it
 */
public record LabelMap(Ontology now, Map<String, String> merged, Set<String> retired) {
    /** Whether answers of that version need no translation and bear nothing that is retired. */
    public boolean isPlain() {
        return merged.isEmpty() && retired.isEmpty();
    }

    /** What a label counts as now. */
    public String of(String label) {
        return merged.getOrDefault(label, label);
    }

    /** The same answer in today's labels and options; of a merged label's attributes those stay that the other one has too. */
    public Answer of(Answer answer) {
        if (merged.isEmpty()) {
            return answer;
        }
        return new Answer(
                values("questions/", answer.answers()),
                answer.shapes().stream().map(this::of).toList());
    }

    private Shape of(Shape shape) {
        var label = of(shape.label());
        var given = values(attributes(shape.label()), shape.attributes());
        if (label.equals(shape.label())) {
            return new Shape(shape.id(), label, shape.geometry(), given);
        }
        var known = now.label(label).map(LabelClass::attributes).stream()
                .flatMap(List::stream)
                .map(question -> question.id())
                .collect(Collectors.toSet());
        var kept = given.entrySet().stream()
                .filter(entry -> known.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Shape(shape.id(), label, shape.geometry(), values(attributes(label), kept));
    }

    private static String attributes(String label) {
        return "labels/" + label + "/attributes/";
    }

    private Map<String, AnswerValue> values(String base, Map<String, AnswerValue> given) {
        var values = new HashMap<String, AnswerValue>();
        given.forEach((question, value) -> values.put(question, value(base + question + "/options/", value)));
        return values;
    }

    private AnswerValue value(String base, AnswerValue value) {
        return switch (value) {
            case AnswerValue.Choice(var id) -> new AnswerValue.Choice(option(base, id));
            case AnswerValue.Choices(var ids) ->
                new AnswerValue.Choices(
                        ids.stream().map(id -> option(base, id)).collect(Collectors.toCollection(TreeSet::new)));
            case AnswerValue.Text text -> text;
            case AnswerValue.Number number -> number;
            case AnswerValue.Flag flag -> flag;
        };
    }

    private String option(String base, String id) {
        var now = merged.get(base + id);
        return now == null ? id : now.substring(base.length());
    }

    /** What an answer bears that is offered no more, by key, sorted. */
    public List<String> retiredIn(Answer answer) {
        if (retired.isEmpty()) {
            return List.of();
        }
        return Used.in(of(answer)).stream().filter(retired::contains).toList();
    }
}
