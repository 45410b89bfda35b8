package io.etalon.server.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.testing.Http;
import io.etalon.server.wall.WallStory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Courses: nothing of the work before they are finished, by whom and in which version. */
class CourseHttpTest {
    private static final String SECRET = "The mint mark is below the bust.";

    /** A page to read, and one with two questions. */
    private static Map<String, Object> course(
            WallStory story, @Nullable UUID project, @Nullable UUID workforce, String title) {
        var body = new HashMap<String, Object>(Map.of(
                "title",
                title,
                "pages",
                List.of(
                        Map.of("title", "Read", "body", "# Coins\n\n" + SECRET),
                        Map.of(
                                "title",
                                "Answer",
                                "body",
                                "Two questions.",
                                "questions",
                                List.of(
                                        Map.of(
                                                "text",
                                                "Where is the mint mark?",
                                                "options",
                                                List.of("Above", "Below"),
                                                "right",
                                                List.of(1)),
                                        Map.of(
                                                "text",
                                                "Which are metals?",
                                                "options",
                                                List.of("Silver", "Paper", "Gold"),
                                                "right",
                                                List.of(0, 2)))))));
        if (project != null) {
            body.put("project", project);
        }
        if (workforce != null) {
            body.put("workforce", workforce);
        }
        return body;
    }

    private static Http.Answer answer(WallStory story, String who, UUID course, int page, List<List<Integer>> given) {
        return answer(story, who, course, 1, page, given);
    }

    private static Http.Answer answer(
            WallStory story, String who, UUID course, int version, int page, List<List<Integer>> given) {
        return story.as(who)
                .post(
                        story.at + "/courses/" + course + "/pages/" + page + "/answers",
                        Map.of("version", version, "answers", given));
    }

    private static void finish(WallStory story, String who, UUID course, int version) {
        assertThat(answer(story, who, course, version, 1, List.of()).status()).isEqualTo(200);
        var last = answer(story, who, course, version, 2, List.of(List.of(1), List.of(0, 2)));
        assertThat(last.json().path("passed").asBoolean()).as(last.body()).isTrue();
    }

    private static void refused(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("course-missing");
    }

    private static JsonNode mine(WallStory story, String who) {
        var mine = story.as(who).get(story.at + "/courses/mine");
        assertThat(mine.status()).as(mine.body()).isEqualTo(200);
        return mine.json().path("items");
    }

