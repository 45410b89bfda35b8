package io.etalon.annotation;

import java.util.List;
import java.util.Optional;

/**
 * What annotators are asked: the label classes of shapes and the questions about the whole asset. A version of an
 * ontology never changes; a change is a new version ({@link OntologyChange} says what differs).
 *
 * <p>The value holds any draft; {@link OntologyCheck} says what is wrong with it.
 *
 * @param labels the label classes, in the order in which the desk and exports number them
 * @param questions the questions about the whole asset, in the order in which they are asked
 */
public record Ontology(List<LabelClass> labels, List<Question> questions) {
    public Ontology {
        labels = List.copyOf(labels);
        questions = List.copyOf(questions);
    }

    /** The label class with this id. */
    public Optional<LabelClass> label(String id) {
        return labels.stream().filter(label -> label.id().equals(id)).findFirst();
    }

    /** The question about the whole asset with this id. */
    public Optional<Question> question(String id) {
        return Question.find(questions, id);
    }

    /** Whether an annotator draws anything. */
    public boolean hasShapes() {
        return !labels.isEmpty();
    }

    /** All faults, empty when a project can start with this ontology. */
    public List<Fault> faults() {
        return OntologyCheck.check(this);
    }
}
