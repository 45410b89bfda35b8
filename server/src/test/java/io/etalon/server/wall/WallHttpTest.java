package io.etalon.server.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.feed.Listening;
import io.etalon.server.qualification.Qualifications;
import io.etalon.server.testing.Http;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Walls as those meet them whom they keep out, at every door. */
class WallHttpTest {
    private static int content(String url) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static List<JsonNode> closings(WallStory story) {
        return story.rita()
                .get(story.at + "/walls/closings")
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    @Test
    void aStakeShutsTheVendorOutAtOnceAndLosesNothing() throws Exception {
        var story = new WallStory("wall-stake").begin(3);
        story.member("vera", story.vendorTeam, Role.ANNOTATOR);
        story.member("vince", story.vendorTeam, Role.REVIEWER, Role.WORKFORCE_MANAGER);
        story.member("otto", story.ownTeam, Role.ANNOTATOR);
        var rule = story.wallAgainstOwners(story.rival);
        var first = story.lease("vera");
        assertThat(story.submit("vera", first).status()).isLessThan(300);
        var lease = story.lease("vera");
        var url = lease.at("/task/content/url").asString();
        assertThat(content(url)).isEqualTo(200);
        var review = story.as("vince").post(story.path + "/reviews", Map.of());
        assertThat(review.status()).isEqualTo(201);
        try (var stream = Listening.to(WallStory.SERVER, story.cookie("vince"), story.path + "/events", null)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(WallStory.enter(story.rival, story.vendor, "19.9999").status())
                    .isEqualTo(201);
            assertThat(story.as("vera").get(story.path + "/leases").status()).isEqualTo(200);
            assertThat(WallStory.enter(story.rival, story.vendor, "0.0001").status())
                    .isEqualTo(201);
            assertThat(story.as("vera").get(story.path + "/leases").status())
                    .as("20 % are not more than 20 %")
                    .isEqualTo(200);
            var stake = WallStory.enter(story.rival, story.vendor, "29");
            assertThat(stake.status()).as(stake.body()).isEqualTo(201);

            story.refuses(story.ask("vera"), rule);
            story.refuses(story.as("vera").get(story.path + "/leases"), rule);
            story.refuses(story.as("vera").get(story.at), rule);
            story.refuses(story.as("vince").post(story.path + "/reviews", Map.of()), rule);
            story.refuses(story.as("vince").get(story.at + "/people"), rule);
            story.refuses(
                    story.as("vera")
                            .post(
                                    story.path + "/assets/"
                                            + lease.at("/task/asset/id").asString() + "/view",
                                    Map.of()),
                    rule);
            assertThat(content(url))
                    .as("a signed address opens nothing any more")
                    .isEqualTo(404);
            assertThat(story.as("vera").get("/work").body()).doesNotContain("wall-stake");
            story.refuses(
                    story.rita()
                            .post(
                                    story.at + "/invitations",
                                    Map.of(
                                            "email",
                                            "new@wall-stake.example",
                                            "roles",
                                            List.of("annotator"),
                                            "workforce",
                                            story.vendorTeam)),
                    rule);

            var late = story.submit("vera", lease);
            assertThat(late.status()).as(late.body()).isEqualTo(409);
            assertThat(late.code()).isEqualTo("lease-stale");
            var taken = Set.of(
                    story.lease("otto").at("/task/id").asLong(),
                    story.lease("otto").at("/task/id").asLong());
            assertThat(taken).contains(lease.at("/task/id").asLong());
            assertThat(ended(stream)).as("the stream ends").isTrue();

            var closing = closings(story).getFirst();
            assertThat(closing.path("subject").asString()).isEqualTo(story.vendorTeam.toString());
            assertThat(closing.path("rule").asString()).isEqualTo(rule.toString());
            assertThat(closing.path("people").asInt()).isEqualTo(2);
            assertThat(closing.path("leases").asInt()).isEqualTo(2);
            assertThat(closing.has("fencedAt")).isTrue();
            assertThat(story.denials())
                    .hasSizeGreaterThanOrEqualTo(8)
                    .allSatisfy(entry -> assertThat(entry).contains(rule.toString()));

            var id = stake.json().path("id").asString();
            var end = WallStory.operator().post("/stakes/" + id + "/end", Map.of());
            assertThat(end.status()).as(end.body()).isEqualTo(200);
            assertThat(WallStory.operator()
                            .post("/stakes/" + id + "/end", Map.of())
                            .code())
                    .isEqualTo("stake-closed");
            assertThat(story.as("vera").get(story.path + "/leases").status())
                    .as("let in again")
                    .isEqualTo(200);
            assertThat(closings(story).getFirst().path("opened").asBoolean()).isTrue();
        }
    }

    /** A quiet stream is looked at with each heartbeat, every fifteen seconds; one with events every second. */
    private static boolean ended(Listening stream) throws InterruptedException {
        for (var quiet = 0; quiet < 3; ) {
            try {
                if (stream.next().name().equals("end")) {
                    return true;
                }
            } catch (AssertionError nothingCame) {
                quiet++;
            }
        }
        return false;
    }

    @Test
    void aClientSeesWhoStandsAboveItsVendorsOnAnyDay() throws Exception {
        var story = new WallStory("wall-graph");
        var between = WallStory.organisation("wall-graph between");
        assertThat(WallStory.enter(story.rival, between, "50").status()).isEqualTo(201);
        assertThat(WallStory.enter(between, story.vendor, "49").status()).isEqualTo(201);
        var today = story.rita().get(story.at + "/ownership").json();
        assertThat(today.path("stakes")).hasSize(2);
        assertThat(today.path("holdings")
                        .valueStream()
                        .filter(held -> held.path("owner").asString().equals(story.rival.toString()))
                        .findFirst()
                        .orElseThrow()
                        .path("percent")
                        .decimalValue())
                .isEqualByComparingTo("24.5");
        var before = story.rita().get(story.at + "/ownership?asOf=2025-06-12").json();
        assertThat(before.path("stakes")).isEmpty();
        assertThat(story.rita().get(story.at + "/ownership?asOf=soon").status()).isEqualTo(400);
        var found = story.rita().get(story.at + "/organisations?name=WALL-graph%20RIVAL");
        assertThat(found.json().at("/items/0/id").asString()).isEqualTo(story.rival.toString());
        assertThat(WallStory.enter(story.own, story.vendor, "51.0001").body()).contains("/percent");
        assertThat(WallStory.operator()
                        .get("/organisations/" + story.vendor + "/holders")
                        .json()
                        .path("items"))
                .hasSize(2);
        var news = WallStory.SERVER
                .scope()
                .client(
                        story.client.id(),
                        tx -> tx.db()
                                .sql("select count(*) from outbox where kind = 'ownership.changed'")
                                .query(Integer.class)
                                .single());
        assertThat(news).isEqualTo(2);
    }

    @Test
    void whoWorksForARivalIsRefusedUntilHeHasCooledDown() throws Exception {
        var one = new WallStory("wall-rival-a").begin(2);
        var other = new WallStory("wall-rival-b").begin(2);
        var rule = other.wall(Map.of("kind", "rival", "competitors", List.of(one.own), "days", 30));
        one.member("pia", one.ownTeam, Role.ANNOTATOR);
        other.join("pia", one.id("pia"), other.ownTeam, Role.ANNOTATOR);
        one.lease("pia");
        other.refuses(other.ask("pia"), rule);
        other.refuses(other.as("pia").get(other.path + "/leases"), rule);
        assertThat(other.denials())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(entry -> assertThat(entry)
                        .contains(rule.toString())
                        .doesNotContain(one.client.id().toString()));
        assertThat(one.ask("pia").status()).isEqualTo(201);

        other.member("quinn", other.ownTeam, Role.ANNOTATOR);
        one.join("quinn", other.id("quinn"), one.ownTeam, Role.ANNOTATOR);
        other.lease("quinn");
        var refused = one.ask("quinn");
        assertThat(refused.status()).as("a conflict holds for both").isEqualTo(403);
        assertThat(refused.body()).doesNotContain(rule.toString(), other.client.slug(), other.client.name());

        var off = Map.of("kind", "rival", "competitors", List.of(one.own), "days", 30, "inForce", false);
        assertThat(other.rita().put(other.at + "/walls/" + rule, off).status()).isEqualTo(200);
        assertThat(other.ask("pia").status()).isEqualTo(201);
        var what = other.rita()
                .post(
                        other.at + "/walls/what-if",
                        Map.of("rules", List.of(Map.of("kind", "rival", "competitors", List.of(one.own), "days", 30))));
        assertThat(what.json().path("people").asInt()).as(what.body()).isEqualTo(1);
        assertThat(what.json().path("openLeases").asInt()).isEqualTo(1);
    }

    @Test
    void onlyTheseCountriesAndOnlyWithThisLicence() throws Exception {
        var story = new WallStory("wall-place").begin(4);
        story.member("mona", story.ownTeam, Role.WORKFORCE_MANAGER);
        story.member("otto", story.ownTeam, Role.ANNOTATOR);
        var country = story.wall(Map.of("kind", "country", "countries", List.of("FR", "DE")));
        story.refuses(story.ask("otto"), country);
        story.refuses(story.as("otto").get(story.path + "/leases"), country);
        var at = story.at + "/people/" + story.id("otto") + "/country";
        assertThat(story.as("mona").put(at, Map.of("country", "FR")).status()).isLessThan(300);
        story.lease("otto");
        assertThat(story.as("mona").put(at, Map.of("country", "US")).status()).isLessThan(300);
        story.refuses(story.ask("otto"), country);
        assertThat(story.as("mona").put(at, Map.of("country", "DE")).status()).isLessThan(300);

        var licence = story.wall(Map.of("kind", "licence", "qualifications", List.of("medical")));
        story.refuses(story.ask("otto"), licence);
        WallStory.SERVER
                .part(Qualifications.class)
                .grant(story.client.id(), story.id("otto"), "medical", null, "{}", Grants.By.SYSTEM);
        story.lease("otto");
        assertThat(story.denials()).anyMatch(entry -> entry.contains(licence.toString()));
        assertThat(story.rita().get(story.at + "/walls").body())
                .contains("Only people who work in DE or FR.", "Only people who hold medical.");
    }

    @Test
    void nothingLeavesBeforeASecondPersonHasAgreed() throws Exception {
        var story = new WallStory("wall-eyes").begin(1);
        story.member("rex", null, Role.REQUESTER);
        var made = story.rita().post(story.path + "/exports", Map.of("format", "jsonl"));
        assertThat(made.status()).as(made.body()).isEqualTo(202);
        var file = story.path + "/exports/" + made.json().path("id").asString() + "/file";
        var rule = story.wall(Map.of("kind", "two_persons"));
        story.refuses(story.rita().post(story.path + "/exports", Map.of("format", "jsonl")), rule);
        for (var i = 0; i < 100 && story.as("rex").get(file).status() == 409; i++) {
            Thread.onSpinWait();
        }
        var asked = story.rita()
                .post(story.at + "/export-requests", Map.of("project", story.project(), "reason", "for the paper"));
        var request = story.at + "/export-requests/" + WallStory.id(asked) + "/decision";
        assertThat(story.rita().post(request, Map.of("approved", true)).code()).isEqualTo("second-person");
        assertThat(story.as("rex").post(request, Map.of("approved", true)).status())
                .isEqualTo(200);
        assertThat(story.as("rex").post(request, Map.of("approved", false)).code())
                .isEqualTo("export-request-decided");
        assertThat(story.rita()
                        .post(story.path + "/exports", Map.of("format", "jsonl"))
                        .status())
                .isEqualTo(202);
        story.refuses(story.as("rex").post(story.path + "/exports", Map.of("format", "jsonl")), rule);
        assertThat(story.as("rex").get(story.at + "/export-requests").body()).contains("for the paper");
    }

    @Test
    void whatIfTellsWhomARuleOrAStakeWouldStopAndChangesNothing() throws Exception {
        var story = new WallStory("wall-what-if").begin(3);
        story.member("vera", story.vendorTeam, Role.ANNOTATOR);
        story.member("otto", story.ownTeam, Role.ANNOTATOR);
        story.lease("vera");
        var terms = Map.of("kind", "owner", "competitors", List.of(story.rival), "percent", 24);
        var stake = Map.of("owner", story.rival, "held", story.vendor, "percent", 49, "voting", false);
        var address = story.at + "/walls/what-if";
        assertThat(story.rita()
                        .post(address, Map.of("rules", List.of(terms)))
                        .json()
                        .path("people")
                        .asInt())
                .isZero();
        assertThat(story.rita()
                        .post(address, Map.of("stake", stake))
                        .json()
                        .path("people")
                        .asInt())
                .isZero();
        var both = story.rita().post(address, Map.of("rules", List.of(terms), "stake", stake));
        assertThat(both.json().at("/stopped/0/subject").asString())
                .as(both.body())
                .isEqualTo(story.vendorTeam.toString());
        assertThat(both.json().path("people").asInt()).isEqualTo(1);
        assertThat(both.json().path("openLeases").asInt()).isEqualTo(1);
        assertThat(both.json().at("/projects/0/remaining").asInt()).isEqualTo(1);
        assertThat(story.ask("vera").status()).isEqualTo(201);
        assertThat(closings(story)).isEmpty();
        assertThat(story.rita()
                        .post(address, Map.of("rules", List.of(Map.of("kind", "moat"))))
                        .body())
                .contains("/rules/0/kind");
    }

    @Test
    void noLeaseOfTheVendorIsGrantedAfterTheStakeIsEnteredHoweverManyAskMeanwhile() throws Exception {
        var story = new WallStory("wall-parallel").begin(40);
        var rule = story.wallAgainstOwners(story.rival);
        var names = List.of("v1", "v2", "v3", "v4");
        names.forEach(name -> story.member(name, story.vendorTeam, Role.ANNOTATOR));
        var over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var name : names) {
                threads.submit(() -> {
                    while (!over.get()) {
                        var lease = story.ask(name);
                        if (lease.status() == 201) {
                            story.submit(name, lease.json());
                        }
                    }
                    return null;
                });
            }
            for (var name : names) {
                while (leases(story, name, "") == 0) {
                    Thread.onSpinWait();
                }
            }
            assertThat(WallStory.enter(story.rival, story.vendor, "49").status())
                    .isEqualTo(201);
            for (var name : names) {
                story.refuses(story.ask(name), rule);
            }
            over.set(true);
        }
        var entered = """
                and granted_at > (select max(at) from wall_closing where not opened)""";
        var open = " and not exists (select from lease_end e where e.lease = l.id)"
                + " and not exists (select from submission s where s.lease = l.id)";
        for (var name : names) {
            assertThat(leases(story, name, entered))
                    .as("granted after the change")
                    .isZero();
            assertThat(leases(story, name, open)).as("open after the change").isZero();
        }
    }

    private static int leases(WallStory story, String name, String more) {
        return WallStory.SERVER
                .scope()
                .client(
                        story.client.id(),
                        tx -> tx.db()
                                .sql("select count(*) from lease l where person = ? " + more)
                                .param(story.id(name).value())
                                .query(Integer.class)
                                .single());
    }

    @Test
    void rulesKeepTheirHistoryAndOthersSeeNothingOfThem() throws Exception {
        var story = new WallStory("wall-history");
        var rule = story.wallAgainstOwners(story.rival);
        var address = story.at + "/walls/" + rule;
        var stricter = Map.of("kind", "owner", "competitors", List.of(story.rival), "percent", 39);
        assertThat(story.rita().put(address, stricter).json().path("version").asInt())
                .isEqualTo(2);
        assertThat(story.rita().put(address, stricter).json().path("version").asInt())
                .as("twice is once")
                .isEqualTo(2);
        assertThat(story.rita().put(address, Map.of("kind", "two_persons")).body())
                .contains("/kind");
        assertThat(story.rita().get(address + "/versions").json().path("items")).hasSize(2);
        assertThat(story.rita().get(story.at + "/walls").body())
                .contains("No workforce of a vendor in which wall-history rival holds more than 39 %");
        var stranger = new WallStory("wall-stranger");
        assertThat(stranger.rita().put(stranger.at + "/walls/" + rule, stricter).status())
                .isEqualTo(404);
        assertThat(stranger.rita().get(story.at + "/walls").status()).isEqualTo(404);
        var unknown = Map.of("kind", "owner", "competitors", List.of(UUID.randomUUID()), "percent", 39);
        assertThat(story.rita().post(story.at + "/walls", unknown).body()).contains("/competitors");
        assertThat(Http.of(WallStory.SERVER).get(story.at + "/walls").status()).isEqualTo(401);
    }
}
