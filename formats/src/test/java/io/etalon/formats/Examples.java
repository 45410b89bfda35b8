package io.etalon.formats;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Box;
import io.etalon.annotation.LabelClass;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Option;
import io.etalon.annotation.Question;
import io.etalon.annotation.QuestionType;
import io.etalon.annotation.Shape;
import io.etalon.annotation.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/** Ontologies, answers and files for tests. */
final class Examples {
    static final long SEED = Long.getLong("etalon.seed", 20_250_613L);

    private static final String ALPHABET = "aZ09 \"\\/\n\t\u0001\u007f\u0085\u2028é€\ufffd<&";

    private Examples() {}

    static Ontology coins() {
        var wear = new Question(
                "wear",
                "Wear",
                Map.of("fr", "Usure"),
                QuestionType.CHOICE,
                true,
                List.of(new Option("none", "None", Map.of("fr", "Aucune")), new Option("worn", "Worn", Map.of())));
        var weight = new Question("weight", "Weight", Map.of(), QuestionType.NUMBER, false, List.of());
        var hidden = new Question("hidden", "Hidden?", Map.of(), QuestionType.BOOLEAN, false, List.of());
        var coin = new LabelClass(
                "coin", "Coin", Map.of("fr", "Pièce"), "#c08a2b", Tool.BOX, List.of(wear, weight, hidden));
        var medal = new LabelClass("medal", "Medal", Map.of(), "#2b7bc0", Tool.BOX, List.of());
        var options = List.of(new Option("a", "A", Map.of()), new Option("b", "B", Map.of()));
        return new Ontology(
                List.of(coin, medal),
                List.of(
                        new Question("fitness", "Fit?", Map.of(), QuestionType.CHOICE, true, options),
                        new Question("tags", "Tags", Map.of(), QuestionType.MULTI_CHOICE, false, options),
                        new Question("note", "Note", Map.of(), QuestionType.TEXT, false, List.of()),
                        new Question("age", "Age", Map.of(), QuestionType.NUMBER, false, List.of()),
                        new Question("ok", "Ok?", Map.of(), QuestionType.BOOLEAN, false, List.of())));
    }

    static Answer answer(Random random) {
        var answers = new HashMap<String, AnswerValue>();
        answers.put("fitness", new AnswerValue.Choice("a"));
        if (random.nextBoolean()) {
            answers.put(
                    "tags",
                    new AnswerValue.Choices(new TreeSet<>(random.nextBoolean() ? List.of("b", "a") : List.of())));
        }
        if (random.nextBoolean()) {
            answers.put("note", new AnswerValue.Text(text(random)));
        }
        if (random.nextBoolean()) {
            answers.put("age", new AnswerValue.Number(number(random)));
        }
        if (random.nextBoolean()) {
            answers.put("ok", new AnswerValue.Flag(random.nextBoolean()));
        }
        var shapes = new ArrayList<Shape>();
        for (var i = random.nextInt(4); i > 0; i--) {
            var box = new Box(
                    1000 * random.nextDouble(),
                    10 * random.nextInt(9),
                    random.nextDouble() + 0.1,
                    1 + random.nextInt(9));
            shapes.add(
                    random.nextBoolean()
                            ? new Shape("s" + i, "coin", box, Map.of("wear", new AnswerValue.Choice("worn")))
                            : new Shape("s" + i, "medal", box, Map.of()));
        }
        return new Answer(answers, shapes);
    }

    static String text(Random random) {
        var text = new StringBuilder();
        for (var i = random.nextInt(30); i > 0; i--) {
            text.append(random.nextInt(10) == 0 ? "\ud83e\ude99" : ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Any finite double: half of them from all bit patterns. */
    static double number(Random random) {
        while (true) {
            var value = random.nextBoolean()
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(2_000_000) / Math.pow(10, random.nextInt(9));
            if (Double.isFinite(value)) {
                return value;
            }
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String golden(String name) throws IOException {
        try (InputStream in = Examples.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A folder of other people's files, when a folder called {@code shared} stands beside the project. */
    static Optional<Path> shared(String name) {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var shared = folder.resolve("shared/data").resolve(name);
            if (Files.isDirectory(shared)) {
                return Optional.of(shared);
            }
        }
        return Optional.empty();
    }
}
