package io.etalon.server.work;

import static io.etalon.server.work.ReviewStory.answer;
import static io.etalon.server.work.ReviewStory.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Role;
import io.etalon.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers on their way through several stages, refusals, escalations and appeals, as the people see them. */
final class ReviewStagesTest {
    private static final Map<String, ?> ALL = Map.of("by", "all");

    @Test
    void eachAnswerPassesExactlyItsStagesAndNobodySeesOwnWorkOrTheSameTwice() throws Exception {
        try (var server = TestServer.start()) {
            var story = new ReviewStory(server, "review-stages").project(20, 1, 0);
            story.workflow(
                    stage("look", ALL),
                    stage("draw", Map.of("by", "share", "share", 0.5)),
                    Map.of(
                            "name", "risk",
                            "select", Map.of("by", "risk", "unsure", true, "firstTasks", 2),
                            "who", "quality_lead"));
            for (var i = 0; i < 20; i++) {
                var who = i % 4 == 0 ? "rosa" : "anna";
                story.submit(who, story.lease(who), answer("note " + i, i, 5), i % 5 == 0);
            }
            var routes = story.numbers("select route from submission order by id");
            assertThat(routes).allMatch(route -> (route & 1) == 1);
            var drawn = story.numbers("select id from submission where route & 2 > 0 order by id");
            var risky = story.numbers("select id from submission where route & 4 > 0 order by id");
            assertThat(drawn.size()).as("half of 20 are drawn, more or less").isBetween(4, 16);
            // The first two of each author, and every fifth.
            assertThat(risky).hasSize(7);
            var own = Set.copyOf(
                    story.numbers("select id from submission where annotator = '" + story.person("rosa") + "'"));

            assertThat(story.acceptAll("rolf")).hasSize(20);
            server.restart();
            assertThat(story.acceptAll("rolf")).as("not the same at two stages").isEmpty();
            var rosa = story.acceptAll("rosa");
            assertThat(rosa).isNotEmpty().doesNotContainAnyElementsOf(own);
            var remy = story.acceptAll("remy");
            var both = new ArrayList<>(rosa);
            both.addAll(remy);
            assertThat(both).containsExactlyInAnyOrderElementsOf(drawn);
            assertThat(story.acceptAll("quinn")).containsExactlyInAnyOrderElementsOf(risky);
            assertThat(story.progress().get("done").asInt()).isEqualTo(20);
            assertThat(story.progress().get("reviewed").asInt()).isEqualTo(20 + drawn.size() + risky.size());
            assertThat(story.numbers("select count(*) from review_decision"))
                    .containsExactly(20L + drawn.size() + risky.size());
        }
    }

