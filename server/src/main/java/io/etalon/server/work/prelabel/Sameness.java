package io.etalon.server.work.prelabel;

import io.etalon.annotation.Answer;
import io.etalon.annotation.Shape;
import java.util.HashMap;
import java.util.Map;

/** Whether two answers say the same: in which order shapes were drawn, and what they are called, says nothing. Pure. */
final class Sameness {
    private Sameness() {}

    static boolean same(Answer one, Answer other) {
        return one.answers().equals(other.answers()) && shapes(one).equals(shapes(other));
    }

    private static Map<Shape, Integer> shapes(Answer answer) {
        var counts = new HashMap<Shape, Integer>();
        for (var shape : answer.shapes()) {
            counts.merge(new Shape("", shape.label(), shape.geometry(), shape.attributes()), 1, Integer::sum);
        }
        return counts;
    }
}
