package io.etalon.annotation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** Ontologies and answers for tests. */
final class Examples {
    static final long SEED = Long.getLong("etalon.seed", 20_250_613L);

    private Examples() {}

    static Option option(String id) {
        return new Option(id, id.toUpperCase(Locale.ROOT), Map.of());
    }

    static Question question(String id, QuestionType type, boolean required, String... options) {
        var list = new ArrayList<Option>();
        for (var option : options) {
            list.add(option(option));
        }
        return new Question(id, id, Map.of(), type, required, list);
    }

    static LabelClass label(String id, Question... attributes) {
        return new LabelClass(id, id, Map.of("fr", id), "#c08a2b", Tool.BOX, List.of(attributes));
    }

    /** One label class with a required attribute, and a question of each type. */
    static Ontology coins() {
        return new Ontology(
                List.of(label("coin", question("wear", QuestionType.CHOICE, true, "none", "worn")), label("medal")),
                List.of(
                        question("fitness", QuestionType.CHOICE, true, "1", "2"),
                        question("tags", QuestionType.MULTI_CHOICE, false, "a", "b", "c"),
                        question("note", QuestionType.TEXT, false),
                        question("age", QuestionType.NUMBER, false),
                        question("ok", QuestionType.BOOLEAN, false)));
    }

    static Shape coin(String id, double x, double y, double width, double height) {
        return new Shape(id, "coin", new Box(x, y, width, height), Map.of("wear", new AnswerValue.Choice("worn")));
    }

    static Answer answer(Shape... shapes) {
        return new Answer(Map.of("fitness", new AnswerValue.Choice("2")), List.of(shapes));
    }

    /** A sound ontology drawn at random, small enough that two of them often share ids. */
    static Ontology ontology(Random random) {
        var labels = new ArrayList<LabelClass>();
        for (var i = 0; i < 4; i++) {
            if (random.nextBoolean()) {
                labels.add(label("label" + i, questions(random).toArray(Question[]::new)));
            }
        }
        var questions = questions(random);
        return labels.isEmpty() && questions.isEmpty() ? coins() : new Ontology(labels, questions);
    }

    private static List<Question> questions(Random random) {
        var questions = new ArrayList<Question>();
        for (var i = 0; i < 3; i++) {
            if (random.nextBoolean()) {
                questions.add(question("q" + i, random));
            }
        }
        return questions;
    }

    private static Question question(String id, Random random) {
        // Mostly the same type for the same id, so that versions differ a little only.
        var types = QuestionType.values();
        var type = types[random.nextInt(5) == 0 ? random.nextInt(types.length) : id.charAt(1) - '0'];
        var options = new ArrayList<String>();
        if (type.hasOptions()) {
            options.addAll(List.of("a", "b"));
            if (random.nextBoolean()) {
                options.add("c");
            }
        }
        return question(id, type, random.nextInt(4) == 0, options.toArray(String[]::new));
    }

    /** An answer that fits the ontology on an image of 100 x 100. */
    static Answer answer(Ontology ontology, Random random) {
        var shapes = new ArrayList<Shape>();
        for (var i = 0; !ontology.labels().isEmpty() && i < random.nextInt(4); i++) {
            var label = ontology.labels().get(random.nextInt(ontology.labels().size()));
            var box = new Box(random.nextInt(50), random.nextInt(50), 1 + random.nextInt(50), 1 + random.nextInt(50));
            shapes.add(new Shape("s" + i, label.id(), box, values(label.attributes(), random)));
        }
        return new Answer(values(ontology.questions(), random), shapes);
    }

    private static Map<String, AnswerValue> values(List<Question> questions, Random random) {
        var values = new HashMap<String, AnswerValue>();
        for (var question : questions) {
            if (question.required() || random.nextBoolean()) {
                values.put(question.id(), value(question, random));
            }
        }
        return values;
    }

    private static AnswerValue value(Question question, Random random) {
        var options = question.options();
        return switch (question.type()) {
            case CHOICE ->
                new AnswerValue.Choice(
                        options.get(random.nextInt(options.size())).id());
            case MULTI_CHOICE ->
                new AnswerValue.Choices(new TreeSet<>(
                        List.of(options.get(random.nextInt(options.size())).id())));
            case TEXT -> new AnswerValue.Text("é" + random.nextInt());
            case NUMBER -> new AnswerValue.Number(random.nextGaussian());
            case BOOLEAN -> new AnswerValue.Flag(random.nextBoolean());
        };
    }
}
