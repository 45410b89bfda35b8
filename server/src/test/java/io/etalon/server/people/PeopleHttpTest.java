package io.etalon.server.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.qualification.Qualifications;
import io.etalon.server.testing.Http;
import io.etalon.server.wall.WallStory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** People at work for a client: what they accept, what they hold, what they say of themselves. */
class PeopleHttpTest {
    private static JsonNode mine(WallStory story, String who) {
        var mine = story.as(who).get(story.at + "/documents/mine");
        assertThat(mine.status()).as(mine.body()).isEqualTo(200);
        return mine.json().path("items").path(0);
    }

    private static Http.Answer accept(WallStory story, String who) {
        var document = mine(story, who).path("document");
        return story.as(who)
                .put(
                        story.at + "/documents/" + document.path("id").asString() + "/acceptance",
                        Map.of(
                                "version",
                                document.path("version").asInt(),
                                "sha256",
                                document.path("sha256").asString()));
    }

    private static void refused(Http.Answer answer, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo(code);
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    @Test
    void showsAndGivesNothingBeforeTheTextIsAccepted() throws Exception {
        var story = new WallStory("people-consent").begin(1);
        story.member("otto", story.ownTeam, Role.ANNOTATOR);
        story.member("olga", story.ownTeam, Role.ANNOTATOR);
        var body = Map.of("kind", "consent", "title", "Your data", "body", "We keep what you answer.");
        var document = WallStory.id(story.rita().post(story.at + "/documents", body));

        refused(story.ask("otto"), "consent-missing");
        refused(story.as("otto").get(story.path + "/leases"), "consent-missing");
        assertThat(story.ask("otto").body()).contains(document.toString(), "Your data");
        assertThat(story.rita().get(story.path).status())
                .as("who arranges the work is not asked")
                .isEqualTo(200);
        var stale = story.as("otto")
                .put(
                        story.at + "/documents/" + document + "/acceptance",
                        Map.of("version", 1, "sha256", "0".repeat(64)));
        assertThat(stale.code()).isEqualTo("document-stale");
        assertThat(accept(story, "otto").status()).isEqualTo(200);
        var lease = story.lease("otto");

        var other = Map.of("kind", "consent", "title", "Your data", "body", "We keep what you answer for a year.");
        var second = story.rita().put(story.at + "/documents/" + document, other);
        assertThat(second.json().path("version").asInt()).isEqualTo(2);
        refused(story.as("otto").get(story.path + "/leases"), "consent-missing");
        assertThat(mine(story, "otto").path("accepted").asBoolean()).isFalse();
        assertThat(mine(story, "otto").path("saidVersion").asInt()).isEqualTo(1);
        assertThat(accept(story, "otto").status()).isEqualTo(200);
        assertThat(story.as("otto").get(story.path + "/leases").status()).isEqualTo(200);

        var gone = story.as("otto").delete(story.at + "/documents/" + document + "/acceptance");
        assertThat(gone.status()).as(gone.body()).isEqualTo(204);
        refused(story.ask("otto"), "consent-missing");
        assertThat(story.submit("otto", lease).code()).isEqualTo("lease-stale");
        assertThat(accept(story, "olga").status()).isEqualTo(200);
        assertThat(story.lease("olga").at("/task/id").asLong())
                .as("what he held goes to others")
                .isEqualTo(lease.at("/task/id").asLong());

        WallStory.SERVER.part(AuditLog.class).flush(story.client.id());
        var log = story.rita()
                .get(story.at + "/audit/entries?limit=200&op=CONSENT")
                .body();
        assertThat(log)
                .contains(
                        "\"withdraw\"",
                        "\"accept\"",
                        second.json().path("sha256").asString());
        assertThatThrownBy(() -> WallStory.SERVER
                        .scope()
                        .clientDo(
                                story.client.id(),
                                tx -> tx.db()
                                        .sql("update document_acceptance set act = 'accept'")
                                        .update()))
                .as("a word on a text is never changed")
                .hasStackTraceContaining("permission denied");
    }

    @Test
    void aManagerSetsTextsForHisOwnPeopleOnly() throws Exception {
        var story = new WallStory("people-manager").begin(1);
        story.member("vera", story.vendorTeam, Role.ANNOTATOR);
        story.member("otto", story.ownTeam, Role.ANNOTATOR);
        story.member("max", story.vendorTeam, Role.WORKFORCE_MANAGER);
        var forAll = Map.of("kind", "nda", "title", "Secrecy", "body", "Say nothing.");
        refused(story.as("max").post(story.at + "/documents", forAll), "forbidden");
        var own = Map.of("kind", "nda", "title", "Secrecy", "body", "Say nothing.", "workforce", story.vendorTeam);
        var document = WallStory.id(story.as("max").post(story.at + "/documents", own));
        refused(story.ask("vera"), "consent-missing");
        assertThat(story.ask("otto").status()).isEqualTo(201);
        assertThat(story.as("otto")
                        .put(
                                story.at + "/documents/" + document + "/acceptance",
                                Map.of("version", 1, "sha256", "0".repeat(64)))
                        .status())
                .as("not for him")
                .isEqualTo(404);
    }

    private static UUID licence(WallStory story, String to) {
        return WallStory.id(story.as("otto")
                .post(
                        story.at + "/licences",
                        Map.of(
                                "kind",
                                "medical-doctor",
                                "country",
                                "FR",
                                "number",
                                "RPPS 10003",
                                "from",
                                "2020-01-01",
                                "to",
                                to)));
    }

    private static Http.Answer verify(WallStory story, String who, UUID licence, boolean verified) {
        return story.as(who).put(story.at + "/licences/" + licence + "/verification", Map.of("verified", verified));
    }

    @Test
    void aLicenceCountsWhileItIsVerifiedAndValid() throws Exception {
        var story = new WallStory("people-licence").begin(3);
        story.member("otto", story.ownTeam, Role.ANNOTATOR);
        story.member("mona", story.ownTeam, Role.WORKFORCE_MANAGER);
        story.member("max", story.vendorTeam, Role.WORKFORCE_MANAGER);
        story.wall(Map.of("kind", "licence", "qualifications", List.of("licence.medical-doctor.fr")));
        refused(story.ask("otto"), "wall");

        var over = licence(story, today().minusDays(1).toString());
        assertThat(verify(story, "mona", over, true).json().path("state").asString())
                .isEqualTo("expired");
        refused(story.ask("otto"), "wall");
        var good = licence(story, today().plusDays(300).toString());
        refused(story.ask("otto"), "wall");
        assertThat(verify(story, "max", good, true).status())
                .as("another workforce's manager")
                .isEqualTo(404);
        assertThat(verify(story, "otto", good, true).status())
                .as("an annotator")
                .isEqualTo(403);
        assertThat(verify(story, "mona", good, true).json().path("state").asString())
                .isEqualTo("verified");
        assertThat(story.ask("otto").status()).isEqualTo(201);
        assertThat(verify(story, "mona", good, false).status()).isEqualTo(200);
        refused(story.ask("otto"), "wall");
        assertThat(verify(story, "mona", good, true).status()).isEqualTo(200);
        assertThat(story.ask("otto").status()).isEqualTo(201);
        assertThat(story.as("otto").delete(story.at + "/licences/" + good).status())
                .isEqualTo(204);
        refused(story.ask("otto"), "wall");

        var stored = WallStory.SERVER
                .scope()
                .control(tx -> tx.db()
                        .sql("select encode(number, 'escape') from licence where id = ?")
                        .param(good)
                        .query(String.class)
                        .single());
        assertThat(stored).doesNotContain("RPPS");
        story.member("quinn", null, Role.QUALITY_LEAD);
        var forged = story.as("quinn")
                .post(
                        story.at + "/people/" + story.id("otto").value() + "/qualifications",
                        Map.of("key", "licence.medical-doctor.fr"));
        assertThat(forged.status()).as("nobody grants a licence by hand").isEqualTo(400);
    }

    @Test
    void aTierCountsForThoseBelowIt() throws Exception {
        var story = new WallStory("people-tier").begin(1);
        story.member("otto", story.ownTeam, Role.ANNOTATOR);
        var qualifications = WallStory.SERVER.part(Qualifications.class);
        qualifications.grant(story.client.id(), story.id("otto"), "tier.3", null, "{}", Grants.By.SYSTEM);
        assertThat(qualifications.of(story.client.id(), story.id("otto"))).containsOnly("tier.1", "tier.2", "tier.3");
        story.wall(Map.of("kind", "licence", "qualifications", List.of("tier.2")));
        assertThat(story.ask("otto").status()).isEqualTo(201);
    }

    @Test
    void aManagerSeesConsentsLicencesTiersAndCapacity() throws Exception {
        var story = new WallStory("people-standing").begin(1);
        story.member("otto", story.ownTeam, Role.ANNOTATOR);
        story.member("mona", story.ownTeam, Role.WORKFORCE_MANAGER);
        story.member("vera", story.vendorTeam, Role.ANNOTATOR);
        WallStory.id(story.rita()
                .post(story.at + "/documents", Map.of("kind", "nda", "title", "Secrecy", "body", "Say nothing.")));
        licence(story, today().plusDays(30).toString());
        var off = today().plusDays(1);
        var said = story.as("otto")
                .put(
                        "/me/description",
                        Map.of(
                                "residence",
                                "BE",
                                "languages",
                                List.of(Map.of("language", "fr", "level", "native")),
                                "skills",
                                List.of(Map.of("skill", "radiology", "level", 4)),
                                "availability",
                                Map.of(
                                        "timeZone",
                                        "UTC",
                                        "minutes",
                                        List.of(60, 60, 60, 60, 60, 60, 60),
                                        "daysOff",
                                        List.of(off.toString()))));
        assertThat(said.status()).as(said.body()).isEqualTo(200);

        var seen = story.as("mona").get(story.at + "/standings");
        assertThat(seen.status()).as(seen.body()).isEqualTo(200);
        assertThat(seen.body()).doesNotContain("vera");
        var otto = seen.json()
                .path("items")
                .valueStream()
                .filter(one -> one.path("name").asString().equals("otto"))
                .findFirst()
                .orElseThrow();
        assertThat(otto.at("/consents/0/state").asString()).isEqualTo("missing");
        assertThat(otto.at("/licences/0/state").asString()).isEqualTo("stated");
        assertThat(otto.path("residence").asString()).isEqualTo("BE");
        assertThat(otto.at("/languages/0/level").asString()).isEqualTo("native");
        assertThat(otto.path("minutesAWeek").asInt()).isEqualTo(420);
        assertThat(otto.path("minutesAhead").asInt()).isEqualTo(27 * 60);
        assertThat(story.as("otto")
                        .put("/me/profile", Map.of("languages", List.of("de", "fr")))
                        .status())
                .isEqualTo(200);
        assertThat(story.as("otto").get("/me/description").body())
                .as("a level stays with its language")
                .contains("native", "\"de\"");
        var wrong = story.as("otto")
                .put("/me/description", Map.of("availability", Map.of("timeZone", "Mars", "minutes", List.of(1))));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("/availability/timeZone");
    }
}
