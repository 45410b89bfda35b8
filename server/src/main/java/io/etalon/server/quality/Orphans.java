package io.etalon.server.quality;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Question;
import io.etalon.server.quality.QualityReport.Excluded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What answers say that the newest ontology has no more: results leave it aside, and tell how much that is. Keys are a label's
 * id, or the path of a question or an option in the ontology; of what is gone as a whole only the whole is named. Stateless.
 */
final class Orphans {
    private Orphans() {}

    /** The keys of what one answer says in vain, sorted. */
    static Set<String> in(Answer answer, Ontology ontology) {
        var keys = new TreeSet<String>();
        values("questions/", answer.answers(), ontology::question, keys);
        for (var shape : answer.shapes()) {
            var label = ontology.label(shape.label());
            if (label.isEmpty()) {
                keys.add(shape.label());
            } else {
                values("labels/" + shape.label() + "/attributes/", shape.attributes(), label.get()::attribute, keys);
            }
        }
        return keys;
    }

    private static void values(
            String base,
            Map<String, AnswerValue> given,
            Function<String, Optional<Question>> questions,
            Set<String> keys) {
        given.forEach((id, value) -> {
            var question = questions.apply(id);
            if (question.isEmpty() || question.get().type() != value.type()) {
                keys.add(base + id);
                return;
            }
            for (var option : options(value)) {
                if (question.get().option(option).isEmpty()) {
                    keys.add(base + id + "/options/" + option);
                }
            }
        });
    }

    private static List<String> options(AnswerValue value) {
        return switch (value) {
            case AnswerValue.Choice(var id) -> List.of(id);
            case AnswerValue.Choices(var ids) -> List.copyOf(ids);
            case AnswerValue.Text text -> List.of();
            case AnswerValue.Number number -> List.of();
            case AnswerValue.Flag flag -> List.of();
        };
    }

    /** What results leave aside of all answers in effect, each with how many of them say it. */
    static List<Excluded> of(Evidence evidence) {
        var counts = new TreeMap<String, Integer>();
        for (var given : evidence.answers()) {
            in(given.effective(), evidence.ontology()).forEach(key -> counts.merge(key, 1, Integer::sum));
        }
        return counts.entrySet().stream()
                .map(entry -> new Excluded(
                        entry.getKey(),
                        part(entry.getKey()),
                        entry.getValue(),
                        "left_aside",
                        "The ontology in force has it no more, or with another type; these answers keep what they say, and"
                                + " results leave it aside."))
                .toList();
    }

    private static String part(String key) {
        return key.indexOf('/') < 0 ? "label" : key.contains("/options/") ? "option" : "question";
    }
}
