package io.etalon.server.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.testing.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What stands in a contract is asked at the lease, measured, and kept apart by currency. */
class ContractTermsTest {
    private final TestServer server = TestServer.shared();

    private static void agree(VendorStory story, UUID vendor, Map<String, ?> more) {
        var contract = new HashMap<String, Object>();
        contract.put("currency", "EUR");
        contract.put("prices", List.of(Map.of("unit", "task", "amount", "0.10")));
        contract.put("from", "2020-01-01");
        contract.putAll(more);
        var set = VendorStory.keyed(story.requester).put(story.path() + "/vendors/" + vendor + "/contract", contract);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    private static void worksIn(VendorStory story, String who, String country) {
        var said = story.as("manager")
                .put(story.path() + "/people/" + story.person(who).value() + "/country", Map.of("country", country));
        assertThat(said.status()).as(said.body()).isEqualTo(200);
    }

    private static JsonNode ifStopped(VendorStory story, UUID vendor) {
        return story.requester
                .get(story.path() + "/vendors/" + vendor + "/stop-preview")
                .json();
    }

    @Test
    void aContractsCountriesAreAskedAtTheLeaseAndByWhatIf() throws Exception {
        var story = new VendorStory(server, "terms-places");
        var north = story.vendor("North", "nora");
        var south = story.vendor("South", "sam");
        story.person("manager", story.teams.get("North"), Role.WORKFORCE_MANAGER);
        var project = story.project(4, 1);
        assertThat(story.lease(project, "nora").status()).isEqualTo(201);
        agree(story, north, Map.of("countries", List.of("FR", "PT")));
        var unknown = story.lease(project, "nora");
        assertThat(unknown.status()).as("nobody said where she is").isEqualTo(403);
        assertThat(unknown.body()).contains("FR, PT", "version 1");
        worksIn(story, "nora", "PH");
        assertThat(story.lease(project, "nora").status()).isEqualTo(403);
        assertThat(ifStopped(story, south).at("/projects/0/qualifiedOthers").asInt())
                .isZero();
        worksIn(story, "nora", "PT");
        assertThat(story.lease(project, "nora").status()).isEqualTo(201);
        assertThat(ifStopped(story, south).at("/projects/0/qualifiedOthers").asInt())
                .isEqualTo(1);
        var log = server.part(AuditLog.class);
        log.flush(story.client.id());
        assertThat(log.entries(story.client.id(), new EntryFilter(null, null, null, AuditOp.WALL_DENY), 0, 10))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.entry()).contains("The contract of your workforce"));
        worksIn(story, "nora", "PH");
        agree(story, north, Map.of("countries", List.of()));
        assertThat(story.lease(project, "nora").status()).isEqualTo(201);
    }

    @Test
    void whatIfAsksForLanguagesToo() throws Exception {
        var story = new VendorStory(server, "terms-tongues");
        story.vendor("North", "nora");
        var south = story.vendor("South", "sam");
        var project = story.project(4, 1);
        assertThat(ifStopped(story, south).at("/projects/0/qualifiedOthers").asInt())
                .isEqualTo(1);
        var rules = VendorStory.keyed(story.requester)
                .with("If-Match", "*")
                .put(project + "/queue", Map.of("audience", Map.of("languages", List.of("fr"))));
        assertThat(rules.status()).as(rules.body()).isEqualTo(200);
        assertThat(ifStopped(story, south).at("/projects/0/qualifiedOthers").asInt())
                .isZero();
        assertThat(story.as("nora")
                        .put("/me/profile", Map.of("languages", List.of("fr")))
                        .status())
                .isEqualTo(200);
        assertThat(ifStopped(story, south).at("/projects/0/qualifiedOthers").asInt())
                .isEqualTo(1);
    }

    @Test
    void amountsOfTwoCurrenciesAreNeitherAddedUpNorCompared() throws Exception {
        var story = new VendorStory(server, "terms-money");
        var north = story.vendor("North", "nora");
        var south = story.vendor("South", "sam");
        var project = story.project(6, 1);
        agree(story, north, Map.of());
        agree(story, south, Map.of("prices", List.of(Map.of("unit", "task", "amount", "0.30"))));
        for (var who : List.of("nora", "sam")) {
            var lease = story.lease(project, who).json();
            assertThat(story.submit(project, who, lease, true).status()).isEqualTo(201);
        }
        var same = ifStopped(story, north).at("/projects/0");
        assertThat(same.get("costDifference").asDouble()).isCloseTo(4 * 0.1, within(1e-9));
        assertThat(same.get("currency").asString()).isEqualTo("EUR");

        agree(story, south, Map.of("currency", "JPY", "prices", List.of(Map.of("unit", "task", "amount", "50"))));
        var mixed = ifStopped(story, north).at("/projects/0");
        assertThat(mixed.has("costDifference")).isFalse();
        assertThat(mixed.get("currency").asString()).isEmpty();
        assertThat(mixed.get("currencies")).hasSize(2);
        var left = VendorStory.keyed(story.requester)
                .post(story.path() + "/vendors/" + south + "/drain", Map.of("reason", "Too dear."));
        assertThat(left.json().at("/items/0/costs/JPY").asString()).isEqualTo("50");
    }

    @Test
    void promisesStandBesideWhatWasMeasured() throws Exception {
        var story = new VendorStory(server, "terms-levels");
        var north = story.vendor("North", "nora", "nils");
        story.person("rob", null, Role.REVIEWER);
        var project = story.project(4, 1);
        var levels = story.path() + "/vendors/" + north + "/service-levels";
        assertThat(story.requester.get(levels).json().get("items")).isEmpty();
        agree(story, north, Map.of("serviceLevels", Map.of("turnRoundHours", 24, "acceptance", 0.9)));
        for (var who : List.of("nora", "nora", "nils", "nils")) {
            assertThat(story.submit(project, who, story.lease(project, who).json(), true)
                            .status())
                    .isEqualTo(201);
        }
        var told = story.requester.get(levels).json().get("items");
        assertThat(told).hasSize(2);
        var turnRound = told.get(0);
        assertThat(turnRound.get("name").asString()).isEqualTo("turn_round_hours");
        assertThat(turnRound.get("promised").asDouble()).isEqualTo(24);
        assertThat(turnRound.at("/measured/value").asDouble()).isBetween(0.0, 1.0);
        assertThat(turnRound.at("/measured/people").asInt()).isEqualTo(2);
        assertThat(turnRound.get("broken").asBoolean()).isFalse();
        assertThat(told.get(1).has("measured")).as("nothing was reviewed").isFalse();
        assertThat(told.get(1).get("broken").asBoolean()).isFalse();
    }

    @Test
    void theTeamsOfAVendorAreOneLineAndItsCostIsComparedWithAnothers() throws Exception {
        var story = new VendorStory(server, "terms-sums");
        var north = story.vendor("North", "n1", "n2");
        var second = story.requester.post(
                story.path() + "/workforces", Map.of("name", "North 2", "kind", "vendor", "organisation", north));
        assertThat(second.status()).as(second.body()).isEqualTo(201);
        var team = UUID.fromString(second.json().get("id").asString());
        story.teams.put("North 2", team);
        story.person("n3", team, Role.ANNOTATOR);
        var south = story.vendor("South", "s1", "s2");
        agree(story, north, Map.of());
        agree(story, south, Map.of("prices", List.of(Map.of("unit", "task", "amount", "0.30"))));
        var project = story.project(12, 5);
        for (var who : List.of("n1", "n2", "n3", "s1", "s2")) {
            assertThat(story.work(project, who, 0, () -> true)).as(who).isEqualTo(12);
        }
        var report = story.requester.get(project + "/vendors").json();
        assertThat(report.get("workforces")).hasSize(3);
        assertThat(report.get("vendors")).hasSize(2);
        var all = new HashMap<String, JsonNode>();
        report.get("vendors").forEach(line -> all.put(line.get("vendor").asString(), line));
        var ours = all.get(north.toString());
        assertThat(ours.get("answers").asInt()).isEqualTo(36);
        assertThat(ours.get("people").asInt()).isEqualTo(3);
        assertThat(ours.get("cost").asString()).isEqualTo("3.60");
        for (var measure : List.of("pace", "held", "waited")) {
            assertThat(ours.at("/" + measure + "/low").asDouble())
                    .as(measure)
                    .isLessThanOrEqualTo(ours.at("/" + measure + "/high").asDouble());
            assertThat(ours.at("/" + measure + "/people").asInt()).isEqualTo(3);
        }
        assertThat(report.get("vendorDifferences")).hasSize(1);
        var between = report.get("vendorDifferences").get(0);
        var sign = between.get("one").asString().equals(north.toString()) ? -1 : 1;
        assertThat(between.get("currency").asString()).isEqualTo("EUR");
        assertThat(sign * between.at("/costPerCorrect/value").asDouble()).isCloseTo(0.2, within(0.05));
        assertThat(story.requester.get(project + "/vendors").status()).isEqualTo(200);
    }
}
