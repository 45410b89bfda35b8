package io.etalon.server.work.review;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Diff;
import io.etalon.annotation.Diff.ShapeChange;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far two answers agree, from 0 to 1: of all that either says, the part on which both say the same. A question counts
 * one, a shape its overlap when both give it one label. Free texts are left aside: people never type alike.
 *
 * <p>It decides what is looked at again; what is reported of a project is computed in {@code quality}. Stateless.
 */
public final class Agreement {
    private Agreement() {}

    /** Of two answers; 1 when both say nothing. */
    public static double between(Answer a, Answer b) {
        var asked = new HashSet<String>();
        var equal = 0.0;
        for (var answer : List.of(a, b)) {
            answer.answers().forEach((question, value) -> {
                if (!(value instanceof AnswerValue.Text)) {
                    asked.add(question);
                }
            });
        }
        for (var question : asked) {
            var value = a.answers().get(question);
            equal += value != null && value.equals(b.answers().get(question)) ? 1 : 0;
        }
        var removed = 0;
        var lost = 0.0;
        for (var change : Diff.between(a, b).shapes()) {
            switch (change) {
                case ShapeChange.Added added -> {}
                case ShapeChange.Removed gone -> removed++;
                case ShapeChange.Changed changed -> lost += changed.relabelled() ? 1 : 1 - changed.iou();
            }
        }
        var paired = a.shapes().size() - removed;
        var parts = asked.size() + a.shapes().size() + b.shapes().size() - paired;
        return parts == 0 ? 1 : (equal + paired - lost) / parts;
    }

    /** The mean of one answer's agreements with others; empty without another. */
    public static OptionalDouble with(Answer one, List<Answer> others) {
        return others.stream().mapToDouble(other -> between(one, other)).average();
    }

    /** The mean over all pairs; empty with fewer than two. */
    public static OptionalDouble among(List<Answer> answers) {
        var sum = 0.0;
        var pairs = 0;
        for (var i = 0; i < answers.size(); i++) {
            for (var j = i + 1; j < answers.size(); j++) {
                sum += between(answers.get(i), answers.get(j));
                pairs++;
            }
        }
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / pairs);
    }
}
