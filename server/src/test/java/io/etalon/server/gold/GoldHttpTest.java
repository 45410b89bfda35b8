package io.etalon.server.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.qualification.Qualifications;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import io.etalon.server.work.EffectiveAnswer;
import io.etalon.server.work.Tasks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Gold through the API, as annotators (who must not notice) and quality leads see it. */
final class GoldHttpTest {
    private static final long SEED = 4;
    private static final Map<String, Object> TEST =
            Map.of("good", 0.95, "bad", 0.6, "falsePass", 0.05, "falseFail", 0.05);

    private final TestServer server = TestServer.shared();

    @Test
    void pausesTheCarelessWithEvidenceAndLeavesTheCarefulAloneAndKeepsGoldOutOfEveryCount() throws Exception {
        var story = new GoldStory(server, "gold-work", 60);
        story.person("anna", Role.ANNOTATOR);
        story.person("carl", Role.ANNOTATOR);
        story.gild(30, 60);
        story.policy(Map.of("block", 2, "gold", 1, "test", TEST));

        var random = new Random(SEED);
        var looks = new HashSet<String>();
        var replies = new HashSet<String>();
        var shares = new HashSet<Long>();
        var claims = 0;
        var refused = story.lease("anna");
        for (; refused.status() == 201; refused = story.lease("anna")) {
            var lease = refused.json();
            looks.add(shape(lease));
            var right = GoldStory.truth(lease.at("/task/asset/name").asString());
            var reply = story.submit("anna", lease, random.nextDouble() < 0.55 ? right : GoldStory.other(right));
            replies.add(shape(reply) + reply.at("/submission/state").asString());
            shares.add(done(story, "anna") - ++claims);
            assertThat(claims).as("seed %d", SEED).isLessThanOrEqualTo(50);
        }
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("work-paused");
        assertThat(refused.body()).contains("quality lead");
        assertThat(looks).as("nothing in a lease tells gold").hasSize(1);
        assertThat(replies).as("nor in a reply").hasSize(1);
        assertThat(shares).as("nor in what is done").containsExactly(0L);
        assertThat(story.as("anna").get(story.path() + "/gold").status()).isEqualTo(403);
        assertThat(story.as("anna").get(story.path() + "/pauses").status()).isEqualTo(403);

        for (var i = 0; i < 40; i++) {
            var lease = story.lease("carl").json();
            story.submit(
                    "carl", lease, GoldStory.truth(lease.at("/task/asset/name").asString()));
        }
        GoldStory.until("all gold is judged", () -> results(story, "carl") == 20);
        assertThat(story.lease("carl").status()).isEqualTo(201);

        inNoCount(story, claims + 40);
        evidence(story, claims);
    }

    private static long results(GoldStory story, String name) {
        return story.as("quinn")
                .get(story.path() + "/gold/annotators")
                .json()
                .get("items")
                .valueStream()
                .filter(one -> one.get("name").asString().equals(name))
                .mapToLong(one -> one.get("right").asLong() + one.get("wrong").asLong())
                .sum();
    }

    /** The members of a body and of the objects in it. */
    private static String shape(JsonNode node) {
        var names = new TreeSet<String>();
        node.properties()
                .forEach(entry ->
                        names.add(entry.getKey() + (entry.getValue().isObject() ? shape(entry.getValue()) : "")));
        return names.toString();
    }

    private static long done(GoldStory story, String name) {
        return story.as(name)
                .get("/work")
                .json()
                .get("items")
                .valueStream()
                .filter(line -> line.get("role").asString().equals("annotate"))
                .mapToLong(line -> line.get("done").asLong())
                .sum();
    }

