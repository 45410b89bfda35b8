package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.TestServer;
import io.etalon.server.vendor.VendorStory;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A vendor leaves in the midst of work: whatever its people hold opens nothing any more within a minute, no task is lost or
 * answered too often, and the rest is done by those of the others who are known to be better, within the budget.
 */
final class VendorLeavesTest {
    private static final int PEOPLE = Faults.times(3, 8);
    private static final int TASKS = Faults.times(60, 1_200);
    private static final int REDUNDANCY = 3;
    private static final Duration PROMISE = Duration.ofSeconds(60);
    private static final double MEAN_PRICE = 0.16;

    private final TestServer server = TestServer.shared();
    private final Set<Given> acknowledged = ConcurrentHashMap.newKeySet();
    private volatile boolean done;
    private volatile @Nullable Throwable stopped;

    private record Given(UUID person, long task) {}

    @Test
    void leavesNothingOpenAndItsWorkIsDoneByTheBestOfTheOthersWithinTheBudget() throws Exception {
        var seed = Faults.seed();
        var random = new Random(seed);
        var story = new VendorStory(server, "vendor-leaves");
        var north = story.vendor("North", people("n"));
        story.vendor("South", people("s"));
        story.vendor("West", people("w"));
        var project = story.project(TASKS, REDUNDANCY);
        story.vendors.forEach((name, vendor) -> contract(story, vendor, name.equals("West") ? "0.10" : "0.20"));
        equalParts(story, project);
        try (var hands = VendorHands.full(server, story, project, "North");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var workers = new ArrayList<Future<?>>();
            try {
                for (var name : everybody()) {
                    workers.add(threads.submit(() -> workOrTell(story, project, name)));
                }
                var all = TASKS * REDUNDANCY;
                answered(all * 2 / 5);
                var began = now(story);
                var budget = MEAN_PRICE * (all - acknowledged.size());
                route(story, project, Map.of("kind", "best", "budget", String.format("%.4f", budget)));
                answered(acknowledged.size() + random.nextInt(1, all / 5));

                hands.sign();
                assertThat(hands.open()).containsExactlyInAnyOrder(VendorHands.Way.values());
                var sent = System.nanoTime();
                drain(story, north, seed);
                told(hands.shutWithin(PROMISE, sent));
                var left = answers(story, project, "n");

                until("the others finish", () -> finished(story, project));
                done = true;
                for (var worker : workers) {
                    worker.get();
                }
                assertThat(answers(story, project, "n"))
                        .as("of theirs nothing came later")
                        .isEqualTo(left);
                eachTaskHasItsAnswers(story, project);
                theBetterOfTheOthersGotMore(story, project);
                assertThat(spent(story, project, began)).isLessThanOrEqualTo(budget * 1.05);
            } finally {
                done = true;
            }
        }
    }

    /** The control: the same look at a vendor that merely gets no more work finds every way in open. */
    @Test
    void aVendorThatOnlyGetsNoMoreWorkKeepsEveryWayIn() throws Exception {
        var story = new VendorStory(server, "vendor-starves");
        story.vendor("North", people("n"));
        story.vendor("South", people("s"));
        var project = story.project(4, 1);
        try (var hands = VendorHands.full(server, story, project, "North")) {
            hands.sign();
            route(story, project, Map.of("kind", "fixed", "shares", Map.of(story.teams.get("South"), 1.0)));
            assertThat(story.lease(project, "n1").status()).isEqualTo(204);
            assertThat(hands.open()).containsExactlyInAnyOrder(VendorHands.Way.values());
        }
    }

    private static String[] people(String letter) {
        return IntStream.rangeClosed(1, PEOPLE).mapToObj(i -> letter + i).toArray(String[]::new);
    }

    private static List<String> everybody() {
        return List.of("n", "s", "w").stream()
                .flatMap(letter -> List.of(people(letter)).stream())
                .toList();
    }

