package io.etalon.server.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.faults.Cells;
import io.etalon.server.testing.Http;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the people of one vendor see of the people of another: at every address that can be read, nothing. */
class SightTest {
    private static final String WORD = "a word of olga about it";
    private static final int WIDTH = 13;

    /** Two teams; otto of the other team has answered, and olga of the other team has judged it. */
    private record Told(WallStory story, Map<String, String> ids, List<String> canaries) {}

    private static Http.Answer submit(WallStory story, String who, JsonNode lease, int width) {
        var box = new HashMap<String, Object>(
                Map.of("id", "s1", "label", "coin", "type", "box", "x", 1, "y", 2, "width", width, "height", 5));
        box.put("attributes", Map.of());
        return story.as(who)
                .post(
                        story.path + "/leases/" + lease.get("id").asLong() + "/submission",
                        Map.of(
                                "token",
                                lease.get("token"),
                                "answer",
                                Map.of("answers", Map.of(), "shapes", List.of(box)),
                                "activeSeconds",
                                7));
    }

    private static JsonNode review(WallStory story, String who) {
        var review = story.as(who).post(story.path + "/reviews", Map.of());
        assertThat(review.status()).as(review.body()).isEqualTo(201);
        return review.json();
    }

    private static Http.Answer decide(WallStory story, String who, JsonNode review) {
        return story.as(who)
                .post(
                        story.path + "/reviews/" + review.get("id").asLong() + "/decision",
                        Map.of(
                                "token",
                                review.get("token"),
                                "decision",
                                "accept",
                                "comments",
                                List.of(Map.of("text", WORD))));
    }

    private static WallStory teams(String slug, int images) throws Exception {
        var story = new WallStory(slug).begin(images);
        story.member("vera", story.vendorTeam, Role.ANNOTATOR);
        story.member("vince", story.vendorTeam, Role.REVIEWER);
        story.member("vic", story.vendorTeam, Role.WORKFORCE_MANAGER);
        story.member("otto", story.ownTeam, Role.ANNOTATOR);
        story.member("olga", story.ownTeam, Role.REVIEWER);
        return story;
    }

    private static Told told() throws Exception {
        var story = teams("sight-walk", 3);
        var lease = story.lease("otto");
        assertThat(submit(story, "otto", lease, WIDTH).status()).isEqualTo(201);
        assertThat(decide(story, "olga", review(story, "olga")).status()).isEqualTo(201);
        var task = lease.at("/task/id").asString();
        var seen = story.rita().get(story.path + "/tasks/" + task);
        assertThat(seen.status()).as(seen.body()).isEqualTo(200);
        var submission = seen.json().at("/submissionList/0");
        var pseudonym = submission.path("annotator").asString();
        var judge = submission.at("/review/reviewer").asString();
        assertThat(List.of(pseudonym, judge)).allMatch(name -> name.startsWith("p-"));
        // What the vendor's own people did stands beside it.
        assertThat(story.submit("vera", story.lease("vera")).status()).isEqualTo(201);
        review(story, "vince");
        var ids = new TreeMap<String, String>();
        ids.put("client", story.client.slug());
        ids.put("project", story.project().toString());
        ids.put("task", task);
        ids.put("submission", submission.path("id").asString());
        ids.put("asset", seen.json().at("/asset/id").asString());
        ids.put("person", story.id("otto").toString());
        ids.put("vendor", story.ownTeam.toString());
        ids.put("workforce", story.ownTeam.toString());
        ids.put("pseudonym", pseudonym);
        var canaries = new ArrayList<>(
                List.of(pseudonym, judge, WORD, "otto", "olga", story.id("otto").toString()));
        canaries.add(story.id("olga").toString());
        canaries.add("\"width\":" + WIDTH);
        return new Told(story, ids, canaries);
    }

