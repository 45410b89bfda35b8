package io.etalon.server.work;

import static io.etalon.server.work.ReviewStory.answer;
import static io.etalon.server.work.ReviewStory.box;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Role;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several answers made into one, taken back, and talked about. */
final class AdjudicationTest {
    private static final Map<String, Object> STAGE =
            Map.of("name", "merge", "kind", "adjudicate", "select", Map.of("by", "all"));

    @Test
    void mergesPartsOfTwoAnswersShowsThemEverywhereAndTakesThemBackByteForByte() throws Exception {
        var story = new ReviewStory(TestServer.shared(), "adjudicated").project(1, 3, 0);
        var anna = submitted(story, "anna", answer("by anna", 20, 5));
        var ben = submitted(story, "ben", answer("by ben", 30, 20));
        assertThat(next(story, "remy").status()).as("nobody adjudicates here").isEqualTo(409);
        story.workflow(STAGE);
        assertThat(next(story, "remy").status()).as("an answer is missing").isEqualTo(204);
        submitted(story, "rosa", answer("by rosa", 20, 6));
        var exported = story.export();
        var released = story.release().get("manifestSha256").asString();

        var held = held(story);
        var task = merged(story, held, anna, ben);
        assertThat(story.export()).singleElement().asString().contains("\"state\":\"merged\"", "by ben", "\"age\":25");
        assertThat(story.release().get("manifestSha256").asString()).isNotEqualTo(released);
        var consensus = story.as("rita")
                .get(story.path + "/quality/consensus?method=majority")
                .json()
                .at("/items/0");
        assertThat(consensus.at("/answers/age/value").asInt())
                .as(consensus.toString())
                .isEqualTo(25);
        assertThat(consensus.get("shapes")).hasSize(2);
        assertThat(next(story, "rolf").status()).as("it is done").isEqualTo(204);

        var undo = story.path + "/tasks/" + task + "/merges/undo";
        assertThat(story.as("rolf").post(undo, "").status()).as("another's").isEqualTo(403);
        var undone = story.as("quinn").post(undo, "");
        assertThat(undone.status()).as(undone.body()).isEqualTo(200);
        assertThat(undone.json().at("/items/0/state").asString()).isEqualTo("undone");
        assertThat(story.export()).isEqualTo(exported);
        assertThat(story.release().get("manifestSha256").asString()).isEqualTo(released);
        var twice = story.as("quinn").post(undo, "");
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.json().get("detail").asString()).contains("Allowed");
    }

    @Test
    void whatSomebodyHadTakenToMergeGoesToOthersWhenHeIsFenced() throws Exception {
        var story = new ReviewStory(TestServer.shared(), "adjudicated-fenced").project(1, 2, 0);
        submitted(story, "anna", answer("by anna", 20, 5));
        submitted(story, "ben", answer("by ben", 30, 20));
        story.workflow(STAGE);
        var held = next(story, "remy");
        assertThat(held.status()).isLessThan(300);
        assertThat(next(story, "rolf").status()).as("it is taken").isEqualTo(204);
        var fences = TestServer.shared().part(Fences.class);
        var client = story.client().id();
        assertThat(fences.fence(client, Set.of(story.person("remy")), "a-wall").leases())
                .isEqualTo(1);
        assertThat(fences.fence(client, Set.of(story.person("remy")), "a-wall").leases())
                .as("once")
                .isZero();
        assertThat(next(story, "rolf").status()).as("it is free again").isLessThan(204);
    }

    private static long submitted(ReviewStory story, String who, Object answer) {
        return story.submit(who, story.lease(who), answer, false).get("id").asLong();
    }

    private static Http.Answer next(ReviewStory story, String who) {
        return story.as(who).post(story.path + "/adjudications", "");
    }

    /** The answers side by side, in one person's hands. */
    private static JsonNode held(ReviewStory story) {
        assertThat(next(story, "rosa").status()).as("she answered it").isEqualTo(204);
        var held = next(story, "remy");
        assertThat(held.status()).as(held.body()).isEqualTo(201);
        assertThat(held.json().get("answers")).hasSize(3);
        assertThat(held.json().at("/answers/0/annotator").asString()).startsWith("p-");
        assertThat(held.json().get("differences")).hasSize(2);
        assertThat(held.json().get("agreement").asDouble()).isBetween(0.1, 0.9);
        assertThat(next(story, "rolf").status()).as("somebody holds it").isEqualTo(204);
        var at = story.path + "/adjudications/" + held.json().get("id").asLong();
        assertThat(story.as("rolf").get(at).status()).isEqualTo(404);
        assertThat(story.as("remy").get(at).status()).isEqualTo(200);
        return held.json();
    }

    /** Makes one answer of parts of two, and a number that nobody gave; gives the task. */
    private static long merged(ReviewStory story, JsonNode held, long anna, long ben) {
        var at = story.path + "/adjudications/" + held.get("id").asLong();
        var merge = new LinkedHashMap<String, Object>();
        merge.put("token", held.get("token"));
        merge.put(
                "answer",
                Map.of("answers", Map.of("note", "by ben", "age", 25), "shapes", List.of(box("a", 5), box("b", 20))));
        var note = Map.of("question", "note", "submission", ben);
        var small = Map.of("shape", "a", "submission", anna, "from", "s1");
        var wide = Map.of("shape", "b", "submission", ben, "from", "s1");
        merge.put("origins", List.of(note, Map.of("question", "age", "submission", anna), small, wide));
        var untrue = story.as("remy").post(at + "/merge", merge);
        assertThat(untrue.status()).isEqualTo(400);
        assertThat(untrue.json().at("/faults/0/pointer").asString()).isEqualTo("/origins/1");
        merge.put("origins", List.of(note, small, wide));
        var made = story.as("remy").post(at + "/merge", merge);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().get("state").asString()).isEqualTo("in_effect");
        assertThat(made.json().get("origins")).hasSize(4);
        return made.json().get("task").asLong();
    }

    @Test
    void adjudicatesOnlyWherePeopleAgreeTooLittleWhenAsked() throws Exception {
        var story = new ReviewStory(TestServer.shared(), "adjudicated-risk").project(2, 2, 0);
        story.workflow(Map.of(
                "name", "merge",
                "kind", "adjudicate",
                "select", Map.of("by", "risk", "agreementBelow", 0.6),
                "who", "quality_lead"));
        var clear = story.lease("anna").at("/task/id").asLong();
        for (var who : List.of("anna", "ben")) {
            for (var i = 0; i < 2; i++) {
                var held = story.as(who).get(story.path + "/leases").json().get("items");
                var lease = held.isEmpty() ? story.lease(who) : held.get(0);
                var alike = lease.at("/task/id").asLong() == clear;
                story.submit(who, lease, alike || who.equals("anna") ? answer("x", 1, 5) : answer("x", 2, 30), false);
            }
        }
        assertThat(story.as("remy").post(story.path + "/adjudications", "").status())
                .isEqualTo(403);
        var chosen = story.as("quinn").post(story.path + "/adjudications", "");
        assertThat(chosen.status()).as(chosen.body()).isEqualTo(201);
        assertThat(chosen.json().at("/task/id").asLong()).isNotEqualTo(clear);
        assertThat(story.as("quinn").post(story.path + "/adjudications", "").status())
                .isEqualTo(204);
        var at = story.path + "/adjudications/" + chosen.json().get("id").asLong();
        var token = Map.of("token", chosen.json().get("token"));
        assertThat(story.as("quinn").post(at + "/heartbeat", token).status()).isEqualTo(200);
        assertThat(story.as("quinn").post(at + "/release", token).status()).isEqualTo(204);
        assertThat(story.as("quinn").post(at + "/heartbeat", token).code()).isEqualTo("lease-lost");
        assertThat(story.as("quinn").post(story.path + "/adjudications", "").status())
                .isEqualTo(201);
    }

    @Test
    void aMentionIsSeenByTheMentionedOnlyAndForeignThingsAreNotThere() throws Exception {
        var story = new ReviewStory(TestServer.shared(), "comments").project(1, 1, 0);
        var submission = story.answered("anna", "look here");
        var at = story.path + "/submissions/" + submission + "/comments";
        assertThat(story.as("ben").get(at).status()).as("not his").isEqualTo(404);
        assertThat(story.as("ben").post(at, Map.of("text", "hello")).status()).isEqualTo(404);
        var made = story.as("remy")
                .post(
                        at,
                        Map.of(
                                "text", "Is this edge right?",
                                "place", Map.of("shape", "s1"),
                                "mentions", List.of(story.person("ben").toString())));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var thread = made.json().get("id").asString();
        assertThat(story.as("ben").get(at).status()).as("called upon").isEqualTo(200);
        var inbox = story.as("ben").get("/mentions").json().get("items");
        assertThat(inbox).hasSize(1);
        assertThat(inbox.get(0).at("/comment/text").asString()).isEqualTo("Is this edge right?");
        assertThat(inbox.get(0).at("/comment/place/shape").asString()).isEqualTo("s1");
        assertThat(inbox.toString()).doesNotContain("Client comments");
        for (var other : List.of("anna", "remy", "rita", "quinn")) {
            assertThat(story.as(other).get("/mentions").json().get("items"))
                    .as(other)
                    .isEmpty();
        }
        assertThat(story.as("anna")
                        .post(at, Map.of("text", "Yes", "replyTo", thread))
                        .status())
                .isEqualTo(201);
        assertThat(story.as("rita").get(at).json().at("/items/0/comments")).hasSize(2);
        var resolution = story.path + "/threads/" + thread + "/resolution";
        assertThat(story.as("anna").post(resolution, "").status()).isEqualTo(204);
        assertThat(story.as("rita").get(at).json().at("/items/0/resolvedBy").asString())
                .startsWith("p-");
        assertThat(story.numbers("""
                select count(*) from submission_comment where position('edge' in encode(sealed, 'escape')) > 0""")).containsExactly(0L);
    }

    @Test
    void anotherClientsAnswersThreadsAndTasksAreNotThere() throws Exception {
        var story = new ReviewStory(TestServer.shared(), "comments-own").project(1, 1, 0);
        var submission = story.answered("anna", "look here");
        var at = story.path + "/submissions/" + submission + "/comments";
        var thread = story.as("remy")
                .post(at, Map.of("text", "Here"))
                .json()
                .get("id")
                .asString();
        var foreign = new ReviewStory(TestServer.shared(), "comments-foreign").project(1, 1, 0);
        foreign.person("fred", Role.REVIEWER);
        assertThat(story.as("remy")
                        .post(
                                at,
                                Map.of(
                                        "text",
                                        "x",
                                        "mentions",
                                        List.of(foreign.person("fred").toString())))
                        .status())
                .isEqualTo(400);
        assertThat(foreign.as("fred").get(at).status()).isEqualTo(404);
        for (var path : List.of(
                "/submissions/" + submission + "/comments",
                "/submissions/" + submission + "/changes",
                "/adjudications/1",
                "/tasks/999999999/merges")) {
            assertThat(foreign.as("fred").get(foreign.path + path).status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(foreign.as("anna")
                        .post(foreign.path + "/submissions/" + submission + "/appeal", Map.of("text", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(foreign.as("fred")
                        .post(foreign.path + "/threads/" + thread + "/resolution", "")
                        .status())
                .isEqualTo(404);
    }
}