    private static void contract(VendorStory story, UUID vendor, String amount) {
        var set = story.requester.put(
                story.path() + "/vendors/" + vendor + "/contract",
                Map.of(
                        "currency", "EUR",
                        "prices", List.of(Map.of("unit", "task", "amount", amount)),
                        "dataProcessing", "Article 28 agreement",
                        "from", "2020-01-01"));
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    /** All three on the same tasks, so that it is known what each is worth. */
    private static void equalParts(VendorStory story, String project) {
        var third = 1.0 / 3;
        route(
                story,
                project,
                Map.of(
                        "kind",
                        "fixed",
                        "overlap",
                        1.0,
                        "shares",
                        Map.of(
                                story.teams.get("North"), third,
                                story.teams.get("South"), third,
                                story.teams.get("West"), 1 - 2 * third)));
    }

    private static void route(VendorStory story, String project, Map<String, ?> policy) {
        var set = VendorHands.patient(() -> story.requester.put(project + "/routing", policy));
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    /** Works to the end; what stops him is told to who waits for him. */
    private void workOrTell(VendorStory story, String project, String name) {
        try {
            work(story, project, name);
        } catch (RuntimeException | AssertionError e) {
            stopped = e;
        }
    }

    /** Works until all is done or there is nothing here for him; people of West are wrong every second time. */
    private void work(VendorStory story, String project, String name) {
        var person = story.person(name).value();
        for (var turn = 0; !done; ) {
            var lease = VendorHands.patient(() -> story.lease(project, name));
            if (lease.status() == 401 || lease.status() == 404) {
                return;
            }
            if (lease.status() != 201) {
                assertThat(lease.status()).as(lease.body()).isIn(204, 409);
                LockSupport.parkNanos(50_000_000);
                continue;
            }
            turn++;
            LockSupport.parkNanos(3_000_000);
            var right = !name.startsWith("w") || turn % 2 == 0;
            var sent = VendorHands.patient(() -> story.submit(project, name, lease.json(), right));
            assertThat(sent.status()).as(sent.body()).isIn(201, 401, 404, 409);
            if (sent.status() == 201) {
                acknowledged.add(new Given(person, lease.json().at("/task/id").asLong()));
            }
        }
    }

    private void answered(int count) {
        until(count + " answers", () -> acknowledged.size() >= count);
    }

    private void until(String what, BooleanSupplier condition) {
        Await.until(what, Faults.patience().multipliedBy(2), () -> {
            assertThat(stopped).as("what stopped somebody").isNull();
            return condition.getAsBoolean();
        });
    }

    private static void drain(VendorStory story, UUID vendor, long seed) {
        var requester = VendorStory.keyed(story.requester);
        var drained = VendorHands.patient(() -> requester.post(
                story.path() + "/vendors/" + vendor + "/drain", Map.of("reason", "Its owner has changed.")));
        assertThat(drained.status()).as("seed %d %s", seed, drained.body()).isEqualTo(201);
        assertThat(drained.json().at("/items/0/people")).hasSize(PEOPLE + 2);
    }

    private static void told(Map<VendorHands.Way, Long> shut) {
        Faults.saw("a vendor of " + (PEOPLE + 2) + " left; shut after milliseconds: " + shut);
    }

    private static boolean finished(VendorStory story, String project) {
        var seen = VendorHands.patient(() -> story.requester.get(project));
        return seen.json().at("/progress/done").asInt() == TASKS;
    }

    private List<Given> stored(VendorStory story, String project) {
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

    private long answers(VendorStory story, String project, String letter) {
        var people = new HashSet<UUID>();
        List.of(people(letter)).forEach(name -> people.add(story.person(name).value()));
        return stored(story, project).stream()
                .filter(one -> people.contains(one.person()))
                .count();
    }

    private void eachTaskHasItsAnswers(VendorStory story, String project) {
        var stored = stored(story, project);
        assertThat(stored).doesNotHaveDuplicates();
        assertThat(new HashSet<>(stored))
                .as("what was acknowledged, and nothing else")
                .isEqualTo(acknowledged);
        var counts = new HashMap<Long, Integer>();
        stored.forEach(one -> counts.merge(one.task(), 1, Integer::sum));
        assertThat(counts)
                .hasSize(TASKS)
                .allSatisfy((task, count) -> assertThat(count).isEqualTo(REDUNDANCY));
    }

    private static void theBetterOfTheOthersGotMore(VendorStory story, String project) {
        var decisions =
                story.requester.get(project + "/routing/decisions").json().get("items");
        for (var decision : decisions) {
            if (decision.get("cause").asString().equals("drain")) {
                var parts = decision.get("parts");
                var south = parts.get(story.teams.get("South").toString()).asDouble();
                var west = parts.get(story.teams.get("West").toString()).asDouble();
                var north = parts.get(story.teams.get("North").toString()).asDouble();
                assertThat(north).isZero();
                assertThat(south).isGreaterThan(west);
                assertThat(decision.get("reasons").toString()).contains("The budget pays", "North takes nothing");
                return;
            }
        }
        throw new AssertionError("no decision because of the drain: " + decisions);
    }

    private OffsetDateTime now(VendorStory story) {
        return server.scope()
                .client(
                        story.client.id(),
                        tx -> tx.db()
                                .sql("select clock_timestamp()")
                                .query(OffsetDateTime.class)
                                .single());
    }

    private double spent(VendorStory story, String project, OffsetDateTime from) {
        var west = new HashSet<UUID>();
        List.of(people("w")).forEach(name -> west.add(story.person(name).value()));
        return server
                .scope()
                .client(
                        story.client.id(),
                        tx -> tx.db()
                                .sql("select annotator from submission where project = ? and submitted_at > ?")
                                .params(VendorStory.id(project).value(), from)
                                .query(UUID.class)
                                .list())
                .stream()
                .mapToDouble(person -> west.contains(person) ? 0.10 : 0.20)
                .sum();
    }
}
