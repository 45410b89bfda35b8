package io.etalon.server.pay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import io.etalon.server.event.Event;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Position;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import io.etalon.server.vendor.VendorStory;
import io.etalon.server.work.ReviewStory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What people earn, from the answer to the paid statement, through the API and the database. */
class PayHttpTest {
    private final TestServer server = TestServer.shared();

    private static Map<String, Object> rule(String unit, String amount) {
        return new HashMap<>(Map.of("currency", "EUR", "price", Map.of("unit", unit, "amount", amount)));
    }

    /** Waits until the ledger has posted what was done; an entry for each submission. */
    private void settled(ClientId client, String sql, long expected) {
        var deadline = System.nanoTime() + 60_000_000_000L;
        while (number(client, sql) != expected) {
            assertThat(System.nanoTime())
                    .as("%s becomes %s, is %s", sql, expected, number(client, sql))
                    .isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private long number(ClientId client, String sql) {
        return server.scope()
                .client(client, tx -> tx.db().sql(sql).query(Long.class).single());
    }

    private BigDecimal owed(ClientId client, UUID person) {
        return server.scope()
                .client(
                        client,
                        tx -> tx.db()
                                .sql("""
                                select coalesce(-sum(l.amount), 0) from pay_line l join pay_entry e on e.id = l.entry
                                where l.account = 'payable' and e.person = ?""")
                                .param(person)
                                .query(BigDecimal.class)
                                .single());
    }

    private void isBalanced(ClientId client) {
        assertThat(number(client, """
                        select count(*) from (select e.id from pay_entry e left join pay_line l on l.entry = e.id
                          group by e.id having count(l.entry) <> 2 or sum(l.amount) <> 0) wrong"""))
                .as("entries whose two lines do not add up to nothing")
                .isZero();
    }

    private static String month() {
        return YearMonth.now(ZoneOffset.UTC).toString();
    }

    @Test
    void aRuleIsKeptInVersionsAndHoldsForLeasesTakenUnderIt() throws Exception {
        var story = new VendorStory(server, "pay-rules");
        story.vendor("North", "nora");
        story.vendor("South", "sam");
        story.person("nico", story.teams.get("North"), Role.WORKFORCE_MANAGER);
        var project = story.project(6, 1);
        var client = story.client.id();
        var address = project + "/pay/rule";

        var before = story.lease(project, "nora").json();
        assertThat(story.requester.put(address, rule("task", "0.1")).status()).isEqualTo(200);
        var offer = story.as("nora").get(project + "/pay/offer").json();
        assertThat(offer.at("/rule/rule/price/amount").asString()).isEqualTo("0.1");
        var held = story.lease(project, "sam").json();
        assertThat(story.requester
                        .with("If-Match", "\"7\"")
                        .put(address, rule("task", "9"))
                        .status())
                .isEqualTo(412);
        assertThat(story.requester
                        .with("If-Match", "\"1\"")
                        .put(address, rule("task", "0.2"))
                        .status())
                .isEqualTo(200);
        var north = story.teams.get("North");
        var manager = story.as("nico");
        assertThat(manager.put(address, rule("task", "5")).status()).isEqualTo(403);
        assertThat(manager.put(address + "?workforce=" + story.teams.get("South"), rule("task", "5"))
                        .status())
                .isEqualTo(403);
        assertThat(manager.put(address + "?workforce=" + north, rule("task", "0.5"))
                        .status())
                .isEqualTo(200);
        assertThat(story.requester
                        .put(address + "?workforce=" + UUID.randomUUID(), rule("task", "1"))
                        .status())
                .isEqualTo(404);

        story.submit(project, "nora", before, true);
        story.submit(project, "sam", held, true);
        story.submit(project, "nora", story.lease(project, "nora").json(), true);
        story.submit(project, "sam", story.lease(project, "sam").json(), true);
        settled(client, "select count(*) from pay_entry", 4);
        assertThat(owed(client, story.person("nora").value()))
                .as("begun before there was a rule: by her workforce's first; then by the one in force")
                .isEqualByComparingTo("1.0");
        assertThat(owed(client, story.person("sam").value()))
                .as("the rule that he accepted, then the next")
                .isEqualByComparingTo("0.3");
        isBalanced(client);
    }

    @Test
    void aRuleWithFaultsIsRefusedWithEachOfThem() throws Exception {
        var story = new VendorStory(server, "pay-faults");
        story.vendor("North", "nora");
        var faulty = rule("year", "1,5");
        faulty.put("late", "1.5");
        faulty.put("floors", Map.of("XX", "1"));
        var refused = story.requester.put(story.project(1, 1) + "/pay/rule", faulty);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("/price/unit", "/price/amount", "/late", "/floors/XX");
    }

    @Test
    void aRejectionTakesBackWhatTheRuleSaysAnUpheldAppealBringsItAgainAndAcceptedWorkStaysPaid() throws Exception {
        var story = new ReviewStory(server, "pay-rejected").project(3, 1, 1);
        var client = story.client().id();
        var rule = rule("item", "0.125");
        rule.put("review", "0.03");
        rule.put("rejected", "0.2");
        assertThat(story.as("rita").put(story.path + "/pay/rule", rule).status())
                .isEqualTo(200);
        var anna = story.person("anna").value();

        story.answered("anna", "a coin");
        story.decided("rosa", story.taken("rosa"), "return", null);
        var again = story.submit("anna", story.lease("anna"), ReviewStory.answer("a coin again", 20, 5), false);
        settled(client, "select count(*) from pay_entry where kind = 'answer'", 2);
        assertThat(owed(client, anna)).as("an item is paid once").isEqualByComparingTo("0.125");
        assertThat(story.decided("rosa", story.taken("rosa"), "reject", null)).isEqualTo("rejected");
        settled(client, "select count(*) from pay_entry where kind = 'rejection'", 1);
        assertThat(owed(client, anna)).isEqualByComparingTo("0.025");
        var appeal = story.path + "/submissions/" + again.get("id").asLong() + "/appeal";
        assertThat(story.as("anna").post(appeal, Map.of("text", "I was right")).status())
                .isEqualTo(201);
        story.decided("remy", story.taken("remy"), "uphold", null);
        settled(client, "select count(*) from pay_entry where kind = 'appeal'", 1);
        assertThat(owed(client, anna)).isEqualByComparingTo("0.125");
        assertThat(owed(client, story.person("rosa").value())).isEqualByComparingTo("0.06");

        story.answered("anna", "another");
        story.decided("rosa", story.taken("rosa"), "accept", null);
        settled(client, "select count(*) from pay_entry where kind = 'review'", 4);
        assertThat(owed(client, anna)).isEqualByComparingTo("0.25");

        var closed = story.as("rita").post("/clients/pay-rejected/pay/statements", Map.of("month", month()));
        assertThat(closed.status()).as(closed.body()).isEqualTo(201);
        story.answered("anna", "on the next statement");
        settled(client, "select count(*) from pay_entry where kind = 'answer'", 4);
        var record = story.as("anna").get("/me/record");
        assertThat(record.header("Content-Disposition")).contains("my-record.json");
        var here = record.json().at("/clients/0");
        assertThat(here.at("/appeals/0/text").asString()).isEqualTo("I was right");
        assertThat(here.at("/work/0/answers").asLong()).isEqualTo(3);
        assertThat(here.at("/pay")).hasSize(6);
        assertThat(here.at("/statements")).hasSize(1);
        assertThat(record.body())
                .doesNotContain("rosa", "remy", story.person("rosa").toString());
        isBalanced(client);
    }

    /** North's Nora did three tasks at an eighth of a euro, South's Sam one. */
    private VendorStory earned(String slug) throws Exception {
        var story = new VendorStory(server, slug);
        story.vendor("North", "nora");
        story.vendor("South", "sam");
        story.person("nico", story.teams.get("North"), Role.WORKFORCE_MANAGER);
        story.person("sara", story.teams.get("South"), Role.WORKFORCE_MANAGER);
        var project = story.project(5, 1);
        assertThat(story.requester
                        .put(project + "/pay/rule", rule("task", "0.125"))
                        .status())
                .isEqualTo(200);
        for (var i = 0; i < 3; i++) {
            story.submit(project, "nora", story.lease(project, "nora").json(), true);
        }
        story.submit(project, "sam", story.lease(project, "sam").json(), true);
        settled(story.client.id(), "select count(*) from pay_entry", 4);
        return story;
    }

    private static Http.Answer close(VendorStory story, String who, String month) {
        return story.as(who).post(story.path() + "/pay/statements", Map.of("month", month));
    }

    @Test
    void statementsAreClosedOnceAndRoundedOnce() throws Exception {
        var story = earned("pay-closed");
        var pay = story.path() + "/pay";
        var mine = story.as("nora").get(pay + "/me").json();
        assertThat(mine.at("/open/0/amount").asString()).isEqualTo("0.375");

        var next = YearMonth.now(ZoneOffset.UTC).plusMonths(1).toString();
        assertThat(close(story, "nico", next).status()).isEqualTo(400);
        var closed = close(story, "nico", month());
        assertThat(closed.json().get("statements").asInt()).as(closed.body()).isEqualTo(1);
        assertThat(close(story, "nico", month()).json().get("statements").asInt())
                .isZero();
        var number = closed.json().get("first").asLong();
        var statement = story.as("nora").get(pay + "/me/statements/" + number).json();
        assertThat(statement.at("/statement/exact").asString()).isEqualTo("0.375");
        assertThat(statement.at("/statement/amount").asString())
                .as("half to even")
                .isEqualTo("0.38");
        assertThat(statement.at("/statement/name").isMissingNode()).isTrue();
        assertThat(story.as("sam").get(pay + "/me/statements/" + number).status())
                .isEqualTo(404);
        assertThat(story.as("sara").get(pay + "/statements/" + number).status()).isEqualTo(404);
        assertThat(story.as("nico")
                        .get(pay + "/statements")
                        .json()
                        .at("/items/0/name")
                        .asString())
                .isEqualTo("nora");
        var csv = story.as("nora").get(pay + "/me/statements/" + number + "/csv");
        assertThat(csv.body())
                .startsWith("statement,month,day,project,kind,count,active_seconds,currency,amount\n")
                .contains(",answer,3,")
                .contains(",rounding,1,0,EUR,0.005\n");
        isBalanced(story.client.id());
    }

    @Test
    void aStatementIsPaidOnceAndLeavesNothing() throws Exception {
        var story = earned("pay-paid");
        var number = close(story, "nico", month()).json().get("first").asLong();
        var address = story.path() + "/pay/statements/" + number + "/payment";
        var payment = Map.of("reference", "SEPA 4711");
        assertThat(story.as("sara").post(address, payment).status()).isEqualTo(404);
        var key = story.as("nico");
        assertThat(key.post(address, payment).json().get("reference").asString())
                .isEqualTo("SEPA 4711");
        assertThat(key.post(address, payment).header("Idempotent-Replay")).isEqualTo("true");
        assertThat(story.as("nico").post(address, payment).code()).isEqualTo("statement-paid");
        assertThat(owed(story.client.id(), story.person("nora").value()))
                .as("nothing is left")
                .isZero();
        isBalanced(story.client.id());
    }

    @Test
    void whatIsAddedByHandHasAReasonAndAnEntryIsReversedOnce() throws Exception {
        var story = earned("pay-by-hand");
        var pay = story.path() + "/pay";
        var entry = story.requester.get(pay + "/entries").json().at("/items/0");
        var reversal = pay + "/entries/" + entry.get("id").asLong() + "/reversal";
        assertThat(VendorStory.keyed(story.requester).post(reversal, Map.of()).status())
                .isEqualTo(400);
        assertThat(VendorStory.keyed(story.requester)
                        .post(reversal, Map.of("reason", "twice"))
                        .status())
                .isEqualTo(201);
        assertThat(VendorStory.keyed(story.requester)
                        .post(reversal, Map.of("reason", "again"))
                        .code())
                .isEqualTo("entry-reversed");
        var grant = Map.of(
                "person", entry.get("person").asString(), "currency", "EUR", "amount", "2.5", "reason", "by hand");
        var adjusted = VendorStory.keyed(story.requester).post(pay + "/adjustments", grant);
        assertThat(adjusted.status()).as(adjusted.body()).isEqualTo(201);
        var sums = new HashMap<String, BigDecimal>();
        story.requester
                .get(pay + "/balances")
                .json()
                .get("items")
                .forEach(one -> sums.merge(
                        one.get("currency").asString(),
                        new BigDecimal(one.get("amount").asString()),
                        BigDecimal::add));
        assertThat(sums.get("EUR")).isZero();
        isBalanced(story.client.id());
    }

    @Test
    void replaysAndCrashesChangeNothingAndNobodyRewritesTheLedger() throws Exception {
        var story = new VendorStory(server, "pay-exact");
        story.vendor("North", "n1", "n2", "n3");
        var project = story.project(30, 1);
        var client = story.client.id();
        assertThat(story.requester
                        .put(project + "/pay/rule", rule("task", "0.07"))
                        .status())
                .isEqualTo(200);
        var work = new ArrayList<Callable<Integer>>();
        List.of("n1", "n2", "n3").forEach(who -> work.add(() -> story.work(project, who, 0, () -> true)));
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : pool.invokeAll(work)) {
                done.get();
            }
        }
        settled(client, "select count(*) from pay_entry", 30);
        var entries = number(client, "select count(*) from pay_entry");

        var accruals = server.part(Accruals.class);
        var events = events(client, project);
        assertThatThrownBy(() -> server.scope().clientDo(client, tx -> {
                    tx.db()
                            .sql("update outbox_cursor set moved_at = now() where listener = 'pay'")
                            .update();
                    accruals.onAll(tx, client, events);
                    throw new IllegalStateException("killed between posting and commit");
                }))
                .hasMessageContaining("killed");
        var together = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < 4; i++) {
            together.add(() -> server.scope().client(client, tx -> {
                accruals.onAll(tx, client, events);
                return true;
            }));
        }
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : pool.invokeAll(together)) {
                done.get();
            }
        }
        assertThat(number(client, "select count(*) from pay_entry")).isEqualTo(entries);

        nobodyRewrites(client);
        closesOnce(story);
        isBalanced(client);
    }

    private void nobodyRewrites(ClientId client) {
        assertThatThrownBy(() ->
                        server.scope().clientDo(client, tx -> tx.db().sql("""
                                insert into pay_line (entry, account, amount)
                                select min(id), 'adjustment', 1 from pay_entry""").update()))
                .rootCause()
                .hasMessageContaining("do not add up to zero");
        for (var table : List.of("pay_entry", "pay_line", "pay_rule", "pay_statement", "pay_statement_entry")) {
            assertThatThrownBy(() -> server.scope()
                            .clientDo(
                                    client,
                                    tx -> tx.db().sql("delete from " + table).update()))
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    private static final int PEOPLE = 3;

    private void closesOnce(VendorStory story) throws Exception {
        var closings = new ArrayList<Callable<Http.Answer>>();
        for (var i = 0; i < 4; i++) {
            closings.add(() -> VendorStory.keyed(story.requester)
                    .post(story.path() + "/pay/statements", Map.of("month", month())));
        }
        var made = 0;
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : pool.invokeAll(closings)) {
                made += done.get().json().get("statements").asInt();
            }
        }
        assertThat(made).as("one statement a person however many close").isEqualTo(PEOPLE);
        assertThat(number(
                        story.client.id(),
                        "select count(*) from pay_statement_entry where entry in (select id from pay_entry"
                                + " where kind = 'answer')"))
                .isEqualTo(30);
    }

    /** The same work as events tell it, and as one that was lost would. */
    private List<Event> events(ClientId client, String project) {
        return server.scope()
                .client(
                        client,
                        tx -> tx.db()
                                .sql("select payload::text from outbox where kind = 'work.done' order by xid, id")
                                .query((row, n) -> new Event(
                                        new Position(1, n),
                                        VendorStory.id(project),
                                        EventKind.WORK_DONE,
                                        row.getString(1),
                                        Instant.EPOCH))
                                .list());
    }

    @Test
    void anHourIsPaidByTheDatabasesClockAndNeverBelowTheFloor() throws Exception {
        var story = new VendorStory(server, "pay-hours");
        var north = story.vendor("North", "nora");
        var team = story.teams.get("North");
        story.person("nico", team, Role.WORKFORCE_MANAGER);
        var project = story.project(1, 1);
        var client = story.client.id();
        var rule = rule("hour", "3.6");
        rule.put("floors", Map.of("FR", "36"));
        assertThat(story.requester.put(project + "/pay/rule", rule).status()).isEqualTo(200);
        assertThat(story.as("nico")
                        .put(
                                story.path() + "/people/" + story.person("nora").value() + "/country",
                                Map.of("country", "FR"))
                        .status())
                .isEqualTo(200);
        // Claims six seconds of work, a moment after the lease.
        story.submit(project, "nora", story.lease(project, "nora").json(), true);
        settled(client, "select count(*) from pay_entry", 1);
        var counted = number(client, "select seconds from pay_entry");
        var passed = number(client, """
                select ceil(extract(epoch from s.submitted_at - l.granted_at))::bigint
                from submission s join lease l on l.id = s.lease""");
        assertThat(counted).isEqualTo(Math.min(6, passed));
        assertThat(owed(client, story.person("nora").value()))
                .isEqualByComparingTo(new BigDecimal("0.001").multiply(BigDecimal.valueOf(counted)));
        assertThat(story.as("nico")
                        .post(story.path() + "/pay/statements", Map.of("month", month()))
                        .json()
                        .get("statements")
                        .asInt())
                .isEqualTo(1);
        assertThat(story.requester
                        .get(story.path() + "/pay/statements")
                        .json()
                        .at("/items/0/exact")
                        .asString())
                .as("a hundredth of a euro a second")
                .isEqualTo("0.0" + counted);
        assertThat(north).isNotNull();
        isBalanced(client);
    }
}
