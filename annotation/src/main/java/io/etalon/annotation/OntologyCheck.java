package io.etalon.annotation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says everything that is wrong with a draft of an ontology. Pointers follow the API's JSON form, for example
 * {@code /labels/0/attributes/2/options/1/id}. Stateless.
 */
public final class OntologyCheck {
    /** The largest number of label classes, and of options of one question. */
    public static final int MAX_CLASSES = 10_000;

    /** The largest number of questions in one place. */
    public static final int MAX_QUESTIONS = 200;

    /** The longest name, in code points. */
    public static final int MAX_NAME = 500;

    private static final Pattern COLOR = Pattern.compile("#[0-9a-f]{6}");
    private static final Pattern LOCALE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");

    private final Faults faults = new Faults();

    private OntologyCheck() {}

    /** All faults, in the order of the document; empty when the ontology is sound. */
    public static List<Fault> check(Ontology ontology) {
        var check = new OntologyCheck();
        check.ontology(ontology);
        return check.faults.toList();
    }

    private void ontology(Ontology ontology) {
        if (ontology.labels().isEmpty() && ontology.questions().isEmpty()) {
            faults.add(Pointer.ROOT, "the ontology asks nothing; give at least one label class or one question");
        }
        var at = Pointer.ROOT.member("labels");
        if (ontology.labels().size() > MAX_CLASSES) {
            faults.add(at, tooMany(ontology.labels().size(), "label classes", MAX_CLASSES));
            return;
        }
        var seen = new HashSet<String>();
        for (var i = 0; i < ontology.labels().size(); i++) {
            label(ontology.labels().get(i), at.index(i), seen);
        }
        questions(ontology.questions(), Pointer.ROOT.member("questions"));
    }

    private void label(LabelClass label, Pointer at, Set<String> seen) {
        id(label.id(), at, seen, "label class");
        names(label.name(), label.names(), at);
        if (!COLOR.matcher(label.color()).matches()) {
            faults.add(
                    at.member("color"),
                    "the color " + Texts.quoted(label.color()) + " is not #rrggbb in lower case, such as #c08a2b");
        }
        questions(label.attributes(), at.member("attributes"));
    }

    private void questions(List<Question> questions, Pointer at) {
        if (questions.size() > MAX_QUESTIONS) {
            faults.add(at, tooMany(questions.size(), "questions", MAX_QUESTIONS));
            return;
        }
        var seen = new HashSet<String>();
        for (var i = 0; i < questions.size(); i++) {
            question(questions.get(i), at.index(i), seen);
        }
    }

    private void question(Question question, Pointer at, Set<String> seenQuestions) {
        id(question.id(), at, seenQuestions, "question");
        names(question.name(), question.names(), at);
        var options = question.options();
        var optionsAt = at.member("options");
        switch (question.type()) {
            case CHOICE -> {
                if (options.size() < 2) {
                    faults.add(optionsAt, "a choice has " + options.size() + " options; give at least two");
                }
            }
            case MULTI_CHOICE -> {
                if (options.isEmpty()) {
                    faults.add(optionsAt, "a multiple choice has no options; give at least one");
                }
            }
            case TEXT, NUMBER, BOOLEAN -> {
                if (!options.isEmpty()) {
                    faults.add(
                            optionsAt,
                            "only choices have options; leave them out or make the type choice or multi_choice");
                }
            }
        }
        if (options.size() > MAX_CLASSES) {
            faults.add(optionsAt, tooMany(options.size(), "options", MAX_CLASSES));
            return;
        }
        var seen = new HashSet<String>();
        for (var i = 0; i < options.size(); i++) {
            var option = options.get(i);
            id(option.id(), optionsAt.index(i), seen, "option");
            names(option.name(), option.names(), optionsAt.index(i));
        }
    }

    private void id(String id, Pointer owner, Set<String> seen, String what) {
        var at = owner.member("id");
        if (!Ids.isId(id)) {
            faults.add(
                    at,
                    "the id " + Texts.quoted(id) + " is not 1 to 64 of a-z, 0-9, _ and -, beginning with a-z or 0-9");
        } else if (!seen.add(id)) {
            faults.add(at, "the id " + Texts.quoted(id) + " names an earlier " + what + " too; ids are unique");
        }
    }

    private void names(String name, Map<String, String> names, Pointer owner) {
        name(name, owner.member("name"));
        var at = owner.member("names");
        names.forEach((locale, localName) -> {
            if (!LOCALE.matcher(locale).matches()) {
                faults.add(at.member(locale), "the key is not a locale such as fr or pt-BR");
            }
            name(localName, at.member(locale));
        });
    }

    private void name(String name, Pointer at) {
        if (name.isBlank()) {
            faults.add(at, "the name is blank; give what people shall read");
            return;
        }
        var fault = Texts.fault(name, MAX_NAME);
        if (fault != null) {
            faults.add(at, fault);
        }
    }

    private static String tooMany(int count, String what, int limit) {
        return count + " " + what + " are too many; at most " + limit + " are taken";
    }
}
