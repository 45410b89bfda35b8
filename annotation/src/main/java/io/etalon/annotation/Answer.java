package io.etalon.annotation;

import java.util.List;
import java.util.Map;

/**
 * What one annotator (or a consensus) says about one asset. Whether it fits an ontology is {@link AnswerCheck}'s to say.
 *
 * @param answers answers by question id, in the order of the ids
 * @param shapes the shapes, in the order in which they were drawn
 */
public record Answer(Map<String, AnswerValue> answers, List<Shape> shapes) {
    /** An answer that says nothing. */
    public static final Answer EMPTY = new Answer(Map.of(), List.of());

    public Answer {
        answers = Names.sorted(answers);
        shapes = List.copyOf(shapes);
    }
}
