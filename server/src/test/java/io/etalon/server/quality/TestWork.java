package io.etalon.server.quality;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.AssetExtent;
import io.etalon.annotation.Box;
import io.etalon.annotation.LabelClass;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Option;
import io.etalon.annotation.Question;
import io.etalon.annotation.QuestionType;
import io.etalon.annotation.Shape;
import io.etalon.annotation.Tool;
import io.etalon.ledger.Hash;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.Asset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work of a project as a test tells it: asset names and people's names are words; ids are drawn from the seed, so that two
 * works with one story and two seeds differ in all that must not matter.
 */
public final class TestWork {
    private final Ontology ontology;
    private final Random random;
    private final Map<String, PersonId> people = new HashMap<>();
    private final Map<String, List<GivenAnswer>> given = new LinkedHashMap<>();
    private final TreeSet<String> unfinished = new TreeSet<>();

    public TestWork(Ontology ontology, long seed) {
        this.ontology = ontology;
        this.random = new Random(seed);
    }

    public static Ontology fitness() {
        return new Ontology(List.of(), List.of(choice("fitness", "1", "2", "3", "4")));
    }

    public static Question choice(String id, String... options) {
        return question(id, QuestionType.CHOICE, options);
    }

    public static Question question(String id, QuestionType type, String... options) {
        return new Question(
                id,
                id,
                Map.of(),
                type,
                false,
                Arrays.stream(options).map(o -> new Option(o, o, Map.of())).toList());
    }

    public static Ontology coins(Question... questions) {
        var label = new LabelClass("coin", "Coin", Map.of(), "#c08a2b", Tool.BOX, List.of(choice("side", "a", "b")));
        return new Ontology(List.of(label), List.of(questions));
    }

    public static Answer fit(String option) {
        return new Answer(Map.of("fitness", new AnswerValue.Choice(option)), List.of());
    }

    public static Answer says(String question, AnswerValue value) {
        return new Answer(Map.of(question, value), List.of());
    }

    public static Answer boxes(Box... boxes) {
        var shapes = new ArrayList<Shape>();
        for (var box : boxes) {
            shapes.add(new Shape("s" + (shapes.size() + 1), "coin", box, Map.of()));
        }
        return new Answer(Map.of(), shapes);
    }

    public PersonId person(String name) {
        return people.computeIfAbsent(name, key -> new PersonId(uuid()));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    public TestWork answer(String asset, String annotator, Answer answer) {
        return add(asset, annotator, answer, answer, null);
    }

    /** The reviewer put his own answer in the place of the annotator's. */
    public TestWork fixed(String asset, String annotator, Answer own, Answer fix, String reviewer) {
        return add(asset, annotator, own, fix, reviewer);
    }

    private TestWork add(String asset, String annotator, Answer own, Answer effective, @Nullable String reviewer) {
        var answers = given.computeIfAbsent(asset, key -> new ArrayList<>());
        var person = person(annotator);
        var round = 1
                + (int) answers.stream()
                        .filter(a -> a.annotator().equals(person))
                        .count();
        answers.add(new GivenAnswer(
                person,
                round,
                1,
                1,
                4,
                Instant.ofEpochSecond(1_800_000_000L + random.nextInt(1_000_000)),
                reviewer == null ? "submitted" : "fixed",
                own,
                effective,
                reviewer == null ? null : person(reviewer)));
        return this;
    }

    /** A finished task that nobody could answer. */
    public TestWork unanswered(String asset) {
        given.computeIfAbsent(asset, key -> new ArrayList<>());
        return this;
    }

    public TestWork unfinished(String asset) {
        unfinished.add(asset);
        return this;
    }

    /** Everything told so far, in a random order. */
    public Evidence evidence() {
        var project = new ProjectId(uuid());
        var cases = new ArrayList<Evidence.Case>();
        given.forEach((name, answers) -> {
            var shuffled = new ArrayList<>(answers);
            Collections.shuffle(shuffled, random);
            var asset = asset(project, name);
            cases.add(new Evidence.Case(
                    new AnsweredTask(random.nextLong(), asset.id(), !unfinished.contains(name), shuffled), asset));
        });
        Collections.shuffle(cases, random);
        return new Evidence(ontology, cases);
    }

    private Asset asset(ProjectId project, String name) {
        var image = name.endsWith(".png");
        return new Asset(
                uuid(),
                project,
                name,
                Hash.sha256(name.getBytes(UTF_8)).hex(),
                image ? "image/png" : "text/plain",
                name.length(),
                image ? new AssetExtent.ImageExtent(640, 480) : new AssetExtent.TextExtent(name.length()),
                Instant.ofEpochSecond(1_800_000_000L + random.nextInt(1_000_000)));
    }

    /** A pseudonym for everybody. */
    public Map<PersonId, String> pseudonyms() {
        var names = new HashMap<PersonId, String>();
        people.values()
                .forEach(person ->
                        names.put(person, "p-" + person.value().toString().substring(0, 8)));
        return names;
    }
}
