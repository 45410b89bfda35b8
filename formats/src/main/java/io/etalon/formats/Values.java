package io.etalon.formats;

import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.OntologyCheck;
import io.etalon.annotation.Pointer;
import io.etalon.annotation.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Answers to questions in JSON: read loosely first, since the question that gives a string its meaning may come later. */
final class Values {
    private Values() {}

    /** A value whose question is not known yet. */
    sealed interface Loose {
        record Str(String text) implements Loose {}

        record Strs(List<String> texts) implements Loose {}

        record Num(double value) implements Loose {}

        record Flag(boolean value) implements Loose {}
    }

    /** Reads an object of loose values; members that are no answer at all are reported. */
    static Map<String, Loose> read(JsonReader json, Pointer at) {
        var values = new TreeMap<String, Loose>();
        json.object(at, (name, memberAt) -> {
            if (values.size() >= OntologyCheck.MAX_QUESTIONS) {
                json.fault(at, "more than " + OntologyCheck.MAX_QUESTIONS + " answers are too many");
                json.skip();
                return;
            }
            var value = loose(json, memberAt);
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    private static @Nullable Loose loose(JsonReader json, Pointer at) {
        var token = json.token();
        if (json.isNumber()) {
            var number = json.number(at);
            return number == null ? null : new Loose.Num(number);
        }
        if (token == JsonToken.VALUE_STRING) {
            var text = json.string(at);
            return text == null ? null : new Loose.Str(text);
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return new Loose.Flag(token == JsonToken.VALUE_TRUE);
        }
        if (token == JsonToken.START_ARRAY) {
            var texts = new ArrayList<String>();
            json.array(at, (elementAt, i) -> {
                var text = json.string(elementAt);
                if (text != null) {
                    texts.add(text);
                }
            });
            return new Loose.Strs(texts);
        }
        json.wrong(at, "a string, an array of strings, a number, true or false; leave out what is not answered");
        return null;
    }

    /** Gives loose values the meaning that the questions give them. */
    static Map<String, AnswerValue> resolve(
            JsonReader json, List<Question> questions, Map<String, Loose> loose, Pointer at) {
        var known = new TreeMap<String, Question>();
        questions.forEach(question -> known.put(question.id(), question));
        var values = new TreeMap<String, AnswerValue>();
        loose.forEach((id, value) -> {
            var question = known.get(id);
            if (question == null) {
                json.fault(at.member(id), "the ontology asks no such question here");
                return;
            }
            var resolved = resolve(json, question, value, at.member(id));
            if (resolved != null) {
                values.put(id, resolved);
            }
        });
        return values;
    }

    private static @Nullable AnswerValue resolve(JsonReader json, Question question, Loose value, Pointer at) {
        return switch (question.type()) {
            case CHOICE ->
                value instanceof Loose.Str(var text)
                        ? new AnswerValue.Choice(text)
                        : mismatch(json, at, "the id of one option, a string");
            case MULTI_CHOICE ->
                value instanceof Loose.Strs(var texts)
                        ? choices(json, texts, at)
                        : mismatch(json, at, "an array of ids of options");
            case TEXT ->
                value instanceof Loose.Str(var text) ? new AnswerValue.Text(text) : mismatch(json, at, "a string");
            case NUMBER ->
                value instanceof Loose.Num(var number)
                        ? new AnswerValue.Number(number)
                        : mismatch(json, at, "a number");
            case BOOLEAN ->
                value instanceof Loose.Flag(var flag)
                        ? new AnswerValue.Flag(flag)
                        : mismatch(json, at, "true or false");
        };
    }

    private static AnswerValue choices(JsonReader json, List<String> texts, Pointer at) {
        var ids = new TreeSet<String>();
        for (var i = 0; i < texts.size(); i++) {
            if (!ids.add(texts.get(i))) {
                json.fault(at.index(i), "the option is named twice; name it once");
            }
        }
        return new AnswerValue.Choices(ids);
    }

    private static @Nullable AnswerValue mismatch(JsonReader json, Pointer at, String expected) {
        json.fault(at, "the answer has another type than its question; it must be " + expected);
        return null;
    }

    /** Answers as JSON. */
    static Json json(Map<String, AnswerValue> values) {
        var members = new TreeMap<String, Json>();
        values.forEach((id, value) -> members.put(id, json(value)));
        return new Json.Obj(members);
    }

    private static Json json(AnswerValue value) {
        return switch (value) {
            case AnswerValue.Choice(var optionId) -> new Json.Str(optionId);
            case AnswerValue.Choices(var optionIds) -> Json.strings(optionIds);
            case AnswerValue.Text(var text) -> new Json.Str(text);
            case AnswerValue.Number(var number) -> new Json.Num(number);
            case AnswerValue.Flag(var flag) -> new Json.Bool(flag);
        };
    }
}
