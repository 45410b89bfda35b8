package io.etalon.server.gold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Role;
import io.etalon.server.testing.TestServer;
import io.etalon.server.vendor.VendorStory;
import io.etalon.server.work.Fences;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the stated rule says of answers to an entry exam, after the deadline of their batch, and after the end of their lease. */
class PayByRuleTest {
    private static final long PATIENCE = 60_000_000_000L;

    private final TestServer server = TestServer.shared();

    /** Waits until the ledger has followed. */
    private static void becomes(String what, Supplier<String> owed, String expected) {
        var deadline = System.nanoTime() + PATIENCE;
        var seen = owed.get();
        while (!seen.equals(expected) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
            seen = owed.get();
        }
        assertThat(seen).as(what).isEqualTo(expected);
    }

    private static Map<String, Object> rule(Map<String, ?> more) {
        var rule = new java.util.HashMap<String, Object>(
                Map.of("currency", "EUR", "price", Map.of("unit", "task", "amount", "0.5")));
        rule.putAll(more);
        return rule;
    }

    private static String open(GoldStory story, String who) {
        return story.as(who)
                .get("/clients/exam-pay/pay/me")
                .json()
                .at("/open/0/amount")
                .asString("");
    }

    private static void sitsTheExamAndWorks(GoldStory story, String who) {
        for (var i = 0; i < 3; i++) {
            var lease = story.lease(who);
            assertThat(lease.status()).as(lease.body()).isEqualTo(201);
            story.submit(
                    who,
                    lease.json(),
                    GoldStory.truth(lease.json().at("/task/asset/name").asString()));
        }
    }

    @Test
    void examsArePaidWhereTheRuleSaysSoAndNotWithoutIt() throws Exception {
        var story = new GoldStory(server, "exam-pay", 8);
        story.person("bob", Role.ANNOTATOR);
        story.person("dora", Role.ANNOTATOR);
        var exam = story.gild(0, 4);
        story.policy(Map.of(
                "exam",
                Map.of("items", exam, "size", 2, "pass", 2, "retryMinutes", 60, "qualification", "parity-pay")));
        var address = story.path() + "/pay/rule";
        assertThat(story.as("rita").put(address, rule(Map.of())).status()).isEqualTo(200);
        sitsTheExamAndWorks(story, "bob");
        becomes("two of the exam for nothing, one of the work", () -> open(story, "bob"), "0.5");

        assertThat(story.as("rita").put(address, rule(Map.of("exams", true))).status())
                .isEqualTo(200);
        sitsTheExamAndWorks(story, "dora");
        becomes("the exam, too", () -> open(story, "dora"), "1.5");
        assertThat(open(story, "bob")).as("by the rule that he took them under").isEqualTo("0.5");
    }

    @Test
    void anAnswerAfterTheDeadlineOfItsBatchEarnsTheShareThatTheRuleSays() throws Exception {
        var story = new VendorStory(server, "late-pay");
        story.vendor("North", "nora");
        var project = story.project(1, 1);
        assertThat(story.requester
                        .put(project + "/pay/rule", rule(Map.of("late", "0.25")))
                        .status())
                .isEqualTo(200);
        var batch = Map.of(
                "name",
                "March",
                "deadline",
                Instant.EPOCH.plusSeconds(1_700_000_000L).toString());
        var made = VendorStory.keyed(story.requester).post(project + "/batches", batch);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        for (var text : List.of(7, 8)) {
            var added =
                    story.requester.upload(project + "/assets?name=" + text + ".txt", ("late " + text).getBytes(UTF_8));
            assertThat(added.status()).as(added.body()).isEqualTo(201);
        }
        var planned = story.requester.post(
                project + "/tasks", Map.of("batch", made.json().get("number").asInt()));
        assertThat(planned.status()).as(planned.body()).isEqualTo(200);
        for (var i = 0; i < 3; i++) {
            var lease = story.lease(project, "nora");
            assertThat(lease.status()).as(lease.body()).isEqualTo(201);
            assertThat(story.submit(project, "nora", lease.json(), true).status())
                    .isEqualTo(201);
        }
        becomes("one in time, two at a quarter", () -> owed(story), "0.75");
    }

    @Test
    void anAnswerWhoseLeaseHadEndedEarnsItsShareOnceAndIsPaidWholeWhenItCountsAfterAll() throws Exception {
        var story = new VendorStory(server, "ended-pay");
        story.vendor("North", "nora");
        var project = story.project(3, 1);
        var address = project + "/pay/rule";
        assertThat(story.requester.put(address, rule(Map.of("ended", "1.5"))).status())
                .isEqualTo(400);
        assertThat(story.requester.put(address, rule(Map.of("ended", "0.3"))).status())
                .isEqualTo(200);
        var given = story.lease(project, "nora").json();
        var back = Map.of("token", given.get("token").asString());
        var release = project + "/leases/" + given.get("id").asLong() + "/release";
        assertThat(story.as("nora").post(release, back).status()).isEqualTo(204);
        assertThat(story.submit(project, "nora", given, true).code())
                .as("she gave it back herself, and earns nothing")
                .isEqualTo("lease-stale");

        var held = story.lease(project, "nora").json();
        server.part(Fences.class).fence(story.client.id(), Set.of(story.person("nora")), "test");
        for (var twice = 0; twice < 2; twice++) {
            assertThat(story.submit(project, "nora", held, true).code()).isEqualTo("lease-stale");
        }
        becomes("three tenths of an answer", () -> owed(story), "0.15");

        var again = story.lease(project, "nora").json();
        assertThat(again.at("/task/id")).isEqualTo(held.at("/task/id"));
        assertThat(story.submit(project, "nora", again, true).status()).isEqualTo(201);
        becomes("an answer, and not a part of it beside", () -> owed(story), "0.5");
    }

    private static String owed(VendorStory story) {
        return story.as("nora")
                .get(story.path() + "/pay/me")
                .json()
                .at("/open/0/amount")
                .asString("");
    }
}
