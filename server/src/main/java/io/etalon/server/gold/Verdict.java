package io.etalon.server.gold;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Box;
import io.etalon.annotation.Shape;
import io.etalon.quality.shapes.Assignment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an answer compares with the known one.
 *
 * @param score the smaller of the share of questions answered alike and the F1 of matched shapes, 0 to 1
 */
record Verdict(boolean right, double score) {
    /** Compares by a rule. Free texts are not compared: two right ones are seldom equal. */
    static Verdict of(Answer given, Answer known, GoldPolicy.MatchRule rule) {
        var questions = questions(given.answers(), known.answers());
        var f1 = f1(given.shapes(), known.shapes(), rule.overlap());
        return new Verdict(questions == 1 && f1 >= rule.f1(), Math.min(questions, f1));
    }

    private static double questions(Map<String, AnswerValue> given, Map<String, AnswerValue> known) {
        var asked = new TreeMap<>(known);
        asked.values().removeIf(value -> value instanceof AnswerValue.Text);
        var alike = asked.entrySet().stream()
                .filter(entry -> entry.getValue().equals(given.get(entry.getKey())))
                .count();
        return asked.isEmpty() ? 1 : (double) alike / asked.size();
    }

    /** Matched one to one so that the sum of overlaps is largest (Kuhn, 1955); two answers without shapes agree. */
    private static double f1(List<Shape> given, List<Shape> known, double threshold) {
        if (given.isEmpty() && known.isEmpty()) {
            return 1;
        }
        if (given.isEmpty() || known.isEmpty()) {
            return 0;
        }
        var cost = new double[given.size()][known.size()];
        for (var i = 0; i < cost.length; i++) {
            for (var j = 0; j < cost[i].length; j++) {
                var overlap = overlap(given.get(i), known.get(j));
                cost[i][j] = overlap >= threshold ? 1 - overlap : 2;
            }
        }
        var columns = Assignment.minimise(cost);
        var matched = 0;
        for (var i = 0; i < columns.length; i++) {
            matched += columns[i] >= 0 && cost[i][columns[i]] <= 1 ? 1 : 0;
        }
        return 2.0 * matched / (given.size() + known.size());
    }

    /** Shapes of two labels, or whose attributes differ, have nothing in common. */
    private static double overlap(Shape one, Shape other) {
        if (!one.label().equals(other.label()) || questions(one.attributes(), other.attributes()) < 1) {
            return 0;
        }
        return switch (one.geometry()) {
            case Box box ->
                switch (other.geometry()) {
                    case Box known -> box.iou(known);
                };
        };
    }
}
