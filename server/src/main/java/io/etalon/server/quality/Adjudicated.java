package io.etalon.server.quality;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Question;
import io.etalon.server.quality.ConsensusBook.Settled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A task that an adjudicator settled: his answer stands as it is, as far as the newest ontology still asks for it. It has no
 * confidence, since nothing was computed; a shape has his one look for support. Stateless.
 */
final class Adjudicated {
    private Adjudicated() {}

    static ConsensusBook.Entry entry(Evidence.Case about, Answer merged, Ontology ontology) {
        var answers = new TreeMap<String, Settled>();
        asked(merged.answers(), ontology.questions())
                .forEach((question, value) -> answers.put(
                        question, new Settled(Optional.of(value), Optional.empty(), Collections.emptySortedMap())));
        var shapes = new ArrayList<FusedShape>();
        for (var shape : merged.shapes()) {
            ontology.label(shape.label())
                    .ifPresent(label -> shapes.add(new FusedShape(
                            "",
                            shape.label(),
                            FusedShape.rounded(Boxes.labelled(shape).shape()),
                            asked(shape.attributes(), label.attributes()),
                            1,
                            1,
                            1)));
        }
        return new ConsensusBook.Entry(about, answers, FusedShape.numbered(shapes));
    }

    private static Map<String, AnswerValue> asked(Map<String, AnswerValue> given, List<Question> questions) {
        var asked = new TreeMap<String, AnswerValue>();
        for (var question : questions) {
            var value = given.get(question.id());
            if (value != null && value.type() == question.type()) {
                asked.put(question.id(), value);
            }
        }
        return asked;
    }
}
