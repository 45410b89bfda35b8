package io.etalon.server.quality;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Box;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Shape;
import io.etalon.quality.shapes.Fused;
import io.etalon.quality.shapes.Labelled;
import io.etalon.quality.shapes.Rect;
import io.etalon.quality.shapes.ShapeFusion;
import io.etalon.quality.shapes.ShapeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One object on an asset as several people drew it.
 *
 * @param id {@code s1}, {@code s2}, … in the order of label, left, top, width, height
 * @param box fused, each number rounded to 3 decimals
 * @param attributes on which more than half of those who gave one agree
 * @param support how many looks found it
 * @param of how many looks there were; a repeated round is a look of its own
 * @param iou mean overlap of what was drawn with the fused box
 */
public record FusedShape(
        String id, String label, Box box, Map<String, AnswerValue> attributes, int support, int of, double iou) {
    private static final ShapeFusion<Rect> FUSION = ShapeFusion.of(ShapeKind.RECTS);
    private static final int DECIMALS = 3;
    private static final double SMALLEST = 0.001;

    /** Objects that more than half of the looks found. */
    static List<FusedShape> fuse(AnsweredTask task, Ontology ontology) {
        var looks = Boxes.looks(task);
        var drawn = new TreeMap<String, List<Labelled<Rect>>>();
        looks.forEach((look, answer) -> drawn.put(look, Boxes.of(answer, ontology)));
        var shapes = new ArrayList<FusedShape>();
        for (var fused : FUSION.fuse(drawn).kept()) {
            shapes.add(new FusedShape(
                    "",
                    fused.label(),
                    rounded(fused.shape()),
                    attributes(fused, looks, ontology),
                    fused.support(),
                    fused.annotators(),
                    fused.meanOverlap()));
        }
        return numbered(shapes);
    }

    /** In their order, which rounding may have changed, and with the ids that follow from it. */
    static List<FusedShape> numbered(List<FusedShape> shapes) {
        shapes.sort(Comparator.comparing(FusedShape::label)
                .thenComparingDouble(s -> s.box.x())
                .thenComparingDouble(s -> s.box.y())
                .thenComparingDouble(s -> s.box.width())
                .thenComparingDouble(s -> s.box.height())
                .thenComparing(FusedShape::support, Comparator.reverseOrder()));
        for (var i = 0; i < shapes.size(); i++) {
            shapes.set(i, shapes.get(i).named("s" + (i + 1)));
        }
        return shapes;
    }

    private FusedShape named(String name) {
        return new FusedShape(name, label, box, attributes, support, of, iou);
    }

    static Box rounded(Rect box) {
        return new Box(
                rounded(box.x()),
                rounded(box.y()),
                Math.max(SMALLEST, rounded(box.width())),
                Math.max(SMALLEST, rounded(box.height())));
    }

    private static double rounded(double value) {
        return BigDecimal.valueOf(value)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .doubleValue();
    }

    private static Map<String, AnswerValue> attributes(
            Fused<Rect> fused, Map<String, Answer> looks, Ontology ontology) {
        var asked = ontology.label(fused.label()).orElseThrow();
        var given = new ArrayList<Map<String, AnswerValue>>();
        fused.members().forEach((look, box) -> {
            for (var shape : looks.getOrDefault(look, Answer.EMPTY).shapes()) {
                if (Boxes.labelled(shape).equals(new Labelled<>(fused.label(), box))) {
                    var known = new TreeMap<>(shape.attributes());
                    known.entrySet()
                            .removeIf(entry -> asked.attribute(entry.getKey())
                                    .filter(question ->
                                            question.type() == entry.getValue().type())
                                    .isEmpty());
                    given.add(known);
                    break;
                }
            }
        });
        return Plain.attributes(given);
    }

    /** As it stands in an answer. */
    public Shape shape() {
        return new Shape(id, label, box, attributes);
    }
}