    @Test
    void aFixAtTheFirstStageIsWhatTheSecondAcceptsAndWhatCountsThen() throws Exception {
        var story = new ReviewStory(TestServer.shared(), "review-fixed").project(1, 1, 0);
        story.workflow(stage("first", ALL), stage("second", ALL));
        var submission = story.answered("anna", "as written");
        var first = story.taken("rosa");
        var refused = story.decide("rosa", first, "reject", null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("decision-not-allowed");
        assertThat(refused.json().get("detail").asString()).contains("Allowed: accept, fix, return, escalate.");
        assertThat(story.decided("rosa", first, "fix", answer("as mended", 21, 6)))
                .isEqualTo("in_review");
        assertThat(story.progress().get("done").asInt()).isZero();

        var second = story.taken("remy");
        assertThat(second.at("/at/stage").asInt()).isEqualTo(2);
        assertThat(second.at("/at/name").asString()).isEqualTo("second");
        assertThat(second.at("/current/answers/note").asString()).isEqualTo("as mended");
        assertThat(second.at("/submission/answer/answers/note").asString()).isEqualTo("as written");
        assertThat(story.decided("remy", second, "accept", null)).isEqualTo("fixed");
        assertThat(story.progress().get("done").asInt()).isEqualTo(1);
        assertThat(story.export()).singleElement().asString().contains("as mended", "\"state\":\"fixed\"");

        var changes = story.as("rita")
                .get(story.path + "/submissions/" + submission + "/changes")
                .json();
        assertThat(changes.at("/diff/fields/1/text/0/from").asString()).isEqualTo("written");
        assertThat(changes.at("/diff/fields/1/text/0/to").asString()).isEqualTo("mended");
        assertThat(changes.at("/diff/regions/0/moved").asBoolean()).isTrue();
        assertThat(changes.at("/diff/regions/0/overlap").asDouble()).isBetween(0.8, 0.9);
    }

    @Test
    void aStageThatAsksForAQualificationIsOpenToWhoHoldsItOnly() throws Exception {
        var story = new ReviewStory(TestServer.shared(), "review-qualified").project(1, 1, 0);
        var asked = Map.of("name", "experts", "select", ALL, "qualification", "reads-coins");
        story.workflow(asked);
        var kept = story.as("rita").get(story.path + "/workflow").json();
        assertThat(kept.at("/stages/0/qualification").asString()).isEqualTo("reads-coins");
        story.answered("anna", "a coin");
        assertThat(story.review("rosa").status()).isEqualTo(204);
        var granted = story.as("quinn")
                .post(
                        "/clients/review-qualified/people/" + story.person("rosa") + "/qualifications",
                        Map.of("key", "reads-coins", "note", "knows them"));
        assertThat(granted.status()).as(granted.body()).isEqualTo(201);
        assertThat(story.review("remy").status()).isEqualTo(204);
        assertThat(story.acceptAll("rosa")).hasSize(1);
        var refused = story.as("rita")
                .put(
                        story.path + "/workflow",
                        Map.of("stages", List.of(Map.of("name", "a", "select", ALL, "qualification", "No Key"))));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("/stages/0/qualification");
    }

    @Test
    void whatTheSecondStageReturnsComesBackToTheFirst() throws Exception {
        var story = new ReviewStory(TestServer.shared(), "review-returned").project(1, 1, 0);
        story.workflow(stage("first", ALL), stage("second", ALL));
        story.answered("anna", "first try");
        story.decided("rosa", story.taken("rosa"), "accept", null);
        assertThat(story.decided("remy", story.taken("remy"), "return", null)).isEqualTo("returned");

        var again = story.lease("anna");
        assertThat(again.at("/returned/comments/0/text").asString()).isEqualTo("Look again");
        story.submit("anna", again, answer("second try", 20, 5), false);
        var first = story.taken("remy");
        assertThat(first.at("/at/stage").asInt()).isEqualTo(1);
        story.decided("remy", first, "accept", null);
        assertThat(story.review("remy").status()).isEqualTo(204);
        assertThat(story.decided("rosa", story.taken("rosa"), "accept", null)).isEqualTo("accepted");
    }

    @Test
    void whatAReviewerEscalatesIsDecidedByALeadAndGoesOnFromThere() throws Exception {
        var story = new ReviewStory(TestServer.shared(), "review-escalated").project(1, 1, 0);
        story.workflow(stage("first", ALL), stage("second", ALL));
        var submission = story.answered("anna", "hard");
        assertThat(story.review("quinn").status()).as("nothing is escalated").isEqualTo(204);
        assertThat(story.decided("rosa", story.taken("rosa"), "escalate", null)).isEqualTo("escalated");
        assertThat(story.review("remy").status()).as("a lead decides").isEqualTo(204);
        var list = story.as("rita").get(story.path + "/escalations").json().get("items");
        assertThat(list).hasSize(1);
        assertThat(list.get(0).get("submission").asLong()).isEqualTo(submission);
        assertThat(list.get(0).get("state").asString()).isEqualTo("open");
        assertThat(list.get(0).at("/comments/0/text").asString()).isEqualTo("Look again");

        var brought = story.taken("quinn");
        assertThat(brought.at("/at/seat").asString()).isEqualTo("escalation");
        assertThat(story.decide("quinn", brought, "escalate", null).status()).isEqualTo(409);
        assertThat(story.decided("quinn", brought, "accept", null)).isEqualTo("in_review");
        assertThat(story.as("rita")
                        .get(story.path + "/escalations")
                        .json()
                        .at("/items/0/state")
                        .asString())
                .isEqualTo("resolved");
        assertThat(story.review("rosa").status()).isEqualTo(204);
        assertThat(story.decided("remy", story.taken("remy"), "accept", null)).isEqualTo("accepted");
    }

    @Test
    void anAppealIsHeardByWhoDidNotDecideAndTheAnswerCountsAgainWhenItIsUpheld() throws Exception {
        var story = new ReviewStory(TestServer.shared(), "review-upheld").project(1, 1, 1);
        var submission = story.answered("anna", "right after all");
        var appeal = story.path + "/submissions/" + submission + "/appeal";
        var early = story.as("anna").post(appeal, Map.of("text", "I was right"));
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.json().get("detail").asString()).contains("Allowed");
        story.decided("rosa", story.taken("rosa"), "return", null);
        assertThat(story.export()).singleElement().asString().contains("\"state\":\"returned\"");
        assertThat(story.as("ben").post(appeal, Map.of("text", "not mine")).status())
                .isEqualTo(404);
        assertThat(refusals(story, "anna")).hasToString("[" + submission + " returned]");
        assertThat(refusals(story, "ben")).as("another's are not shown").isEmpty();
        objects(story, appeal);
        assertThat(refusals(story, "anna"))
                .as("appealed once, it is settled elsewhere")
                .isEmpty();
        assertThat(story.review("rosa").status()).as("she decided before").isEqualTo(204);
        var heard = story.taken("remy");
        assertThat(heard.get("appeal").asString()).isEqualTo("I was right");
        assertThat(story.decide("remy", heard, "accept", null).status()).isEqualTo(409);
        assertThat(story.decided("remy", heard, "uphold", null)).isEqualTo("accepted");
        assertThat(story.progress().get("done").asInt()).isEqualTo(1);
        assertThat(story.export()).singleElement().asString().contains("right after all", "\"state\":\"accepted\"");
        assertThat(story.as("anna")
                        .get(story.path + "/appeals")
                        .json()
                        .at("/items/0/state")
                        .asString())
                .isEqualTo("upheld");
        assertThat(story.as("ben").get(story.path + "/appeals").json().get("items"))
                .isEmpty();
    }

