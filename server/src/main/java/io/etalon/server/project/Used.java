package io.etalon.server.project;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.OntologyChange;
import io.etalon.annotation.Question;
import io.etalon.annotation.QuestionType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of an ontology answers bear, by key: a label by its id, a question and an option by their path in the ontology. The
 * function {@code answer_uses} of the cell names them alike; of free texts, which stand sealed, it knows only that there are
 * some: {@link #TEXTS}.
 */
public final class Used {
    /** The key of all free texts together. */
    static final String TEXTS = "/texts";

    private static final String LABELS = "labels/";

    private Used() {}

    /** Everything that one answer bears, sorted. */
    public static Set<String> in(Answer answer) {
        var keys = new TreeSet<String>();
        values("questions/", answer.answers(), keys);
        for (var shape : answer.shapes()) {
            keys.add(shape.label());
            values(LABELS + shape.label() + "/attributes/", shape.attributes(), keys);
        }
        return keys;
    }

    private static void values(String base, Map<String, AnswerValue> given, Set<String> keys) {
        given.forEach((question, value) -> {
            var key = base + question;
            keys.add(key);
            switch (value) {
                case AnswerValue.Choice(var id) -> keys.add(key + "/options/" + id);
                case AnswerValue.Choices(var ids) -> ids.forEach(id -> keys.add(key + "/options/" + id));
                case AnswerValue.Text text -> {}
                case AnswerValue.Number number -> {}
                case AnswerValue.Flag flag -> {}
            }
        });
    }

    /** Whether an ontology has what a key names. */
    static boolean stands(Ontology ontology, String key) {
        var path = key.split("/", -1);
        var labelled = path[0].equals("labels");
        if (path.length == 1) {
            return ontology.label(key).isPresent();
        }
        var question = question(ontology, path);
        var option = labelled ? 5 : 3;
        return question.isPresent()
                && (path.length <= option || question.get().option(path[option]).isPresent());
    }

    /** Whether a key names a question that is answered in free text. */
    static boolean isText(Ontology ontology, String key) {
        var path = key.split("/", -1);
        return path.length > 1
                && question(ontology, path)
                        .filter(question -> question.type() == QuestionType.TEXT)
                        .isPresent();
    }

    private static Optional<Question> question(Ontology ontology, String[] path) {
        return path[0].equals("labels")
                ? ontology.label(path[1]).flatMap(label -> label.attribute(path[3]))
                : ontology.question(path[1]);
    }

    /** For people: what is used how often. */
    static String told(String key, long submissions) {
        var path = key.split("/", -1);
        var what = path.length == 1 ? "the label" : key.contains("/options/") ? "the option" : "the question";
        return what + " “" + key + "” is in use (" + submissions + (submissions == 1 ? " answer)" : " answers)");
    }

    /**
     * The key of what a change takes from answers: of what is removed, or gets another type or tool. Null when answers of
     * before say after it what they said.
     */
    static @Nullable String lost(OntologyChange.Entry change) {
        return switch (change.kind()) {
            case REMOVED, RETYPED ->
                change.part() == OntologyChange.Part.LABEL ? change.path().substring(LABELS.length()) : change.path();
            case ADDED, RENAMED, REQUIRED, OPTIONAL, RECOLORED -> null;
        };
    }
}