    /** Everything that one person reads at the addresses of a client, in one text; streams are left out. */
    private static Map<String, String> walk(Told told, String who) {
        var bodies = new TreeMap<String, String>();
        var paths = Http.of(WallStory.SERVER).get("//openapi.json").json().path("paths");
        paths.properties().forEach(entry -> {
            var address = entry.getKey();
            if (!address.startsWith("/api/v1/clients/{client}")
                    || !entry.getValue().has("get")
                    || address.endsWith("/events")) {
                return;
            }
            var path = address;
            for (var id : told.ids().entrySet()) {
                path = path.replace("{" + id.getKey() + "}", id.getValue());
            }
            path = path.replaceAll("\\{(number|gold|batch)}", "1")
                    .replaceAll("\\{[a-z]+}", told.ids().get("asset"));
            var answer = told.story().as(who).get("/" + path.replace("**", "0/000"));
            bodies.put(address, answer.status() + " " + answer.body());
        });
        return bodies;
    }

    @Test
    void nobodyOfAVendorReadsAnythingOfAnothersPeopleAtAnyAddress() throws Exception {
        var told = told();
        for (var who : List.of("vera", "vince", "vic")) {
            var bodies = walk(told, who);
            assertThat(bodies).hasSizeGreaterThan(60);
            bodies.forEach((address, body) -> assertThat(told.canaries())
                    .as(who + " at " + address + ": " + body)
                    .noneMatch(body::contains));
        }
        // The control: the client's own requester meets every one of them on the same walk.
        var everything = String.join("\n", walk(told, "rita").values());
        assertThat(told.canaries()).allMatch(everything::contains);
        var story = told.story();
        for (var door : List.of("/quality", "/quality/consensus", "/tasks", "/assets")) {
            assertThat(story.as("vince").get(story.path + door).status())
                    .as(door)
                    .isEqualTo(403);
            assertThat(story.rita().get(story.path + door).status()).as(door).isEqualTo(200);
        }
    }

    @Test
    void whatIsLeasedToAReviewerIsSeenAsLongAsHeHoldsIt() throws Exception {
        var story = teams("sight-leased", 1);
        var lease = story.lease("otto");
        assertThat(submit(story, "otto", lease, WIDTH).status()).isEqualTo(201);
        var task = story.path + "/tasks/" + lease.at("/task/id").asString();
        var asset = story.path + "/assets/"
                + story.rita().get(task).json().at("/asset/id").asString() + "/content";
        assertThat(story.as("vince").get(task).status()).isEqualTo(404);
        assertThat(story.as("vince").get(asset).status()).isEqualTo(404);
        var review = review(story, "vince");
        assertThat(review.toString()).contains("\"width\":" + WIDTH);
        assertThat(story.as("vince").get(task).body()).contains("\"width\":" + WIDTH);
        assertThat(story.as("vince").get(asset).status()).isEqualTo(200);
        assertThat(decide(story, "vince", review).status()).isEqualTo(201);
        assertThat(story.as("vince").get(task).status()).isEqualTo(404);
        assertThat(story.as("vince").get(asset).status()).isEqualTo(404);
        assertThat(story.as("olga").get(task).body()).contains("\"width\":" + WIDTH);
    }

    @Test
    void aProjectOfOthersIsNotThere() throws Exception {
        var story = teams("sight-projects", 1);
        var label = Map.of("id", "coin", "name", "Coin", "color", "#c08a2b", "tool", "box", "attributes", List.of());
        var other = WallStory.id(story.rita()
                .post(
                        story.at + "/projects",
                        Map.of(
                                "name",
                                "Secret",
                                "template",
                                "image-boxes",
                                "redundancy",
                                1,
                                "reviewShare",
                                0,
                                "guidelines",
                                "Only for the others",
                                "workforces",
                                List.of(story.ownTeam),
                                "ontology",
                                Map.of("labels", List.of(label), "questions", List.of()))));
        var path = story.at + "/projects/" + other;
        assertThat(story.as("vince").get(story.at + "/projects").body())
                .contains("Coins")
                .doesNotContain("Secret", other.toString(), story.ownTeam.toString());
        for (var door : List.of("", "/ontology", "/guidelines", "/ontologies", "/guideline-versions")) {
            assertThat(story.as("vince").get(path + door).status()).as(door).isEqualTo(404);
            assertThat(story.as("olga").get(path + door).status()).as(door).isEqualTo(200);
        }
    }

