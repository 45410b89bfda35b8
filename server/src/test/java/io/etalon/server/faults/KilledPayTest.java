package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http.Answer;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The process is killed (SIGKILL) while the ledger follows the work, while a month is closed and while its statements are
 * paid. Whoever was cut off sends the same again, under the same key.
 */
final class KilledPayTest {
    private static final int PEOPLE = Faults.times(3, 8);
    private static final int TASKS = Faults.times(5, 60);
    private static final int KILLS = Faults.kills(1, 12);
    private static final int LONGEST_PAUSE = 30_000_000;
    private static final BigDecimal PRICE = new BigDecimal("0.07");

    private final AtomicInteger handedIn = new AtomicInteger();
    private final Random random = new Random(Faults.seed());
    private final int port;
    private final Path data = TestServer.freshData();
    private ChildServer child;

    KilledPayTest() throws IOException {
        port = Faults.twoFreePorts();
        var names = new ArrayList<>(List.of("killed-pay"));
        for (var i = 0; i < PEOPLE; i++) {
            names.add("worker-" + i);
        }
        child = ChildServer.start(data, port, names.toArray(String[]::new));
    }

    @Test
    void paysEachAnswerOnceAndEachStatementOnceWhateverIsCutOff() throws Exception {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var job = new SmallJob(child.url(), "killed-pay", child.sessions())
                    .project(PEOPLE, 0)
                    .images(TASKS)
                    .plan();
            var rule = Map.of("currency", "EUR", "price", Map.of("unit", "task", "amount", PRICE.toPlainString()));
            assertThat(job.as("requester").put(job.path() + "/pay/rule", rule).status())
                    .isEqualTo(200);
            var workers = new ArrayList<Future<?>>();
            for (var i = 0; i < PEOPLE; i++) {
                var name = "worker-" + i;
                workers.add(threads.submit(() -> work(job, name)));
            }
            for (var kill = 1; kill <= KILLS; kill++) {
                var goal = kill * PEOPLE * TASKS / (KILLS + 1);
                Await.until("work goes on", Faults.patience(), () -> handedIn.get() >= goal);
                killAndStart();
            }
            for (var worker : workers) {
                worker.get();
            }
            assertThat(handedIn.get()).isEqualTo(PEOPLE * TASKS);
            Await.until("the ledger has followed", Faults.patience(), () -> entries() >= PEOPLE * TASKS);
            settle(job, threads.submit(() -> close(job)));
            settle(job, threads.submit(() -> pay(job)));
            check();
        } finally {
            threads.shutdownNow();
            child.kill();
            Postmaster.killOrphan(data);
        }
    }

    /** Kills the server in the midst of an act, which goes on before the next process until it is done. */
    private void settle(SmallJob job, Future<?> act) throws Exception {
        killAndStart();
        act.get();
        assertThat(job.tasks()).hasSize(TASKS);
    }

    private void killAndStart() throws Exception {
        LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE));
        child.kill();
        child = ChildServer.start(data, port);
    }

    private void work(SmallJob job, String name) {
        for (var i = 0; i < TASKS; i++) {
            var leaseKey = UUID.randomUUID().toString();
            var lease = insisted(
                    () -> job.as(name).with("Idempotency-Key", leaseKey).post(job.path() + "/leases", Map.of()));
            assertThat(lease.status()).as(lease.body()).isEqualTo(201);
            var key = UUID.randomUUID().toString();
            var done = insisted(() -> job.submit(name, lease.json(), SmallJob.answer(name), key));
            assertThat(done.status()).as(done.body()).isEqualTo(201);
            handedIn.incrementAndGet();
        }
    }

    private static void close(SmallJob job) {
        var key = UUID.randomUUID().toString();
        var month = Map.of("month", YearMonth.now(ZoneOffset.UTC).toString());
        var closed = insisted(() ->
                job.as("requester").with("Idempotency-Key", key).post(job.clientPath() + "/pay/statements", month));
        assertThat(closed.status()).as(closed.body()).isEqualTo(201);
        assertThat(closed.json().path("statements").asInt()).isEqualTo(PEOPLE);
    }

    private static void pay(SmallJob job) {
        var statements = insisted(() -> job.as("requester").get(job.clientPath() + "/pay/statements"));
        assertThat(statements.json().path("items")).hasSize(PEOPLE);
        for (var statement : statements.json().path("items")) {
            var address = job.clientPath() + "/pay/statements/"
                    + statement.path("number").asLong() + "/payment";
            var key = UUID.randomUUID().toString();
            var paid = insisted(() -> job.as("requester")
                    .with("Idempotency-Key", key)
                    .post(address, Map.of("reference", "SEPA " + address)));
            assertThat(paid.status()).as(paid.body()).isLessThan(300);
        }
    }

    /** Sends until something but "not now" comes back. */
    private static Answer insisted(Supplier<Answer> send) {
        var deadline = System.nanoTime() + Faults.patience().toNanos();
        while (System.nanoTime() < deadline) {
            try {
                var answer = send.get();
                if (answer.status() != 503 && answer.status() != 429) {
                    return answer;
                }
            } catch (AssertionError e) {
                if (!(e.getCause() instanceof IOException)) {
                    throw e;
                }
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("no answer within " + Faults.patience());
    }

    private long entries() {
        try (var cell = Cells.only(data)) {
            return number(cell, "select count(*) from pay_entry where kind = 'answer'");
        } catch (IOException | SQLException e) {
            throw new AssertionError("the cell cannot be read", e);
        }
    }

    private void check() throws Exception {
        try (var cell = Cells.only(data)) {
            assertThat(faults(cell)).isEmpty();
            assertThat(number(cell, "select count(*) from pay_entry where kind = 'answer'"))
                    .isEqualTo((long) PEOPLE * TASKS);
            try (var statement = cell.createStatement();
                    var sum = statement.executeQuery("select sum(exact) from pay_statement")) {
                sum.next();
                assertThat(sum.getBigDecimal(1))
                        .isEqualByComparingTo(PRICE.multiply(BigDecimal.valueOf((long) PEOPLE * TASKS)));
            }
            // The control: the same look at a ledger from which one entry was really taken.
            try (var statement = cell.createStatement()) {
                for (var table :
                        List.of("pay_statement_entry where entry", "pay_line where entry", "pay_entry where id")) {
                    statement.execute("delete from " + table
                            + " = (select e.id from pay_entry e where e.kind = 'answer' order by e.id limit 1)");
                }
            }
            assertThat(faults(cell)).contains("answers without pay 1", "something is owed 1");
        }
    }

    private static List<String> faults(Connection cell) throws SQLException {
        var faults = new ArrayList<String>();
        var looks = Map.of(
                "answers without pay",
                """
                select count(*) from submission s
                where not exists (select from pay_entry e where e.kind = 'answer' and e.source = s.id)""",
                "entries out of balance",
                """
                select count(*) from (select e.id from pay_entry e left join pay_line l on l.entry = e.id
                  group by e.id having count(l.entry) <> 2 or sum(l.amount) <> 0) wrong""",
                "answers on no statement",
                """
                select count(*) from pay_entry e where e.kind = 'answer'
                  and not exists (select from pay_statement_entry s where s.entry = e.id)""",
                "people without exactly one statement",
                """
                select count(*) from (select e.person from pay_entry e group by e.person
                  having (select count(*) from pay_statement s where s.person = e.person) <> 1) wrong""",
                "statements without exactly one payment",
                """
                select count(*) from pay_statement s where
                  (select count(*) from pay_entry e where e.kind = 'payment' and e.source = s.number) <> 1""",
                "something is owed",
                """
                select count(*) from (select e.person from pay_entry e join pay_line l on l.entry = e.id
                  where l.account = 'payable' group by e.person having sum(l.amount) <> 0) wrong""");
        for (var look : looks.entrySet()) {
            var found = number(cell, look.getValue());
            if (found > 0) {
                faults.add(look.getKey() + " " + found);
            }
        }
        return faults;
    }

    private static long number(Connection cell, String sql) throws SQLException {
        try (var statement = cell.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
