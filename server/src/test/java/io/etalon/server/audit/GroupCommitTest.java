package io.etalon.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupCommitTest {
    private static final ClientId CLIENT = new ClientId(new UUID(0, 1));
    private static final ProjectId PROJECT = new ProjectId(new UUID(0, 2));

    private final ConcurrentHashMap<String, Integer> committed = new ConcurrentHashMap<>();
    private final AtomicInteger transactions = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();

    @Test
    void commitsEachOnceOneTransactionAtATimeAndManyTogether() throws Exception {
        var group = new GroupCommit(CLIENT, (client, events) -> {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            transactions.incrementAndGet();
            events.forEach(event -> committed.merge(String.valueOf(event.asset()), 1, Integer::sum));
            inside.decrementAndGet();
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = IntStream.range(0, 64)
                    .<Future<?>>mapToObj(writer -> threads.submit(() -> {
                        for (var i = 0; i < 500; i++) {
                            var name = writer + "-" + i;
                            group.write(event(name));
                            assertThat(committed).containsKey(name);
                        }
                    }))
                    .toList();
            for (var writer : writers) {
                writer.get();
            }
        }
        assertThat(committed)
                .hasSize(64 * 500)
                .allSatisfy((name, times) -> assertThat(times).isEqualTo(1));
        assertThat(transactions.get()).isLessThanOrEqualTo(64 * 500);
    }

    @Test
    void thoseWhoComeDuringACommitAreCommittedTogetherAfterIt() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var group = new GroupCommit(CLIENT, (client, events) -> {
            if (transactions.getAndIncrement() == 0) {
                begun.countDown();
                await(go);
            }
            committed.put("transaction " + transactions.get(), events.size());
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> group.write(event("first")));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            var waiting = new CountDownLatch(20);
            for (var i = 0; i < 20; i++) {
                var name = "later " + i;
                threads.submit(() -> {
                    waiting.countDown();
                    group.write(event(name));
                });
            }
            waiting.await();
            TimeUnit.MILLISECONDS.sleep(200);
            go.countDown();
        }
        assertThat(committed).containsEntry("transaction 1", 1);
        assertThat(transactions.get()).as("few transactions for twenty").isLessThan(12);
        assertThat(committed.values().stream().mapToInt(size -> size).sum()).isEqualTo(21);
    }

    @Test
    void aBadEntryFailsAloneAndAnErrorLeavesNobodyWaiting() throws Exception {
        var group = new GroupCommit(CLIENT, (client, events) -> {
            if (events.stream().anyMatch(event -> String.valueOf(event.asset()).startsWith("error"))) {
                throw new AssertionError("broken");
            }
            if (events.stream().anyMatch(event -> String.valueOf(event.asset()).startsWith("bad"))) {
                throw new IllegalStateException("refused");
            }
            events.forEach(event -> committed.merge(String.valueOf(event.asset()), 1, Integer::sum));
        });
        var outcomes = new ConcurrentHashMap<String, String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 200)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        var name = (i % 10 == 0 ? "bad " : "good ") + i;
                        try {
                            group.write(event(name));
                            outcomes.put(name, "committed");
                        } catch (IllegalStateException e) {
                            outcomes.put(name, String.valueOf(e.getMessage()));
                        }
                    }))
                    .toList();
            for (var one : all) {
                one.get();
            }
            assertThat(outcomes)
                    .hasSize(200)
                    .allSatisfy((name, outcome) ->
                            assertThat(outcome).isEqualTo(name.startsWith("bad") ? "refused" : "committed"));
            assertThat(committed).hasSize(180);

            assertThatThrownBy(() ->
                            threads.submit(() -> group.write(event("error"))).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AssertionError.class);
            threads.submit(() -> group.write(event("after"))).get();
        }
        assertThat(committed).containsKey("after");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AuditEvent event(String subject) {
        return AuditEvent.of(AuditOp.VIEW, new PersonId(new UUID(0, 3)), "session", PROJECT)
                .about(subject);
    }
}