    private void inNoCount(GoldStory story, int submissions) throws Exception {
        var client = story.client().id();
        var gold = server.scope()
                .client(
                        client,
                        tx -> tx.db()
                                .sql("select count(*)::int from submission where gold")
                                .query(Integer.class)
                                .single());
        assertThat(gold).isBetween(20, submissions / 2 + 1);
        var work = submissions - gold;
        assertThat(story.as("rita")
                        .get(story.path())
                        .json()
                        .at("/progress/submissions")
                        .asInt())
                .isEqualTo(work);
        var effective = new ArrayList<EffectiveAnswer>();
        server.part(Tasks.class).snapshot(client, story.id(), snapshot -> {
            snapshot.each(effective::add);
            return effective;
        });
        assertThat(effective.size()).as("what quality and releases read").isEqualTo(work);
        assertThat(exported(story)).isEqualTo(work);
        taskOfGoldShowsNone(story);
    }

    /** How many answers an export holds. */
    private static long exported(GoldStory story) throws Exception {
        var job = story.as("rita")
                .post(story.path() + "/exports", Map.of())
                .json()
                .get("id")
                .asString();
        GoldStory.until(
                "the export ends",
                () -> story.as("rita")
                        .get(story.path() + "/jobs/" + job)
                        .json()
                        .path("state")
                        .asString()
                        .equals("done"));
        var file = story.as("rita").get(story.path() + "/exports/" + job + "/file");
        return file.body()
                .lines()
                .filter(line -> line.contains("\"annotator\""))
                .count();
    }

    private void taskOfGoldShowsNone(GoldStory story) throws Exception {
        var client = story.client().id();
        var shown = server.scope()
                .client(
                        client,
                        tx -> tx.db()
                                .sql("select task from submission where gold order by id limit 1")
                                .query(Long.class)
                                .single());
        assertThat(story.as("quinn")
                        .get(story.path() + "/tasks/" + shown)
                        .json()
                        .get("submissionList")
                        .size())
                .isEqualTo(server.scope()
                        .client(
                                client,
                                tx -> tx.db()
                                        .sql("select count(*)::int from submission where not gold and task = ?")
                                        .param(shown)
                                        .query(Integer.class)
                                        .single()));
    }

    private void evidence(GoldStory story, int claims) {
        var pauses = story.as("quinn").get(story.path() + "/pauses").json().get("items");
        assertThat(pauses.size()).as("anna alone").isEqualTo(1);
        var pause = pauses.get(0);
        assertThat(pause.get("name").asString()).isEqualTo("anna");
        var steps = pause.at("/evidence/steps");
        assertThat(steps.size()).isBetween(2, claims);
        var last = steps.get(steps.size() - 1).get("evidence").asDouble();
        assertThat(last).isLessThanOrEqualTo(pause.at("/evidence/lower").asDouble());
        for (var i = 0; i < steps.size() - 1; i++) {
            assertThat(steps.get(i).get("evidence").asDouble())
                    .isGreaterThan(pause.at("/evidence/lower").asDouble());
        }
        var lift = story.path() + "/pauses/" + pause.get("id").asLong() + "/lift";
        assertThat(story.as("rita").post(lift, Map.of("reason", "x")).status()).isEqualTo(403);
        assertThat(story.as("quinn").post(lift, Map.of()).status()).isEqualTo(400);
        var lifted = story.as("quinn").post(lift, Map.of("reason", "The guideline was unclear."));
        assertThat(lifted.status()).as(lifted.body()).isEqualTo(200);
        assertThat(lifted.json().get("on").asBoolean()).isFalse();
        assertThat(story.as("quinn").post(lift, Map.of("reason", "again")).status())
                .isEqualTo(409);
        var again = story.lease("anna");
        assertThat(again.status()).as(again.body()).isEqualTo(201);
        story.submit(
                "anna",
                again.json(),
                GoldStory.truth(again.json().at("/task/asset/name").asString()));
        assertThat(story.lease("anna").status()).as("the test began anew").isEqualTo(201);
        server.part(AuditLog.class).flush(story.client().id());
        var log = server.part(AuditLog.class)
                .entries(story.client().id(), EntryFilter.ALL, 0, 10_000)
                .toString();
        assertThat(log)
                .contains("\"act\":\"pause\"")
                .contains("\"act\":\"lift\"")
                .contains("work-paused");
    }

