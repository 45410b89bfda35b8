package io.etalon.formats;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerCheck;
import io.etalon.annotation.Box;
import io.etalon.annotation.Geometry;
import io.etalon.annotation.LabelClass;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Pointer;
import io.etalon.annotation.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The API's JSON form of an answer: {@code {"answers":{"fitness":"2"},"shapes":[{"id":"s1","label":"coin","type":"box",
 * "x":1.5,"y":2,"width":10,"height":12,"attributes":{}}]}}. A string is an option or a text as its question says, hence
 * reading takes the ontology. Stateless.
 */
public final class AnswerJson {
    private final Ontology ontology;
    private final Map<String, LabelClass> labels = new HashMap<>();
    private final JsonReader json;

    private AnswerJson(Ontology ontology, JsonReader json) {
        this.ontology = ontology;
        this.json = json;
        ontology.labels().forEach(label -> labels.put(label.id(), label));
    }

    /**
     * Reads one answer. Says what is wrong with the document (syntax, types, unknown members, questions and label
     * classes, numbers that are not finite, boxes without extent); options, required questions and the asset's bounds
     * are {@link AnswerCheck}'s. {@code answers} and {@code shapes} may be left out.
     *
     * @param utf8 the document, at most 64 MiB
     */
    public static Parsed<Answer> read(Ontology ontology, byte[] utf8) {
        return JsonReader.read(utf8, json -> new AnswerJson(ontology, json).answer(Pointer.ROOT));
    }

    /** Reads an answer that is a member of a larger document. */
    static @Nullable Answer read(Ontology ontology, JsonReader json, Pointer at) {
        return new AnswerJson(ontology, json).answer(at);
    }

    /** The canonical bytes: the form that is stored, sent and hashed. */
    public static byte[] write(Answer answer) {
        return CanonicalJson.bytes(json(answer));
    }

    /** The answer as a JSON value, to be part of a larger document. */
    public static Json json(Answer answer) {
        return Json.object(Map.of(
                "answers",
                Values.json(answer.answers()),
                "shapes",
                new Json.Arr(answer.shapes().stream().map(AnswerJson::json).toList())));
    }

    private static Json json(Shape shape) {
        var members = new TreeMap<String, Json>();
        members.put("id", new Json.Str(shape.id()));
        members.put("label", new Json.Str(shape.label()));
        members.put("attributes", Values.json(shape.attributes()));
        switch (shape.geometry()) {
            case Box box -> {
                members.put("type", new Json.Str("box"));
                members.put("x", new Json.Num(box.x()));
                members.put("y", new Json.Num(box.y()));
                members.put("width", new Json.Num(box.width()));
                members.put("height", new Json.Num(box.height()));
            }
        }
        return new Json.Obj(members);
    }

    private @Nullable Answer answer(Pointer at) {
        var values = new TreeMap<String, Values.Loose>();
        var shapes = new ArrayList<Shape>();
        json.object(at, (name, memberAt) -> {
            switch (name) {
                case "answers" -> values.putAll(Values.read(json, memberAt));
                case "shapes" -> shapes(shapes, memberAt);
                default -> json.unknown(memberAt, "answers and shapes");
            }
        });
        var answers = Values.resolve(json, ontology.questions(), values, at.member("answers"));
        return json.sound() ? new Answer(answers, shapes) : null;
    }

    private void shapes(List<Shape> shapes, Pointer at) {
        json.array(at, (elementAt, i) -> {
            if (i > AnswerCheck.MAX_SHAPES) {
                json.skip();
                return;
            }
            if (i == AnswerCheck.MAX_SHAPES) {
                json.fault(at, "more than " + AnswerCheck.MAX_SHAPES + " shapes are too many on one asset");
                json.skip();
                return;
            }
            var shape = shape(elementAt);
            if (shape != null) {
                shapes.add(shape);
            }
        });
    }

    private @Nullable Shape shape(Pointer at) {
        var texts = new HashMap<String, String>();
        var numbers = new HashMap<String, Double>();
        var attributes = new TreeMap<String, Values.Loose>();
        var isObject = json.object(at, (name, memberAt) -> {
            switch (name) {
                case "id", "label", "type" -> {
                    var text = json.string(memberAt);
                    texts.put(name, text == null ? "" : text);
                }
                case "x", "y", "width", "height" -> {
                    var number = json.number(memberAt);
                    numbers.put(name, number == null ? Double.NaN : number);
                }
                case "attributes" -> attributes.putAll(Values.read(json, memberAt));
                default -> json.unknown(memberAt, "id, label, type, x, y, width, height and attributes");
            }
        });
        if (!isObject) {
            return null;
        }
        for (var name : List.of("id", "label", "type")) {
            if (!texts.containsKey(name)) {
                json.fault(at.member(name), "the member is missing; give a string");
            }
        }
        var geometry = geometry(texts.getOrDefault("type", "box"), numbers, at);
        var labelId = texts.getOrDefault("label", "");
        var label = labels.get(labelId);
        if (label == null) {
            if (texts.containsKey("label")) {
                json.fault(at.member("label"), "the ontology has no such label class");
            }
            return null;
        }
        var values = Values.resolve(json, label.attributes(), attributes, at.member("attributes"));
        return geometry == null ? null : new Shape(texts.getOrDefault("id", ""), labelId, geometry, values);
    }

    private @Nullable Geometry geometry(String type, Map<String, Double> numbers, Pointer at) {
        if (!type.equals("box")) {
            json.fault(at.member("type"), "the type is unknown; known is box");
            return null;
        }
        var x = coordinate(numbers, "x", at);
        var y = coordinate(numbers, "y", at);
        var width = side(numbers, "width", at);
        var height = side(numbers, "height", at);
        return Double.isFinite(x + y + width + height) ? new Box(x, y, width, height) : null;
    }

    /** The number, or NaN after a fault has been reported. */
    private double coordinate(Map<String, Double> numbers, String name, Pointer at) {
        var number = numbers.get(name);
        if (number == null) {
            json.fault(at.member(name), "the member is missing; give a number in pixels");
            return Double.NaN;
        }
        return number;
    }

    private double side(Map<String, Double> numbers, String name, Pointer at) {
        var number = coordinate(numbers, name, at);
        if (number <= 0) {
            json.fault(at.member(name), "the side of a box is not positive; draw it with an extent");
            return Double.NaN;
        }
        return number;
    }
}