    private static JsonNode progress(WallStory story, String who, String of) {
        var all = story.as(who).get(story.at + "/courses/progress");
        assertThat(all.status()).as(all.body()).isEqualTo(200);
        return all.json()
                .path("items")
                .valueStream()
                .filter(one -> one.path("name").asString().equals(of))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsAndGivesNothingBeforeTheCourseIsFinishedPageByPage() throws Exception {
        var story = new WallStory("course-gate").begin(1);
        story.member("otto", story.ownTeam, Role.ANNOTATOR);
        story.member("mona", story.ownTeam, Role.WORKFORCE_MANAGER);
        story.member("max", story.vendorTeam, Role.WORKFORCE_MANAGER);
        var made = story.rita().post(story.at + "/courses", course(story, story.project(), null, "Coins"));
        var course = WallStory.id(made);

        refused(story.ask("otto"));
        refused(story.as("otto").get(story.path + "/guidelines"));
        assertThat(story.rita().get(story.path).status()).isEqualTo(200);
        assertThat(progress(story, "mona", "otto").path("state").asString()).isEqualTo("missing");

        var first = mine(story, "otto").path(0);
        assertThat(first.path("pages")).as("the next page, no further").hasSize(1);
        assertThat(first.path("pageCount").asInt()).isEqualTo(2);
        assertThat(answer(story, "otto", course, 2, List.of(List.of(1), List.of(0, 2)))
                        .code())
                .as("pages are not skipped")
                .isEqualTo("course-stale");
        assertThat(answer(story, "otto", course, 1, List.of()).status()).isEqualTo(200);
        assertThat(mine(story, "otto").toString())
                .contains("Which are metals?", "\"several\":true")
                .doesNotContain("\"right\"");
        var wrong = answer(story, "otto", course, 2, List.of(List.of(1), List.of(0)));
        assertThat(wrong.json().path("passed").asBoolean()).isFalse();
        assertThat(wrong.json().path("wrong").path(0).asInt()).isEqualTo(1);
        refused(story.ask("otto"));
        assertThat(answer(story, "otto", course, 2, List.of(List.of(1))).status())
                .as("each question is answered")
                .isEqualTo(400);
        assertThat(answer(story, "otto", course, 2, List.of(List.of(1), List.of(2, 0)))
                        .json()
                        .path("passed")
                        .asBoolean())
                .isTrue();
        assertThat(story.ask("otto").status()).isEqualTo(201);

        var seen = progress(story, "mona", "otto");
        assertThat(seen.path("state").asString()).isEqualTo("finished");
        assertThat(seen.path("wrongTries").asInt()).isEqualTo(1);
        assertThat(story.as("max").get(story.at + "/courses/progress").body())
                .as("another workforce's manager")
                .doesNotContain("otto");
        assertThat(story.as("mona").get(story.at + "/courses").status())
                .as("the right answers are not a manager's to read")
                .isEqualTo(403);
        isLoggedSealedAndNeverChanged(story, course);
        standsInHisRecord(story);
    }

    /** Beside what he accepted and showed. */
    private static void standsInHisRecord(WallStory story) {
        var licence = Map.of("kind", "numismatist", "country", "FR", "number", "N 7", "from", "2020-01-01");
        assertThat(story.as("otto").post(story.at + "/licences", licence).status())
                .isEqualTo(201);
        var text = Map.of("kind", "nda", "title", "Secrecy", "body", "Say nothing.");
        var document = story.rita().post(story.at + "/documents", text).json();
        var accepted = story.as("otto")
                .put(
                        story.at + "/documents/" + document.path("id").asString() + "/acceptance",
                        Map.of("version", 1, "sha256", document.path("sha256").asString()));
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(200);
        var here = story.as("otto").get("/me/record").json().at("/clients/0");
        assertThat(here.at("/courses/0/title").asString()).isEqualTo("Coins");
        assertThat(here.at("/courses/0/wrongTries").asInt()).isEqualTo(1);
        assertThat(here.at("/courses/0/finishedAt").asString()).isNotEmpty();
        assertThat(here.at("/acceptances/0/title").asString()).isEqualTo("Secrecy");
        assertThat(here.at("/acceptances/0/act").asString()).isEqualTo("accept");
        assertThat(here.at("/licences/0/number").asString()).isEqualTo("N 7");
    }

    private static void isLoggedSealedAndNeverChanged(WallStory story, UUID course) {
        WallStory.SERVER.part(AuditLog.class).flush(story.client.id());
        assertThat(story.rita()
                        .get(story.at + "/audit/entries?limit=200&op=COURSE")
                        .body())
                .contains("\"set\"", "\"finish\"", course.toString())
                .doesNotContain(SECRET);
        var scope = WallStory.SERVER.scope();
        String stored = scope.client(
                story.client.id(),
                tx -> tx.db()
                        .sql("select coalesce(pages::text, '') || encode(sealed, 'escape') from course")
                        .query(String.class)
                        .single());
        assertThat(stored).doesNotContain("mint mark");
        assertThatThrownBy(() -> scope.clientDo(
                        story.client.id(),
                        tx -> tx.db()
                                .sql("update course_step set passed = true")
                                .update()))
                .hasStackTraceContaining("permission denied");
    }

    @Test
    void aNewVersionIsTakenAnewUnlessOlderOnesGoOnToCount() throws Exception {
        var story = new WallStory("course-version").begin(3);
        story.member("otto", story.ownTeam, Role.ANNOTATOR);
        story.member("quinn", null, Role.QUALITY_LEAD);
        var body = course(story, story.project(), null, "Coins");
        var course = WallStory.id(story.as("quinn").post(story.at + "/courses", body));
        finish(story, "otto", course, 1);

        body.put("title", "Coins, spelled right");
        body.put("retake", false);
        var second = story.as("quinn").put(story.at + "/courses/" + course, body);
        assertThat(second.json().path("version").asInt()).as(second.body()).isEqualTo(2);
        assertThat(second.json().path("since").asInt()).isEqualTo(1);
        assertThat(story.ask("otto").status()).isEqualTo(201);
        assertThat(mine(story, "otto").path(0).path("finished").asBoolean()).isTrue();

        body.put("title", "Other coins");
        body.put("retake", true);
        var third = story.as("quinn").put(story.at + "/courses/" + course, body);
        assertThat(third.json().path("since").asInt()).isEqualTo(3);
        refused(story.as("otto").get(story.path + "/leases"));
        assertThat(progress(story, "quinn", "otto").path("state").asString()).isEqualTo("outdated");
        assertThat(answer(story, "otto", course, 1, 1, List.of()).code()).isEqualTo("course-stale");
        finish(story, "otto", course, 3);
        assertThat(story.as("otto").get(story.path + "/leases").status()).isEqualTo(200);

        body.put("inForce", false);
        assertThat(story.rita().put(story.at + "/courses/" + course, body).status())
                .isEqualTo(200);
        assertThat(mine(story, "otto")).isEmpty();
        body.put("project", UUID.randomUUID());
        assertThat(story.rita().put(story.at + "/courses/" + course, body).body())
                .contains("/project");
    }

    @Test
    void itConcernsThePeopleOfItsWorkforceAndIsShownToThemAlone() throws Exception {
        var story = new WallStory("course-team").begin(2);
        story.member("vera", story.vendorTeam, Role.ANNOTATOR);
        story.member("otto", story.ownTeam, Role.ANNOTATOR);
        story.member("max", story.vendorTeam, Role.WORKFORCE_MANAGER);
        var course = WallStory.id(
                story.rita().post(story.at + "/courses", course(story, null, story.vendorTeam, "Our vendor")));
        refused(story.ask("vera"));
        assertThat(story.ask("otto").status()).isEqualTo(201);
        assertThat(mine(story, "otto")).isEmpty();
        assertThat(answer(story, "otto", course, 1, List.of()).status()).isEqualTo(404);
        assertThat(story.as("max")
                        .put(story.at + "/courses/" + course, course(story, null, story.vendorTeam, "Mine"))
                        .status())
                .as("who takes it does not write it")
                .isEqualTo(403);

        var wall = story.wall(Map.of("kind", "licence", "qualifications", List.of("licence.numismatist")));
        assertThat(mine(story, "vera"))
                .as("behind a wall nothing is shown, %s", wall)
                .isEmpty();
        assertThat(answer(story, "vera", course, 1, List.of()).status()).isEqualTo(404);
    }

    @Test
    void nonsenseIsRefusedWithItsPlace() throws Exception {
        var story = new WallStory("course-faults").begin(1);
        var question = Map.of("text", "Which?", "options", List.of("One", "One"), "right", List.of(0));
        var page = Map.of("title", "Page", "body", "Text", "questions", List.of(question));
        var faulty = Map.of("title", "Coins", "project", story.project(), "pages", List.of(page));
        assertThat(story.rita().post(story.at + "/courses", faulty).body()).contains("/pages/0/questions/0/options");
        var none = Map.of("title", "Coins", "pages", List.of(Map.of("title", "Page", "body", "Text")));
        assertThat(story.rita().post(story.at + "/courses", none).body())
                .as("of nobody")
                .contains("/project");
        var foreign = new HashMap<>(course(story, UUID.randomUUID(), null, "Coins"));
        assertThat(story.rita().post(story.at + "/courses", foreign).body()).contains("/project");
    }
}
