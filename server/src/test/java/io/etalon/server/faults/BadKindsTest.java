package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.annotation.QuestionType;
import io.etalon.annotation.Tool;
import io.etalon.server.testing.Http.Answer;
import io.etalon.server.testing.TestServer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each kind of question and each tool of the ontology, answered wrongly in every way: the fault's place is told. */
final class BadKindsTest {
    private static final List<Map<String, String>> OPTIONS =
            List.of(Map.of("id", "a", "name", "A"), Map.of("id", "b", "name", "B"));
    private static final Object BOX = Map.of("id", "s", "label", "coin", "type", "box", "x", 1, "y", 1);

    /** A wrong answer to a question and where in it the fault lies; a missing answer is null. */
    private record Wrong(Object value, String place) {
        Wrong(Object value) {
            this(value, "");
        }
    }

    private static SmallJob job;

    @BeforeAll
    static void start() throws Exception {
        job = SmallJob.on(TestServer.shared(), "bad-kinds", "anna");
    }

    private static List<Wrong> wrong(QuestionType type) {
        return switch (type) {
            case CHOICE ->
                List.of(
                        new Wrong("c"),
                        new Wrong(""),
                        new Wrong("A"),
                        new Wrong(1),
                        new Wrong(true),
                        new Wrong(List.of("a")),
                        new Wrong(Map.of("a", 1)));
            case MULTI_CHOICE ->
                List.of(
                        new Wrong(List.of("a", "c"), "/1"),
                        new Wrong(List.of("a", "a"), "/1"),
                        new Wrong(List.of(1), "/0"),
                        new Wrong(List.of()),
                        new Wrong("a"),
                        new Wrong(1),
                        new Wrong(Map.of("a", true)));
            case TEXT ->
                List.of(
                        new Wrong(" "),
                        new Wrong("nul \u0000"),
                        new Wrong("x".repeat(20_001)),
                        new Wrong(1),
                        new Wrong(false),
                        new Wrong(List.of("a")),
                        new Wrong(Map.of("text", "a")));
            case NUMBER -> List.of(new Wrong("1"), new Wrong(true), new Wrong(List.of("1")), new Wrong(Map.of("n", 1)));
            case BOOLEAN ->
                List.of(new Wrong("true"), new Wrong(1), new Wrong(List.of("a")), new Wrong(Map.of("is", 1)));
        };
    }

    private static Map<String, Object> right() {
        var answers = new LinkedHashMap<String, Object>();
        for (var type : QuestionType.values()) {
            answers.put(
                    id(type),
                    switch (type) {
                        case CHOICE -> "a";
                        case MULTI_CHOICE -> List.of("a");
                        case TEXT -> "a word";
                        case NUMBER -> 1;
                        case BOOLEAN -> true;
                    });
        }
        return answers;
    }

    private static String id(QuestionType type) {
        return "q_" + type.name().toLowerCase(Locale.ROOT);
    }

    private static List<Map<String, Object>> questions() {
        return Arrays.stream(QuestionType.values())
                .map(type -> {
                    var question = new LinkedHashMap<String, Object>();
                    question.put("id", id(type));
                    question.put("name", type.name());
                    question.put("type", type.name().toLowerCase(Locale.ROOT));
                    question.put("required", true);
                    if (type == QuestionType.CHOICE || type == QuestionType.MULTI_CHOICE) {
                        question.put("options", OPTIONS);
                    }
                    return (Map<String, Object>) question;
                })
                .toList();
    }

    private static JsonNode lease() throws Exception {
        var label = Map.of("id", "coin", "name", "Coin", "color", "#c08a2b", "tool", "box", "attributes", questions());
        job.project(Map.of(
                        "name",
                        "Kinds",
                        "redundancy",
                        1,
                        "reviewShare",
                        0,
                        "ontology",
                        Map.of("labels", List.of(label), "questions", questions())))
                .images(1)
                .plan();
        return job.lease("anna").json();
    }

    private static Answer submit(JsonNode lease, Map<String, ?> answers, Object... shapes) {
        return job.submit(
                "anna",
                lease,
                Map.of("answers", answers, "shapes", List.of(shapes)),
                UUID.randomUUID().toString());
    }

    private static void refused(Answer answer, String pointer) {
        assertThat(answer.status()).as(pointer + " " + answer.body()).isEqualTo(400);
        assertThat(StreamSupport.stream(answer.json().path("faults").spliterator(), false)
                        .map(fault -> fault.path("pointer").asString()))
                .as(answer.body())
                .contains(pointer);
    }