    @Test
    void anEntryExamBeginsOnceTheCourseIsFinished() throws Exception {
        var story = new GoldStory(server, "gold-course", 6);
        story.person("bob", Role.ANNOTATOR);
        var exam = story.gild(0, 4);
        story.policy(Map.of(
                "exam",
                Map.of("items", exam, "size", 2, "pass", 2, "retryMinutes", 60, "qualification", "knows-parity")));
        var courses = "/clients/gold-course/courses";
        var made = story.as("quinn")
                .post(
                        courses,
                        Map.of(
                                "title",
                                "Parity",
                                "project",
                                story.id().value(),
                                "pages",
                                List.of(Map.of("title", "Odd and even", "body", "Look at the last digit."))));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(story.lease("bob").code()).isEqualTo("course-missing");
        var read = story.as("bob")
                .post(
                        courses + "/" + made.json().get("id").asString() + "/pages/1/answers",
                        Map.of("version", 1, "answers", List.of()));
        assertThat(read.json().get("passed").asBoolean()).as(read.body()).isTrue();
        var lease = story.lease("bob");
        assertThat(lease.status()).as(lease.body()).isEqualTo(201);
        assertThat(List.of(story.task(0), story.task(1), story.task(2), story.task(3)))
                .as("the exam")
                .contains(lease.json().at("/task/id").asLong());
    }

    private static void hisRecordTellsThatHePassed(GoldStory story) {
        var taken = story.as("bob").get("/me/record").json().at("/clients/0/exams/0");
        assertThat(taken.path("outcome").asString()).as(taken.toString()).isEqualTo("passed");
        assertThat(taken.path("right").asInt()).isEqualTo(2);
    }

    @Test
    void admitsWhoPassesTheExamAndTellsHimAndLetsWhoFailsTryAgainLater() throws Exception {
        var story = new GoldStory(server, "gold-exam", 12);
        story.person("bob", Role.ANNOTATOR);
        story.person("dora", Role.ANNOTATOR);
        var exam = story.gild(0, 4);
        story.policy(Map.of(
                "feedback",
                true,
                "test",
                TEST,
                "exam",
                Map.of("items", exam, "size", 2, "pass", 2, "retryMinutes", 60, "qualification", "knows-parity")));
        var held = server.part(Qualifications.class);
        var tasks = new HashSet<Long>();
        for (var i = 0; i < 2; i++) {
            var lease = story.lease("bob").json();
            tasks.add(lease.at("/task/id").asLong());
            var right = GoldStory.truth(lease.at("/task/asset/name").asString());
            assertThat(held.of(story.client().id(), story.person("bob"))).isEmpty();
            var told = story.submit("bob", lease, right);
            assertThat(told.at("/feedback/right").asBoolean()).isTrue();
            assertThat(told.at("/feedback/text").asString()).contains("digit");
        }
        assertThat(Set.of(story.task(0), story.task(1), story.task(2), story.task(3)))
                .containsAll(tasks);
        assertThat(held.of(story.client().id(), story.person("bob"))).containsExactly("knows-parity");
        hisRecordTellsThatHePassed(story);
        var work = story.lease("bob").json();
        assertThat(tasks).doesNotContain(work.at("/task/id").asLong());

        var failed = story.lease("dora").json();
        tasks.clear();
        tasks.add(failed.at("/task/id").asLong());
        var reply = story.submit(
                "dora",
                failed,
                GoldStory.other(GoldStory.truth(failed.at("/task/asset/name").asString())));
        assertThat(reply.at("/feedback/right").asBoolean(true)).isFalse();
        var refused = story.lease("dora");
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("work-paused");
        assertThat(refused.body()).contains("may try again from");
        var pause = story.as("quinn")
                .get(story.path() + "/pauses")
                .json()
                .get("items")
                .get(0);
        assertThat(pause.get("reason").asString()).isEqualTo("exam");
        story.as("quinn")
                .post(story.path() + "/pauses/" + pause.get("id").asLong() + "/lift", Map.of("reason", "A slip."));
        for (var i = 0; i < 2; i++) {
            var lease = story.lease("dora").json();
            assertThat(tasks.add(lease.at("/task/id").asLong())).isTrue();
            var name = lease.at("/task/asset/name").asString();
            story.submit("dora", lease, GoldStory.truth(name));
        }
        assertThat(held.of(story.client().id(), story.person("dora"))).containsExactly("knows-parity");
    }

