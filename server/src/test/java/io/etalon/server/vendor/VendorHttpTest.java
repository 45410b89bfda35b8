package io.etalon.server.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.server.access.ApiKeys;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class VendorHttpTest {
    private final TestServer server = TestServer.shared();

    private static Map<String, Object> contract(String amount) {
        return Map.of(
                "currency", "EUR",
                "prices", List.of(Map.of("unit", "task", "amount", amount)),
                "minimum", Map.of("amount", "100.00", "per", "month"),
                "serviceLevels", Map.of("turnRoundHours", 24, "acceptance", 0.95),
                "countries", List.of(),
                "dataProcessing", "Article 28 agreement of 1 January",
                "from", "2020-01-01");
    }

    private record Given(UUID person, long task) {}

    private List<Given> answers(VendorStory story, String project) {
        return server.scope()
                .client(
                        story.client.id(),
                        tx -> tx.db()
                                .sql("select annotator, task from submission where project = ? and revision = 1")
                                .param(VendorStory.id(project).value())
                                .query((row, n) ->
                                        new Given(row.getObject("annotator", UUID.class), row.getLong("task")))
                                .list());
    }

    private static <T> List<T> together(List<Callable<T>> work) throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<T>();
            for (var done : pool.invokeAll(work)) {
                all.add(done.get());
            }
            return all;
        }
    }

    @Test
    void aContractIsKeptInVersionsAndSeenByItsOwnManagerOnly() throws Exception {
        var story = new VendorStory(server, "vendor-terms");
        var north = story.vendor("North", "nora");
        var south = story.vendor("South", "sam");
        story.person("nico", story.teams.get("North"), Role.WORKFORCE_MANAGER);
        var address = story.path() + "/vendors/" + north;

        var faulty = story.requester.put(
                address + "/contract",
                Map.of(
                        "currency",
                        "EURO",
                        "prices",
                        List.of(Map.of("unit", "year", "amount", "1,5")),
                        "from",
                        "2025-01-01"));
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(faulty.body()).contains("/currency", "/prices/0/unit", "/prices/0/amount");
        assertThat(story.requester.put(address + "/contract", contract("0.10")).status())
                .isEqualTo(200);
        assertThat(story.requester
                        .with("If-Match", "\"0\"")
                        .put(address + "/contract", contract("0.11"))
                        .status())
                .isEqualTo(412);
        assertThat(story.requester
                        .with("If-Match", "\"1\"")
                        .put(address + "/contract", contract("0.12"))
                        .header("ETag"))
                .isEqualTo("\"2\"");
        assertThat(story.requester.get(address + "/contracts").json().get("items"))
                .hasSize(2);

        var manager = story.as("nico");
        var seen = manager.get(story.path() + "/vendors").json().get("items");
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).at("/contract/contract/prices/0/amount").asString())
                .isEqualTo("0.12");
        assertThat(manager.get(story.path() + "/vendors/" + south).status()).isEqualTo(404);
        assertThat(manager.get(story.path() + "/vendors/" + south + "/contracts")
                        .status())
                .isEqualTo(404);
        assertThat(manager.put(address + "/contract", contract("9")).status()).isEqualTo(403);
        assertThat(manager.get(story.path() + "/people/" + story.person("sam").value() + "/qualifications")
                        .status())
                .as("a manager sees his own people only")
                .isEqualTo(404);
    }

    @Test
    void fixedSharesAreKeptToTheAnswerHoweverManyAskAtOnce() throws Exception {
        var story = new VendorStory(server, "vendor-shares");
        story.vendor("North", "n1", "n2", "n3");
        story.vendor("South", "s1", "s2");
        story.inHouse("House", "h1");
        var project = story.project(30, 1);
        var shares =
                Map.of(story.teams.get("North"), 0.5, story.teams.get("South"), 0.3, story.teams.get("House"), 0.2);
        assertThat(story.requester
                        .put(project + "/routing", Map.of("kind", "fixed", "shares", Map.of(UUID.randomUUID(), 1.0)))
                        .body())
                .contains("/shares/");
        var set = story.requester.put(project + "/routing", Map.of("kind", "fixed", "shares", shares));
        assertThat(set.status()).as(set.body()).isEqualTo(200);

        var work = new ArrayList<Callable<Integer>>();
        List.of("n1", "n2", "n3", "s1").forEach(who -> work.add(() -> story.work(project, who, 0, () -> true)));
        assertThat(together(work).stream().mapToInt(n -> n).sum()).isEqualTo(15 + 9);
        var refused = story.lease(project, "n1");
        assertThat(refused.status()).isEqualTo(204);
        assertThat(refused.header("Etalon-Refusal")).isEqualTo("share");
        assertThat(story.work(project, "s2", 0, () -> true)).isZero();
        assertThat(story.work(project, "h1", 0, () -> true)).isEqualTo(6);

        var view = story.requester.get(project + "/routing").json();
        assertThat(view.get("waiting").asLong()).isZero();
        assertThat(view.get("portions"))
                .allSatisfy(portion -> assertThat(portion.get("taken").asLong())
                        .isEqualTo(portion.get("quota").asLong()));
        var decisions =
                story.requester.get(project + "/routing/decisions").json().get("items");
        assertThat(decisions).hasSize(1);
        assertThat(decisions.get(0).get("reasons").get(0).asString()).isEqualTo("The shares are fixed.");
    }

    @Test
    void aShareThatItsWorkforceCannotTakeGoesToTheOthers() throws Exception {
        var story = new VendorStory(server, "vendor-done-theirs");
        story.vendor("North", "n1");
        story.vendor("South", "s1");
        var project = story.project(2, 2);
        var shares = Map.of(story.teams.get("North"), 0.75, story.teams.get("South"), 0.25);
        var set = story.requester.put(project + "/routing", Map.of("kind", "fixed", "shares", shares));
        assertThat(set.status()).as(set.body()).isEqualTo(200);

        assertThat(story.work(project, "n1", 0, () -> true))
                .as("one person answers a task once")
                .isEqualTo(2);
        var pass = server.part(VendorPass.class);
        // Should the pass of the server itself have been faster, South has its second answer already.
        var given = story.work(project, "s1", 0, () -> true);
        pass.pass();
        given += story.work(project, "s1", 0, () -> true);

        assertThat(given).isEqualTo(2);
        assertThat(story.requester.get(project + "/routing/decisions").body())
                .contains("its people have answered all that waits");
        assertThat(story.requester
                        .get(project + "/routing")
                        .json()
                        .get("waiting")
                        .asLong())
                .isZero();
        pass.pass();
        assertThat(story.requester.get(project + "/routing/decisions").json().get("items"))
                .as("nothing waits: the shares stay until something does")
                .hasSizeBetween(2, 3);
    }

    @Test
    void answersOfOverlappedTasksComeFromSeveralWorkforcesAndTellThemApart() throws Exception {
        var story = new VendorStory(server, "vendor-measure");
        var north = story.vendor("North", "n1", "n2", "n3");
        var south = story.vendor("South", "s1", "s2", "s3");
        story.inHouse("House", "h1", "h2");
        var project = story.project(24, 3);
        story.requester.put(story.path() + "/vendors/" + north + "/contract", contract("0.20"));
        story.requester.put(story.path() + "/vendors/" + south + "/contract", contract("0.10"));
        var third = 1.0 / 3;
        var routed = story.requester.put(
                project + "/routing",
                Map.of(
                        "kind",
                        "fixed",
                        "overlap",
                        1.0,
                        "shares",
                        Map.of(
                                story.teams.get("North"), third,
                                story.teams.get("South"), third,
                                story.teams.get("House"), 1 - 2 * third)));
        assertThat(routed.status()).as(routed.body()).isEqualTo(200);
        var work = new ArrayList<Callable<Integer>>();
        List.of("n1", "n2", "n3", "h1", "h2").forEach(who -> work.add(() -> story.work(project, who, 0, () -> true)));
        List.of("s1", "s2", "s3").forEach(who -> work.add(() -> story.work(project, who, 2, () -> true)));
        together(work);

        var team = new HashMap<UUID, String>();
        List.of("n1", "n2", "n3", "s1", "s2", "s3", "h1", "h2")
                .forEach(who -> team.put(story.person(who).value(), who.substring(0, 1)));
        var byTask = new HashMap<Long, Set<String>>();
        var given = answers(story, project);
        given.forEach(one -> byTask.computeIfAbsent(one.task(), task -> new HashSet<>())
                .add(String.valueOf(team.get(one.person()))));
        assertThat(given).hasSize(72);
        assertThat(byTask)
                .hasSize(24)
                .allSatisfy((task, teams) -> assertThat(teams).containsExactlyInAnyOrder("n", "s", "h"));

        theReportTellsThemApart(story, project);
        aPreviewDecidesNothing(story, project);
        var concentration =
                story.requester.get(story.path() + "/vendor-concentration").json();
        assertThat(concentration.at("/client/index").asDouble()).isCloseTo(third, within(1e-9));
        assertThat(concentration.at("/client/effective").asDouble()).isCloseTo(3, within(1e-6));
    }

    private static void theReportTellsThemApart(VendorStory story, String project) throws Exception {
        var report = story.requester.get(project + "/vendors");
        assertThat(report.status()).as(report.body()).isEqualTo(200);
        var lines = new HashMap<String, tools.jackson.databind.JsonNode>();
        report.json()
                .get("workforces")
                .forEach(line -> lines.put(line.get("name").asString(), line));
        assertThat(lines.get("North").at("/accuracy/value").asDouble()).isGreaterThan(0.9);
        assertThat(lines.get("South").at("/accuracy/high").asDouble()).isLessThan(0.9);
        assertThat(lines.get("North").get("cost").asString()).isEqualTo("4.80");
        assertThat(lines.get("South").at("/costPerCorrect/value").asDouble()).isGreaterThan(0.1);
        assertThat(lines.get("House").has("cost")).isFalse();
        assertThat(report.json().get("differences")).hasSize(3).anySatisfy(difference -> {
            assertThat(difference.get("sharedTasks").asInt()).isEqualTo(24);
            assertThat(difference.get("tells").asBoolean()).isTrue();
        });
    }

    private static void aPreviewDecidesNothing(VendorStory story, String project) throws Exception {
        var preview = story.requester.post(
                project + "/routing/preview", Map.of("policy", Map.of("kind", "cheapest", "quality", 0.8), "steps", 4));
        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.json().get("steps")).hasSize(4);
        assertThat(preview.json().at("/wouldHave/correct").asDouble())
                .isGreaterThan(preview.json().at("/happened/correct").asDouble());
        assertThat(story.requester.get(project + "/routing/decisions").json().get("items"))
                .as("a preview decides nothing")
                .hasSize(1);
    }

    @Test
    void aVendorIsDrainedInTheMidstOfWorkAndNothingIsLostOrAnsweredTwice() throws Exception {
        var story = new VendorStory(server, "vendor-drain");
        var north = story.vendor("North", "n1", "n2", "n3");
        story.vendor("South", "s1", "s2");
        story.inHouse("House", "h1", "h2");
        var project = story.project(60, 2);
        story.requester.put(story.path() + "/vendors/" + north + "/contract", contract("0.20"));
        story.requester.put(
                project + "/routing",
                Map.of(
                        "kind",
                        "fixed",
                        "shares",
                        Map.of(story.teams.get("North"), 0.6, story.teams.get("South"), 0.4)));
        var key = keyOf(story, "n1");
        assertThat(key.get(project).status()).isIn(200, 403);
        var held = story.lease(project, "n3").json();
        // She works for another client too: her session stays, and opens nothing here any more.
        var elsewhere = server.clients().create("vendor-elsewhere", "Elsewhere");
        server.part(Grants.class)
                .grant(Grants.By.SYSTEM, story.person("n3"), elsewhere.id(), Set.of(Role.ANNOTATOR), null);

        var acknowledged = new AtomicInteger();
        var report = drainedInTheMidst(story, project, north, acknowledged);
        assertThat(report.status()).as(report.body()).isEqualTo(201);
        var handOver = report.json().get("items").get(0);
        assertThat(handOver.get("people")).hasSize(3);
        assertThat(handOver.at("/projects/0/leasesEnded").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(handOver.get("currency").asString()).isEqualTo("EUR");

        // Its people are out, with whatever they hold in their hands.
        assertThat(story.submit(project, "n3", held, true).status()).isEqualTo(404);
        assertThat(story.as("n3").get("/session").status()).isEqualTo(200);
        assertThat(story.lease(project, "n1").status()).isEqualTo(401);
        assertThat(key.get(project).status()).isEqualTo(401);
        var afterwards = northAnswers(story, project);
        theSharesAreMadeUpAmongTheOthers(story, project);
        theOthersFinish(story, project, acknowledged);
        var given = answers(story, project);
        assertThat(given).hasSize(120).doesNotHaveDuplicates();
        assertThat(acknowledged.get()).as("each acknowledged answer is there").isEqualTo(120);
        assertThat(northAnswers(story, project)).isEqualTo(afterwards);
        assertThat(story.requester.get(project).json().at("/progress/done").asInt())
                .isEqualTo(60);

        drainingAgainIsAConflictUntilItIsLifted(story, project, north);
    }

    private Http keyOf(VendorStory story, String who) {
        return Http.of(server)
                .key(server.part(ApiKeys.class)
                        .make(
                                story.person(who),
                                "desk",
                                story.client,
                                Set.of(Role.ANNOTATOR),
                                server.part(Clock.class).instant().plus(Duration.ofDays(1)))
                        .secret());
    }

    private Http.Answer drainedInTheMidst(VendorStory story, String project, Object vendor, AtomicInteger acknowledged)
            throws Exception {
        var report = new Http.Answer[1];
        var work = new ArrayList<Callable<Integer>>();
        for (var who : List.of("n1", "n2", "s1", "s2")) {
            work.add(() -> {
                var done = story.work(project, who, 0, () -> {
                    LockSupport.parkNanos(3_000_000);
                    return true;
                });
                acknowledged.addAndGet(done);
                return done;
            });
        }
        work.add(() -> {
            var deadline = System.nanoTime() + 30_000_000_000L;
            while (answers(story, project).size() < 20 && System.nanoTime() < deadline) {
                LockSupport.parkNanos(2_000_000);
            }
            report[0] = VendorStory.keyed(story.requester)
                    .post(story.path() + "/vendors/" + vendor + "/drain", Map.of("reason", "Its owner has changed."));
            return 0;
        });
        together(work);
        return report[0];
    }

    /** The fixed shares were made up among those who may work; the in-house team had none and gets none. */
    private static void theSharesAreMadeUpAmongTheOthers(VendorStory story, String project) throws Exception {
        var decisions =
                story.requester.get(project + "/routing/decisions").json().get("items");
        assertThat(decisions.get(0).get("cause").asString()).isEqualTo("drain");
        assertThat(decisions.get(0).at("/parts/" + story.teams.get("South")).asDouble())
                .isEqualTo(1);
        assertThat(decisions.get(0).get("reasons").toString()).contains("North takes nothing: it was drained.");
    }

    /** With redundancy 2 and no other share, both of South finish all that is left but what both have done. */
    private void theOthersFinish(VendorStory story, String project, AtomicInteger acknowledged) throws Exception {
        story.requester.put(
                project + "/routing",
                Map.of(
                        "kind",
                        "fixed",
                        "shares",
                        Map.of(story.teams.get("South"), 0.5, story.teams.get("House"), 0.5)));
        for (var round = 0; round < 2; round++) {
            var rest = new ArrayList<Callable<Integer>>();
            List.of("s1", "s2", "h1", "h2").forEach(who -> rest.add(() -> story.work(project, who, 0, () -> true)));
            together(rest).forEach(acknowledged::addAndGet);
            story.requester.put(
                    project + "/routing", Map.of("kind", "fixed", "shares", Map.of(story.teams.get("House"), 1.0)));
        }
    }

    /** The reports stay; lifted, its people may be invited anew. */
    private static void drainingAgainIsAConflictUntilItIsLifted(VendorStory story, String project, Object north)
            throws Exception {
        assertThat(VendorStory.keyed(story.requester)
                        .post(story.path() + "/vendors/" + north + "/drain", Map.of("reason", "Again"))
                        .code())
                .isEqualTo("vendor-drained");
        assertThat(story.requester
                        .get(story.path() + "/vendors/" + north + "/hand-overs")
                        .json()
                        .get("items"))
                .hasSize(1);
        assertThat(story.requester
                        .delete(story.path() + "/vendors/" + north + "/drain")
                        .status())
                .isEqualTo(204);
        assertThat(story.lease(project, "n3").status()).isEqualTo(404);
    }

    private long northAnswers(VendorStory story, String project) {
        var people = List.of("n1", "n2", "n3").stream()
                .map(story::person)
                .map(PersonId::value)
                .toList();
        return answers(story, project).stream()
                .filter(one -> people.contains(one.person()))
                .count();
    }

    @Test
    void theOperatorDrainsAVendorEverywhereAndWhatIfTellsBefore() throws Exception {
        var story = new VendorStory(server, "vendor-everywhere");
        var north = story.vendor("North", "n1");
        story.vendor("South", "s1");
        var project = story.project(10, 1);
        for (var i = 0; i < 3; i++) {
            story.submit(project, "n1", story.lease(project, "n1").json(), true);
        }
        story.submit(project, "s1", story.lease(project, "s1").json(), true);
        story.lease(project, "n1");
        var whatIf = story.requester
                .get(story.path() + "/vendors/" + north + "/stop-preview")
                .json();
        assertThat(whatIf.get("readiness").asDouble()).isCloseTo(0.25, within(1e-9));
        assertThat(whatIf.at("/projects/0/waiting").asInt()).isEqualTo(6);
        assertThat(whatIf.at("/projects/0/daysAfter").asDouble()).isCloseTo(6, within(1e-9));
        assertThat(whatIf.at("/projects/0/peopleShort").asInt()).isEqualTo(3);

        assertThat(story.requester
                        .post("/vendors/" + north + "/drain", Map.of("reason", "x"))
                        .status())
                .isEqualTo(403);
        var done =
                VendorStory.keyed(story.operator).post("/vendors/" + north + "/drain", Map.of("reason", "Insolvent."));
        assertThat(done.status()).as(done.body()).isEqualTo(201);
        assertThat(done.json().at("/items/0/leasesEnded").asInt()).isEqualTo(1);
        assertThat(story.work(project, "s1", 0, () -> true)).isEqualTo(6);
        assertThat(VendorStory.keyed(story.operator)
                        .post("/vendors/" + UUID.randomUUID() + "/drain", Map.of("reason", "x"))
                        .status())
                .isEqualTo(404);
    }
}