    @Test
    void tellsThePlaceOfEachFaultOfEachKindOfQuestion() throws Exception {
        var lease = lease();
        for (var type : QuestionType.values()) {
            for (var wrong : wrong(type)) {
                var answers = right();
                answers.put(id(type), wrong.value());
                refused(submit(lease, answers), "/answer/answers/" + id(type) + wrong.place());
                refused(
                        submit(lease, right(), shape(answers)),
                        "/answer/shapes/0/attributes/" + id(type) + wrong.place());
            }
            var without = right();
            without.remove(id(type));
            refused(submit(lease, without), "/answer/answers/" + id(type));
            refused(submit(lease, right(), shape(without)), "/answer/shapes/0/attributes/" + id(type));
        }
        assertThat(submit(lease, right(), shape(right())).status()).isEqualTo(201);
    }

    private static Map<String, Object> shape(Map<String, Object> attributes) {
        var shape = box();
        shape.put("attributes", attributes);
        return shape;
    }

    private static Map<String, Object> box() {
        return new LinkedHashMap<>(Map.of(
                "id",
                "s",
                "label",
                "coin",
                "type",
                "box",
                "x",
                1,
                "y",
                2,
                "width",
                3,
                "height",
                4,
                "attributes",
                right()));
    }

    private static Map<String, Object> box(String member, Object value) {
        var shape = box();
        shape.put(member, value);
        return shape;
    }

    @Test
    void tellsThePlaceOfEachFaultOfEachTool() throws Exception {
        assertThat(Tool.values()).as("a new tool has wrong shapes of its own").containsExactly(Tool.BOX);
        var lease = lease();
        for (var side : List.of("width", "height")) {
            for (var value : List.of(0, -1, "4", true, List.of(4), Map.of("px", 4))) {
                refused(submit(lease, right(), box(side, value)), "/answer/shapes/0/" + side);
            }
        }
        for (var side : List.of("x", "y")) {
            for (var value : List.of("1", false, List.of(), Map.of())) {
                refused(submit(lease, right(), box(side, value)), "/answer/shapes/0/" + side);
            }
            refused(submit(lease, right(), box(side, -0.001)), "/answer/shapes/0");
            refused(submit(lease, right(), box(side, 10_000)), "/answer/shapes/0");
        }
        for (var member : List.of("id", "label", "type", "x", "y", "width", "height")) {
            var without = box();
            without.remove(member);
            refused(submit(lease, right(), without), "/answer/shapes/0/" + member);
        }
        refused(submit(lease, right(), box("type", "circle")), "/answer/shapes/0/type");
        refused(submit(lease, right(), box("label", "dragon")), "/answer/shapes/0/label");
        refused(submit(lease, right(), box("id", "a b")), "/answer/shapes/0/id");
        refused(submit(lease, right(), box("angle", 1)), "/answer/shapes/0/angle");
        refused(submit(lease, right(), box(), box()), "/answer/shapes/1/id");
        refused(submit(lease, right(), box("attributes", Map.of("other", 1))), "/answer/shapes/0/attributes/other");
        refused(submit(lease, right(), box("attributes", List.of())), "/answer/shapes/0/attributes");
        refused(submit(lease, right(), BOX, BOX), "/answer/shapes/0/width");
        assertThat(submit(lease, right(), box()).status()).isEqualTo(201);
    }

    @Test
    void refusesAMegabyteOfNestingAndTheLeaseLivesOn() throws Exception {
        var lease = lease();
        for (var bracket : List.of("[", "{\"a\":")) {
            var deep = bracket.repeat(1_000_000 / bracket.length());
            var answer = job.submitText(
                    "anna",
                    lease,
                    "{\"token\":" + lease.get("token") + ",\"answer\":" + deep,
                    UUID.randomUUID().toString());
            assertThat(answer.status()).as(answer.body()).isIn(400, 413);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
        assertThat(submit(lease, right()).status()).isEqualTo(201);
    }

    @Test
    void tellsWhatIsAllowedWhenATransitionComesOutOfItsOrder() throws Exception {
        job.project(1, 0).images(1).plan();
        var task = job.as("requester")
                .get(job.path() + "/tasks")
                .json()
                .at("/items/0/id")
                .asLong();
        var path = job.path() + "/tasks/" + task;
        notAllowed(job.as("requester").post(path + "/reopening", Map.of()), "open", "[\"cancel\"]");
        assertThat(job.as("requester").post(path + "/cancellation", Map.of()).status())
                .isLessThan(300);
        notAllowed(job.as("requester").post(path + "/cancellation", Map.of()), "cancelled", "[\"reopen\"]");
        assertThat(job.as("requester").post(path + "/reopening", Map.of()).status())
                .isLessThan(300);
    }

    private static void notAllowed(Answer answer, String state, String allowed) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        assertThat(answer.json().path("detail").asString()).contains("is " + state);
        assertThat(answer.json().path("allowed").toString()).isEqualTo(allowed);
    }
}
