package io.etalon.server.project;

import io.etalon.annotation.Answer;
import io.etalon.annotation.LabelClass;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Shape;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of labels since a version of the ontology.
 *
 * @param now the ontology in force
 * @param merged labels that count as another one now, by their ids
 * @param retired labels that are offered no more; answers keep them
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

    /** The same answer in today's labels; of a merged label's attributes those stay that the other one has too. */
    public Answer of(Answer answer) {
        if (merged.isEmpty()) {
            return answer;
        }
        return new Answer(
                answer.answers(), answer.shapes().stream().map(this::of).toList());
    }

    private Shape of(Shape shape) {
        var label = of(shape.label());
        if (label.equals(shape.label())) {
            return shape;
        }
        var known = now.label(label).map(LabelClass::attributes).stream()
                .flatMap(java.util.List::stream)
                .map(question -> question.id())
                .collect(Collectors.toSet());
        var attributes = shape.attributes().entrySet().stream()
                .filter(entry -> known.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Shape(shape.id(), label, shape.geometry(), attributes);
    }
}