    @Test
    void takesGoldFromAReviewedTaskAndRefusesWhatDoesNotFit() throws Exception {
        var story = new GoldStory(server, "gold-add", 4);
        story.person("anna", Role.ANNOTATOR);
        story.person("rosa", Role.REVIEWER);
        var gold = story.path() + "/gold";
        assertThat(story.as("quinn").post(gold, Map.of("task", story.task(0))).code())
                .isEqualTo("not-reviewed");
        var lease = story.lease("anna").json();
        story.submit("anna", lease, "even");
        var review = story.as("rosa").post(story.path() + "/reviews", Map.of()).json();
        story.as("rosa")
                .post(
                        story.path() + "/reviews/" + review.get("id").asLong() + "/decision",
                        Map.of(
                                "token",
                                review.get("token").asString(),
                                "decision",
                                "fix",
                                "answer",
                                GoldStory.answer("odd"),
                                "comments",
                                List.of()));
        var task = lease.at("/task/id").asLong();
        var made = story.as("quinn").post(gold, Map.of("task", task, "difficulty", 5));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var one = gold + "/" + made.json().get("id").asLong();
        var detail = story.as("quinn").get(one).json();
        assertThat(detail.at("/answer/answers/parity").asString())
                .as("as the reviewer mended it")
                .isEqualTo("odd");
        assertThat(detail.at("/gold/category").asString()).isEqualTo("odd");
        assertThat(detail.at("/gold/fromSubmission").asLong()).isPositive();
        assertThat(story.as("quinn").post(gold, Map.of("task", task)).code()).isEqualTo("gold-already");
        var lines = Http.text(Map.of("task", story.task(1), "answer", GoldStory.answer("blue"))) + "\n{\n"
                + Http.text(Map.of("task", 999_999_999)) + "\n"
                + Http.text(Map.of("task", story.task(1), "answer", GoldStory.answer("odd"))) + "\n";
        var report = story.as("quinn")
                .with("Content-Type", "application/x-ndjson")
                .send("POST", gold + "/imports", lines)
                .json();
        assertThat(report.get("accepted").asInt()).isEqualTo(1);
        assertThat(report.get("refused")
                        .valueStream()
                        .map(line -> line.get("line").asInt()))
                .containsExactly(1, 2, 3);
        assertThat(story.as("quinn")
                        .post(one + "/retirement", Map.of("reason", "Wrong."))
                        .status())
                .isEqualTo(204);
        assertThat(story.as("quinn")
                        .post(one + "/retirement", Map.of("reason", "Wrong."))
                        .status())
                .isEqualTo(409);
        keepsNoPolicyThatCannotBe(story, gold);
        isHiddenFromStrangers(story, gold, one);
    }

    private static void keepsNoPolicyThatCannotBe(GoldStory story, String gold) {
        assertThat(story.as("quinn")
                        .put(gold + "/policy", Map.of("block", 2, "gold", 2))
                        .status())
                .isEqualTo(400);
        assertThat(story.as("quinn").get(gold + "/policy").json().get("version").asInt())
                .isZero();
    }

    private void isHiddenFromStrangers(GoldStory story, String gold, String one) throws Exception {
        var stranger = new GoldStory(server, "gold-stranger", 1);
        assertThat(stranger.as("quinn").get(gold).status()).isEqualTo(404);
        assertThat(stranger.as("quinn").get(one).status()).isEqualTo(404);
        var elsewhere = stranger.path() + one.substring(story.path().length());
        assertThat(stranger.as("quinn").get(elsewhere).status()).isEqualTo(404);
        var crossed = story.path().replace("gold-add", "gold-stranger");
        assertThat(stranger.as("quinn").get(crossed + "/gold").status()).isEqualTo(404);
        assertThat(stranger.as("quinn").get(crossed + "/pauses").status()).isEqualTo(404);
    }
}
