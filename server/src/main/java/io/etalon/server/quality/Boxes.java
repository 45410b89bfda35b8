package io.etalon.server.quality;

import io.etalon.annotation.Answer;
import io.etalon.annotation.Box;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Shape;
import io.etalon.quality.shapes.Labelled;
import io.etalon.quality.shapes.Rect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The boxes of answers as the mathematics takes them. */
final class Boxes {
    private Boxes() {}

    /** Boxes of one answer whose label the ontology still has. */
    static List<Labelled<Rect>> of(Answer answer, Ontology ontology) {
        var boxes = new ArrayList<Labelled<Rect>>();
        for (var shape : answer.shapes()) {
            if (ontology.label(shape.label()).isPresent()) {
                boxes.add(labelled(shape));
            }
        }
        return boxes;
    }

    static Labelled<Rect> labelled(Shape shape) {
        return switch (shape.geometry()) {
            case Box box -> new Labelled<>(shape.label(), rect(box));
        };
    }

    static Rect rect(Box box) {
        return new Rect(box.x(), box.y(), box.width(), box.height());
    }

    /** Answers by who looked: each round of each annotator is a look of its own. */
    static Map<String, Answer> looks(AnsweredTask task) {
        var looks = new TreeMap<String, Answer>();
        for (var given : task.answers()) {
            looks.put(given.annotator() + "/" + given.round(), given.effective());
        }
        return looks;
    }

    /** Boxes by annotator, each with his last round: agreement and skill compare people. */
    static Map<String, List<Labelled<Rect>>> byAnnotator(
            AnsweredTask task, Ontology ontology, Function<GivenAnswer, Answer> which) {
        var last = new TreeMap<String, GivenAnswer>();
        for (var given : task.answers()) {
            last.merge(given.annotator().toString(), given, (a, b) -> a.round() > b.round() ? a : b);
        }
        var boxes = new TreeMap<String, List<Labelled<Rect>>>();
        last.forEach((annotator, given) -> {
            var answer = which.apply(given);
            var stands = of(answer, ontology);
            // Who drew only what the ontology has no more did not say that there is nothing.
            if (!stands.isEmpty() || answer.shapes().isEmpty()) {
                boxes.put(annotator, stands);
            }
        });
        return boxes;
    }
}