    /** What a person may appeal against: numbers and states. */
    private static List<String> refusals(ReviewStory story, String who) throws Exception {
        var refused = new ArrayList<String>();
        for (var item : story.as(who).get(story.path + "/refusals").json().get("items")) {
            assertThat(item.get("comments")).as("why").isNotEmpty();
            refused.add(
                    item.get("submission").asLong() + " " + item.get("state").asString());
        }
        return refused;
    }

    /** She has it before her, with the comments, when she objects; from then on she can change nothing. */
    private static void objects(ReviewStory story, String appeal) {
        var held = story.lease("anna");
        var made = story.as("anna").post(appeal, Map.of("text", "I was right"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().get("state").asString()).isEqualTo("appealed");
        assertThat(story.as("anna").post(appeal, Map.of("text", "again")).status())
                .isEqualTo(409);
        var late = story.as("anna")
                .post(
                        story.path + "/leases/" + held.get("id").asLong() + "/submission",
                        Map.of("token", held.get("token"), "answer", answer("changed", 1, 5), "activeSeconds", 1));
        assertThat(late.status()).isEqualTo(409);
    }

    @Test
    void anAppealThatIsDismissedLeavesTheWorkWithItsAuthorAndARejectionFinal() throws Exception {
        var story = new ReviewStory(TestServer.shared(), "review-dismissed").project(1, 1, 1);
        var submission = story.answered("anna", "not quite");
        story.decided("rosa", story.taken("rosa"), "return", null);
        var appeal = story.path + "/submissions/" + submission + "/appeal";
        assertThat(story.as("anna").post(appeal, Map.of("text", "It is")).status())
                .isEqualTo(201);
        assertThat(story.as("anna").post(story.path + "/leases", Map.of()).status())
                .as("it waits for the appeal")
                .isEqualTo(204);
        assertThat(story.decided("remy", story.taken("remy"), "dismiss", null)).isEqualTo("returned");
        var again = story.submit("anna", story.lease("anna"), answer("better", 20, 5), false);
        assertThat(refusals(story, "anna")).as("it was done again").isEmpty();
        assertThat(story.decided("rosa", story.taken("rosa"), "reject", null)).isEqualTo("rejected");
        assertThat(refusals(story, "anna")).hasToString("[" + again.get("id").asLong() + " rejected]");
        assertThat(story.as("anna").post(story.path + "/leases", Map.of()).status())
                .as("she is out of the task")
                .isEqualTo(204);
        story.answered("ben", "by somebody else");
        story.decided("rosa", story.taken("rosa"), "accept", null);
        assertThat(story.progress().get("done").asInt()).isEqualTo(1);

        var second = story.path + "/submissions/" + again.get("id").asLong() + "/appeal";
        assertThat(story.as("anna")
                        .post(second, Map.of("text", "Both are right"))
                        .status())
                .isEqualTo(201);
        assertThat(story.decided("remy", story.taken("remy"), "uphold", null)).isEqualTo("accepted");
        assertThat(story.progress().get("submissions").asInt()).isEqualTo(2);
        assertThat(story.progress().get("done").asInt()).isEqualTo(1);
    }

    @Test
    void aWorkflowIsCheckedVersionedAndTheShareIsItsShortForm() throws Exception {
        var story = new ReviewStory(TestServer.shared(), "review-workflow").project(1, 1, 0.25);
        var path = story.path + "/workflow";
        var brief = story.as("quinn").get(path).json();
        assertThat(brief.get("version").asInt()).isZero();
        assertThat(brief.at("/stages/0/select/share").asDouble()).isEqualTo(0.25);
        var faulty = story.as("rita")
                .put(
                        path,
                        Map.of(
                                "stages",
                                List.of(
                                        Map.of("name", "a", "kind", "adjudicate", "select", ALL),
                                        Map.of("name", "a", "select", Map.of("by", "share", "share", 2)),
                                        Map.of("name", "b", "select", Map.of("by", "risk")))));
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(faulty.json().get("faults").toString())
                .contains("/stages/0/kind", "/stages/1/name", "/stages/1/select/share", "/stages/2/select");
        story.workflow(stage("one", ALL));
        story.workflow(stage("one", ALL), stage("two", ALL));
        assertThat(story.as("rosa").get(path).json().get("version").asInt()).isEqualTo(2);
        assertThat(story.as("rosa").put(path, Map.of("stages", List.of())).status())
                .isEqualTo(403);
        story.person("vera", Role.AUDITOR);
        assertThat(story.as("vera").get(path).status()).isEqualTo(403);
    }
}
