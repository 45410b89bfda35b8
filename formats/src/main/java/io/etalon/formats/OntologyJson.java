package io.etalon.formats;

import io.etalon.annotation.LabelClass;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.OntologyCheck;
import io.etalon.annotation.Option;
import io.etalon.annotation.Pointer;
import io.etalon.annotation.Question;
import io.etalon.annotation.QuestionType;
import io.etalon.annotation.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The API's JSON form of an ontology: {@code {"labels":[{"id","name","names","color","tool","attributes"}],
 * "questions":[{"id","name","names","type","required","options":[{"id","name","names"}]}]}}. {@code labels},
 * {@code questions}, {@code names}, {@code attributes} and {@code options} may be left out when empty, {@code required}
 * when false, {@code tool} when it is a box. Stateless.
 */
public final class OntologyJson {
    private final JsonReader json;

    private OntologyJson(JsonReader json) {
        this.json = json;
    }

    /**
     * Reads an ontology and checks it ({@link OntologyCheck}): what comes back sound can be used.
     *
     * @param utf8 the document, at most 64 MiB
     */
    public static Parsed<Ontology> read(byte[] utf8) {
        var parsed = JsonReader.read(utf8, json -> new OntologyJson(json).ontology());
        return switch (parsed) {
            case Parsed.Faulty<Ontology> faulty -> faulty;
            case Parsed.Sound<Ontology>(var ontology) -> {
                var faults = OntologyCheck.check(ontology);
                yield faults.isEmpty() ? parsed : new Parsed.Faulty<>(faults);
            }
        };
    }

    /** The canonical bytes: the form that is stored, sent and hashed. */
    public static byte[] write(Ontology ontology) {
        return CanonicalJson.bytes(json(ontology));
    }

    /** The ontology as a JSON value, to be part of a larger document. */
    public static Json json(Ontology ontology) {
        return Json.object(Map.of(
                "labels", list(ontology.labels(), OntologyJson::json),
                "questions", list(ontology.questions(), OntologyJson::json)));
    }

    private static Json json(LabelClass label) {
        var members = named(label.id(), label.name(), label.names());
        members.put("color", new Json.Str(label.color()));
        members.put("tool", new Json.Str(word(label.tool())));
        members.put("attributes", list(label.attributes(), OntologyJson::json));
        return new Json.Obj(members);
    }

    private static Json json(Question question) {
        var members = named(question.id(), question.name(), question.names());
        members.put("type", new Json.Str(word(question.type())));
        members.put("required", new Json.Bool(question.required()));
        members.put("options", list(question.options(), OntologyJson::json));
        return new Json.Obj(members);
    }

    private static Json json(Option option) {
        return new Json.Obj(named(option.id(), option.name(), option.names()));
    }

    private static TreeMap<String, Json> named(String id, String name, Map<String, String> names) {
        var members = new TreeMap<String, Json>();
        members.put("id", new Json.Str(id));
        members.put("name", new Json.Str(name));
        members.put("names", Json.strings(names));
        return members;
    }

    private static <T> Json list(List<T> values, Function<T, Json> json) {
        return new Json.Arr(values.stream().map(json).toList());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private @Nullable Ontology ontology() {
        var labels = new ArrayList<LabelClass>();
        var questions = new ArrayList<Question>();
        json.object(Pointer.ROOT, (name, at) -> {
            switch (name) {
                case "labels" -> json.array(at, (elementAt, i) -> label(elementAt, labels));
                case "questions" -> json.array(at, (elementAt, i) -> question(elementAt, questions));
                default -> json.unknown(at, "labels and questions");
            }
        });
        return json.sound() ? new Ontology(labels, questions) : null;
    }

    private void label(Pointer at, List<LabelClass> labels) {
        var texts = new Texts();
        var attributes = new ArrayList<Question>();
        json.object(at, (name, memberAt) -> {
            switch (name) {
                case "id", "name", "color", "tool", "names" -> texts.read(name, memberAt);
                case "attributes" -> json.array(memberAt, (elementAt, i) -> question(elementAt, attributes));
                default -> json.unknown(memberAt, "id, name, names, color, tool and attributes");
            }
        });
        var tool = constant(Tool.values(), texts.get("tool", word(Tool.BOX)), at.member("tool"));
        texts.demand(at, "id", "name", "color");
        if (tool != null) {
            labels.add(new LabelClass(
                    texts.get("id", ""), texts.get("name", ""), texts.names, texts.get("color", ""), tool, attributes));
        }
    }

    private void question(Pointer at, List<Question> questions) {
        var texts = new Texts();
        var options = new ArrayList<Option>();
        var required = new boolean[1];
        json.object(at, (name, memberAt) -> {
            switch (name) {
                case "id", "name", "type", "names" -> texts.read(name, memberAt);
                case "required" -> required[0] = Boolean.TRUE.equals(json.bool(memberAt));
                case "options" -> json.array(memberAt, (elementAt, i) -> option(elementAt, options));
                default -> json.unknown(memberAt, "id, name, names, type, required and options");
            }
        });
        texts.demand(at, "id", "name", "type");
        var type = texts.has("type")
                ? constant(QuestionType.values(), texts.get("type", ""), at.member("type"))
                : QuestionType.TEXT;
        if (type != null) {
            questions.add(
                    new Question(texts.get("id", ""), texts.get("name", ""), texts.names, type, required[0], options));
        }
    }

    private void option(Pointer at, List<Option> options) {
        var texts = new Texts();
        json.object(at, (name, memberAt) -> {
            switch (name) {
                case "id", "name", "names" -> texts.read(name, memberAt);
                default -> json.unknown(memberAt, "id, name and names");
            }
        });
        texts.demand(at, "id", "name");
        options.add(new Option(texts.get("id", ""), texts.get("name", ""), texts.names));
    }

    private <E extends Enum<E>> @Nullable E constant(E[] constants, String word, Pointer at) {
        var known = new ArrayList<String>();
        for (var constant : constants) {
            if (word(constant).equals(word)) {
                return constant;
            }
            known.add(word(constant));
        }
        json.fault(at, "the word is unknown; known here are " + String.join(", ", known));
        return null;
    }

    /** The text members of one object. */
    private final class Texts {
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, String> names = new TreeMap<>();

        void read(String member, Pointer at) {
            if (member.equals("names")) {
                json.object(at, (locale, nameAt) -> names.put(locale, orEmpty(json.string(nameAt))));
            } else {
                texts.put(member, orEmpty(json.string(at)));
            }
        }

        boolean has(String member) {
            return texts.containsKey(member);
        }

        String get(String member, String otherwise) {
            return texts.getOrDefault(member, otherwise);
        }

        void demand(Pointer at, String... members) {
            for (var member : members) {
                if (!texts.containsKey(member)) {
                    json.fault(at.member(member), "the member is missing; give a string");
                }
            }
        }

        private static String orEmpty(@Nullable String text) {
            return text == null ? "" : text;
        }
    }
}
