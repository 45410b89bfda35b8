package io.etalon.annotation;

import io.etalon.annotation.AssetExtent.ImageExtent;
import io.etalon.annotation.AssetExtent.NoExtent;
import io.etalon.annotation.AssetExtent.TextExtent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says everything that is wrong with an answer: the last word before a submission is stored. Pointers follow the API's
 * JSON form, for example {@code /shapes/3/attributes/wear}. Takes time linear in the answer and the ontology. Stateless.
 */
public final class AnswerCheck {
    /** The largest number of shapes on one asset. */
    public static final int MAX_SHAPES = 10_000;

    /** The longest free text, in code points. */
    public static final int MAX_TEXT = 20_000;

    private final AssetExtent extent;
    private final Faults faults = new Faults();

    private AnswerCheck(AssetExtent extent) {
        this.extent = extent;
    }

    /**
     * All faults, empty when the answer may be stored.
     *
     * @param ontology a sound ontology ({@link OntologyCheck})
     * @param extent the asset's size; a shape must lie wholly inside, with no tolerance
     */
    public static List<Fault> check(Ontology ontology, Answer answer, AssetExtent extent) {
        var check = new AnswerCheck(extent);
        check.values(ontology.questions(), answer.answers(), Pointer.ROOT.member("answers"));
        check.shapes(ontology, answer.shapes());
        return check.faults.toList();
    }

    private void shapes(Ontology ontology, List<Shape> shapes) {
        var at = Pointer.ROOT.member("shapes");
        if (shapes.size() > MAX_SHAPES) {
            faults.add(at, shapes.size() + " shapes are too many; at most " + MAX_SHAPES + " are taken on one asset");
            return;
        }
        var labels = new HashMap<String, LabelClass>();
        ontology.labels().forEach(label -> labels.put(label.id(), label));
        var seen = new HashSet<String>();
        for (var i = 0; i < shapes.size(); i++) {
            shape(labels, shapes.get(i), at.index(i), seen);
        }
    }

    private void shape(Map<String, LabelClass> labels, Shape shape, Pointer at, Set<String> seen) {
        if (!Ids.isShapeId(shape.id())) {
            faults.add(
                    at.member("id"),
                    "the shape id " + Texts.quoted(shape.id()) + " is not 1 to 64 of A-Z, a-z, 0-9, _ and -");
        } else if (!seen.add(shape.id())) {
            faults.add(at.member("id"), "an earlier shape has the id " + Texts.quoted(shape.id()) + " too");
        }
        geometry(shape.geometry(), at);
        var label = labels.get(shape.label());
        if (label == null) {
            faults.add(at.member("label"), "the ontology has no label class " + Texts.quoted(shape.label()));
            return;
        }
        var drawn = switch (shape.geometry()) {
            case Box box -> Tool.BOX;
        };
        if (drawn != label.tool()) {
            faults.add(
                    at.member("type"), "the label class " + Texts.quoted(label.id()) + " is drawn with another tool");
        }
        values(label.attributes(), shape.attributes(), at.member("attributes"));
    }

    private void geometry(Geometry geometry, Pointer at) {
        switch (extent) {
            case ImageExtent image -> {
                switch (geometry) {
                    case Box box -> inside(box, image, at);
                }
            }
            case TextExtent text -> faults.add(at, "the asset is a text; a box can lie only on an image");
            case NoExtent none -> faults.add(at, "the asset has no size in pixels; a box can lie only on an image");
        }
    }

    private void inside(Box box, ImageExtent image, Pointer at) {
        if (box.x() < 0 || box.y() < 0 || box.right() > image.width() || box.bottom() > image.height()) {
            faults.add(
                    at,
                    "the box from (" + box.x() + ", " + box.y() + ") to (" + box.right() + ", " + box.bottom()
                            + ") is not wholly inside the image of " + image.width() + " x " + image.height()
                            + " pixels");
        }
    }

    private void values(List<Question> questions, Map<String, AnswerValue> values, Pointer at) {
        var known = new HashSet<String>();
        for (var question : questions) {
            known.add(question.id());
            var value = values.get(question.id());
            if (value != null) {
                value(question, value, at.member(question.id()));
            }
            if (question.required() && (value == null || saysNothing(value))) {
                faults.add(at.member(question.id()), "the question must be answered");
            }
        }
        for (var id : values.keySet()) {
            if (!known.contains(id)) {
                faults.add(at.member(id), "the ontology has no question " + Texts.quoted(id) + " here");
            }
        }
    }

    private static boolean saysNothing(AnswerValue value) {
        return switch (value) {
            case AnswerValue.Choices choices -> choices.optionIds().isEmpty();
            case AnswerValue.Text text -> text.text().isBlank();
            case AnswerValue.Choice c -> false;
            case AnswerValue.Number n -> false;
            case AnswerValue.Flag f -> false;
        };
    }

    private void value(Question question, AnswerValue value, Pointer at) {
        if (value.type() != question.type()) {
            faults.add(at, "the answer is a " + value.type() + "; the question takes a " + question.type());
            return;
        }
        switch (value) {
            case AnswerValue.Choice choice -> option(question, choice.optionId(), at);
            case AnswerValue.Choices choices -> {
                var index = 0;
                for (var id : choices.optionIds()) {
                    option(question, id, at.index(index++));
                }
            }
            case AnswerValue.Text text -> {
                var fault = Texts.fault(text.text(), MAX_TEXT);
                if (fault != null) {
                    faults.add(at, fault);
                }
            }
            case AnswerValue.Number n -> {}
            case AnswerValue.Flag f -> {}
        }
    }

    private void option(Question question, String optionId, Pointer at) {
        if (question.option(optionId).isEmpty()) {
            faults.add(at, "the question " + Texts.quoted(question.id()) + " has no option " + Texts.quoted(optionId));
        }
    }
}
