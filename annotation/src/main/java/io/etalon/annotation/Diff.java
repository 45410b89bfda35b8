package io.etalon.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer has to look at: how one answer differs from another on the same asset.
 *
 * @param answers the questions answered differently, in the order of their ids
 * @param shapes the shapes that differ: first those of the earlier answer in its order, then the added ones
 */
public record Diff(List<AnswerChange> answers, List<ShapeChange> shapes) {
    /** A question answered differently; {@code from} is null when it was open, {@code to} when it is. */
    public record AnswerChange(
            String question,
            @Nullable AnswerValue from,
            @Nullable AnswerValue to) {}

    /** A shape that differs. */
    public sealed interface ShapeChange {
        /** A shape that only the later answer has. */
        record Added(Shape shape) implements ShapeChange {}

        /** A shape that only the earlier answer has. */
        record Removed(Shape shape) implements ShapeChange {}

        /**
         * The same thing marked in another way.
         *
         * @param iou how far the two places agree, 1 for the same place
         * @param attributes the attributes answered differently
         */
        record Changed(Shape from, Shape to, double iou, List<AnswerChange> attributes) implements ShapeChange {
            public Changed {
                attributes = List.copyOf(attributes);
            }

            /** Whether the place is another. */
            public boolean moved() {
                return !from.geometry().equals(to.geometry());
            }

            /** Whether the label class is another. */
            public boolean relabelled() {
                return !from.label().equals(to.label());
            }
        }
    }

    public Diff {
        answers = List.copyOf(answers);
        shapes = List.copyOf(shapes);
    }

    /** Whether both answers say the same; ids and order of shapes are no difference. */
    public boolean isEmpty() {
        return answers.isEmpty() && shapes.isEmpty();
    }

    /**
     * Compares two answers. A shape is the same thing when it has the same id; what is left is paired by
     * equal place and label, then greedily by the largest intersection over union of at least
     * {@value ShapeMatch#MIN_IOU}; ties fall to the earlier shape.
     */
    public static Diff between(Answer before, Answer after) {
        var match = ShapeMatch.of(before.shapes(), after.shapes());
        var changes = new ArrayList<ShapeChange>();
        for (var i = 0; i < before.shapes().size(); i++) {
            var from = before.shapes().get(i);
            var partner = match.laterOf(i);
            if (partner < 0) {
                changes.add(new ShapeChange.Removed(from));
                continue;
            }
            var to = after.shapes().get(partner);
            var attributes = answers(from.attributes(), to.attributes());
            var changed = new ShapeChange.Changed(from, to, ShapeMatch.iou(from.geometry(), to.geometry()), attributes);
            if (changed.moved() || changed.relabelled() || !attributes.isEmpty()) {
                changes.add(changed);
            }
        }
        for (var i = 0; i < after.shapes().size(); i++) {
            if (!match.hasEarlier(i)) {
                changes.add(new ShapeChange.Added(after.shapes().get(i)));
            }
        }
        return new Diff(answers(before.answers(), after.answers()), changes);
    }

    private static List<AnswerChange> answers(Map<String, AnswerValue> before, Map<String, AnswerValue> after) {
        var ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        var changes = new ArrayList<AnswerChange>();
        for (var id : ids) {
            var from = before.get(id);
            var to = after.get(id);
            if (from == null || !from.equals(to)) {
                changes.add(new AnswerChange(id, from, to));
            }
        }
        return changes;
    }
}
