package io.etalon.server.residency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Role;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Members;
import io.etalon.server.testing.TestServer;
import io.etalon.server.wall.WallStory;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists of countries as those meet them who are elsewhere. */
class ResidencyHttpTest {
    private static Map<String, Object> list(String concern, String... countries) {
        return Map.of("concern", concern, "countries", List.of(countries));
    }

    private static void lives(WallStory story, String who, String country) {
        var said = story.as(who).put("/me/description", Map.of("residence", country));
        assertThat(said.status()).as(said.body()).isEqualTo(200);
    }

    private static void refused(Http.Answer answer, String rule) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("residency");
        assertThat(answer.body()).contains(rule);
    }

    @Test
    void refusesLeaseViewReviewAndExportFromTheWrongPlace() throws Exception {
        var story = new WallStory("residency-people").begin(2);
        story.member("otto", story.ownTeam, Role.ANNOTATOR, Role.REVIEWER);
        story.member("frida", story.ownTeam, Role.ANNOTATOR);
        story.member("mona", story.ownTeam, Role.WORKFORCE_MANAGER);
        lives(story, "otto", "US");
        lives(story, "frida", "FR");
        var lease = story.lease("otto");
        var locked = story.rita().put(story.at + "/residency", list("people", "FR", "DE"));
        assertThat(locked.code()).as(locked.body()).isEqualTo("residency-self");
        lives(story, "rita", "FR");

        var supposed = story.rita().post(story.at + "/residency/what-if", list("people", "FR", "DE"));
        assertThat(supposed.json().path("people").toString())
                .contains(story.id("otto").toString(), story.id("mona").toString())
                .doesNotContain(story.id("frida").toString(), story.id("rita").toString());
        assertThat(supposed.json().at("/projects/0/openLeases").asInt()).isEqualTo(1);
        assertThat(story.as("otto").get(story.path + "/leases").status())
                .as("asking changes nothing")
                .isEqualTo(200);

        var set = story.rita().put(story.at + "/residency", list("people", "FR", "DE"));
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        var rule = set.json().path("id").asString();
        assertThat(set.json().path("sentence").asString()).isEqualTo("Only people in DE or FR.");
        refused(story.ask("otto"), rule);
        refused(story.as("otto").post(story.path + "/reviews", Map.of()), rule);
        refused(story.as("otto").get(story.path + "/leases"), rule);
        var asset = lease.at("/task/asset/id").asString();
        refused(story.as("otto").post(story.path + "/assets/" + asset + "/view", Map.of()), rule);
        story.member("lena", null, Role.REQUESTER);
        refused(story.as("lena").post(story.path + "/exports", Map.of()), rule);
        assertThat(story.as("otto").get("/work").body()).doesNotContain("residency-people");
        assertThat(story.submit("otto", lease).code())
                .as("what he held was taken back")
                .isEqualTo("lease-stale");
        assertThat(story.ask("frida").status()).isEqualTo(201);
        assertThat(story.denials())
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(entry -> assertThat(entry).contains(rule, "residency_people"));

        var moved = story.as("mona")
                .put(story.at + "/people/" + story.id("otto").value() + "/country", Map.of("country", "FR"));
        assertThat(moved.status()).as(moved.body()).isEqualTo(200);
        refused(story.ask("otto"), rule);
        lives(story, "otto", "DE");
        assertThat(story.ask("otto").status()).as("works in FR, lives in DE").isEqualTo(201);
        narrowerForOneProject(story);
    }

    private static void narrowerForOneProject(WallStory story) {
        var project = story.project().toString();
        var wide = Map.of("concern", "people", "countries", List.of("ES"), "project", project);
        assertThat(story.rita().put(story.at + "/residency", wide).status())
                .as("not among the client's own")
                .isEqualTo(400);
        var narrow = Map.of("concern", "people", "countries", List.of("FR"), "project", project);
        var set = story.rita().put(story.at + "/residency", narrow);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        var rule = set.json().path("id").asString();
        refused(story.ask("otto"), rule);
        assertThat(story.as("frida").get(story.path + "/leases").status()).isEqualTo(200);
        var off = Map.of("concern", "people", "countries", List.of("FR"), "project", project, "inForce", false);
        assertThat(story.rita()
                        .put(story.at + "/residency", off)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(story.as("otto").get(story.path + "/leases").status()).isEqualTo(200);
        var versions = story.rita().get(story.at + "/residency/" + rule + "/versions");
        assertThat(versions.json().path("items").size()).isEqualTo(2);
    }

    @Test
    void aServerThatSaysNoCountryTakesNoListOfPlacesForData() throws Exception {
        var story = new WallStory("residency-unstated");
        var set = story.rita().put(story.at + "/residency", list("storage", "FR"));
        assertThat(set.status()).as(set.body()).isEqualTo(409);
        assertThat(set.code()).isEqualTo("residency-server");
        assertThat(set.body()).contains("--country");
        var supposed = story.rita().post(story.at + "/residency/what-if", list("processing", "FR"));
        assertThat(supposed.json().path("served").asBoolean()).isFalse();
    }

    @Test
    void aServerInTheWrongCountryServesTheClientNoMore() throws Exception {
        var data = TestServer.freshData();
        var networks = data.resolveSibling(data.getFileName() + "-networks");
        Files.writeString(networks, "# loopback\n127.0.0.0/8 FR\n127.0.0.0/30 DE\n127.0.0.1/32 FR\n", UTF_8);
        var server = TestServer.in(data, "FR", networks);
        var client = server.clients().create("resident", "Resident");
        var person = new Members(server).of(client, Role.REQUESTER);
        var other = server.clients().create("anywhere", "Anywhere");
        var elsewhere = new Members(server).of(other, Role.REQUESTER);
        var rita = Http.as(server, person);
        assertThat(rita.put("/me/description", Map.of("residence", "FR")).status())
                .isEqualTo(200);
        for (var concern : List.of("storage", "processing", "people")) {
            var set = rita.put("/clients/resident/residency", list(concern, "FR"));
            assertThat(set.status()).as(set.body()).isEqualTo(200);
        }
        assertThat(rita.put("/clients/resident/residency", list("storage", "DE"))
                        .code())
                .isEqualTo("residency-server");
        assertThat(rita.get("/clients/resident").status()).isEqualTo(200);
        assertThat(rita.get("/clients/resident/projects").status()).isEqualTo(200);
        server.close();

        Files.writeString(networks, "127.0.0.0/8 US\n", UTF_8);
        try (var abroad = TestServer.in(data, "FR", networks)) {
            var made = Http.as(abroad, person).get("/clients/resident/projects/" + client.id());
            assertThat(made.code()).as("the network is elsewhere").isEqualTo("residency");
        }
        try (var moved = TestServer.in(data, "DE", networks)) {
            var refused = Http.as(moved, person).get("/clients/resident");
            assertThat(refused.code()).as(refused.body()).isEqualTo("residency");
            assertThat(refused.body()).contains("in FR only.", "stands in DE");
            assertThat(Http.as(moved, elsewhere).get("/clients/anywhere").status())
                    .as("others are served")
                    .isEqualTo(200);
        }
    }
}