    @Test
    void eachReadingOfATextStandsInTheLogBeforeItIsShown() throws Exception {
        var story = teams("sight-reads", 1);
        var lines = story.rita().get(story.path + "/guideline-versions");
        assertThat(lines.json().at("/items/0/version").asInt()).isEqualTo(1);
        assertThat(lines.body()).doesNotContain("markdown");
        assertThat(reads(story)).isEmpty();
        story.as("vera").get(story.path + "/guidelines");
        for (var i = 0; i < 3; i++) {
            assertThat(story.as("vera").get(story.path + "/ontology").status()).isEqualTo(200);
        }
        var task =
                story.rita().get(story.path + "/tasks").json().at("/items/0/id").asString();
        assertThat(story.rita().get(story.path + "/tasks/" + task).status()).isEqualTo(200);
        var reads = reads(story);
        assertThat(reads).hasSize(3);
        assertThat(reads.get(0)).contains("guidelines");
        assertThat(reads.get(1)).as("once a session").contains("ontology");
        assertThat(reads.get(2)).contains("task");
        var actor = JsonMapper.shared().readTree(reads.get(0)).path("actor").asString();
        var met = story.rita().get(story.at + "/audit/people/" + actor + "/assets");
        assertThat(met.body()).contains("guidelines 1", "ontology 1");
    }

    private static List<String> reads(WallStory story) {
        WallStory.SERVER.part(AuditLog.class).flush(story.client.id());
        var found = new ArrayList<String>();
        story.rita()
                .get(story.at + "/audit/entries?limit=200&op=READ")
                .json()
                .path("items")
                .forEach(item -> found.add(item.path("entry").toString()));
        return found;
    }

    @Test
    void theArchiveAndTheEndOfTheRuleWaitForASecondPerson() throws Exception {
        var story = new WallStory("sight-eyes").begin(1);
        story.member("rex", null, Role.REQUESTER);
        var rule = story.wall(Map.of("kind", "two_persons"));
        var archives = story.at + "/exit/exports";
        story.refuses(story.rita().post(archives, Map.of()), rule);
        var off = Map.of("kind", "two_persons", "inForce", false);
        assertThat(story.rita().put(story.at + "/walls/" + rule, off).code()).isEqualTo("second-person");
        agree(story, "archive");
        var made = story.rita().post(archives, Map.of());
        assertThat(made.status()).as(made.body()).isEqualTo(202);
        // Leave is for who asked: the other one may not fetch what was ordered under it.
        story.refuses(
                story.as("rex").get(archives + "/" + made.json().path("id").asString() + "/file"), rule);
        assertThat(story.rita().put(story.at + "/walls/" + rule, off).code())
                .as("leave for an archive ends no rule")
                .isEqualTo("second-person");
        agree(story, "two_persons");
        assertThat(story.rita().put(story.at + "/walls/" + rule, off).status()).isEqualTo(200);
    }

    private static void agree(WallStory story, String what) {
        var asked = story.rita().post(story.at + "/export-requests", Map.of("what", what, "reason", "we move"));
        var decision = story.at + "/export-requests/" + WallStory.id(asked) + "/decision";
        assertThat(story.rita().post(decision, Map.of("approved", true)).code()).isEqualTo("second-person");
        assertThat(story.as("rex").post(decision, Map.of("approved", true)).status())
                .isEqualTo(200);
    }

    @Test
    void aRuleThatWasChangedInTheTableIsNotWhatTheLogHolds() throws Exception {
        var story = new WallStory("sight-digest");
        var rule = story.wall(Map.of("kind", "country", "countries", List.of("FR", "DE")));
        WallStory.SERVER.part(AuditLog.class).flush(story.client.id());
        var logged =
                story.rita().get(story.at + "/audit/entries?op=WALL_CHANGE").body();
        var versions = story.at + "/walls/" + rule + "/versions";
        var before = digest(story, versions);
        assertThat(logged).contains(before);
        var data = WallStory.SERVER.data();
        try (var control = Cells.control(data);
                var edit = control.prepareStatement(
                        "update wall_rule set terms = replace(terms::text, 'FR', 'KP')::jsonb where id = ?")) {
            edit.setObject(1, rule);
            assertThat(edit.executeUpdate()).isEqualTo(1);
        }
        assertThat(digest(story, versions)).isNotEqualTo(before);
    }

    private static String digest(WallStory story, String versions) {
        return story.rita().get(versions).json().at("/items/0/sha256").asString();
    }
}
