package io.etalon.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.admission.Gate.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class GateTest {
    private static final int NOISY = 1;
    private static final int QUIET = 2;

    private static Gate gate(int slots, int waiting, Duration patience) {
        return new Gate(new Gate.Limits(slots, waiting, patience, Duration.ofHours(1)));
    }

    @Test
    void letsNobodyHoldMoreThanThreeQuarters() {
        var gate = gate(8, 0, Duration.ZERO);
        for (var i = 0; i < 6; i++) {
            assertThat(gate.enter(NOISY)).isEqualTo(Answer.IN);
        }
        assertThat(gate.enter(NOISY)).isEqualTo(Answer.SHARE);
        assertThat(gate.enter(QUIET)).isEqualTo(Answer.IN);
        assertThat(gate.enter(3)).isEqualTo(Answer.IN);
        assertThat(gate.enter(4)).isEqualTo(Answer.FULL);
        assertThat(gate.running()).isEqualTo(8);
        gate.leave(NOISY);
        assertThat(gate.enter(4)).isEqualTo(Answer.IN);
        assertThat(gate.refused()).isEqualTo(2);
    }

    @Test
    void refusesWhoWaitedTooLong() {
        var gate = gate(8, 4, Duration.ofMillis(20));
        for (var i = 0; i < 6; i++) {
            gate.enter(NOISY);
        }
        var before = System.nanoTime();
        assertThat(gate.enter(NOISY)).isEqualTo(Answer.SHARE);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(20_000_000);
        assertThat(gate.waiting()).isZero();
    }

    @Test
    void givesTheNextSlotToThePartyThatHasTheFewest() throws Exception {
        var gate = gate(8, 100, Duration.ofSeconds(20));
        for (var i = 0; i < 6; i++) {
            gate.enter(NOISY);
        }
        gate.enter(3);
        gate.enter(3);
        var order = new ConcurrentLinkedQueue<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 50; i++) {
                threads.submit(() -> {
                    gate.enter(NOISY);
                    order.add(NOISY);
                });
            }
            until(gate, 50);
            var quiet = CompletableFuture.supplyAsync(() -> gate.enter(QUIET), threads);
            until(gate, 51);
            gate.leave(NOISY);
            assertThat(quiet.get(5, TimeUnit.SECONDS)).isEqualTo(Answer.IN);
            assertThat(order)
                    .as("fifty came before, of a party that holds five")
                    .isEmpty();
            for (var i = 0; i < 50; i++) {
                gate.leave(NOISY);
            }
        }
        assertThat(order).hasSize(50);
    }

    @Test
    void makesRoomInALineThatIsFullOfOneParty() throws Exception {
        var gate = gate(8, 10, Duration.ofSeconds(20));
        for (var i = 0; i < 8; i++) {
            gate.enter(i < 6 ? NOISY : 3);
        }
        var refusals = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 10; i++) {
                threads.submit(() -> {
                    if (gate.enter(NOISY) == Answer.SHARE) {
                        refusals.countDown();
                    }
                });
            }
            until(gate, 10);
            var quiet = CompletableFuture.supplyAsync(() -> gate.enter(QUIET), threads);
            assertThat(refusals.await(5, TimeUnit.SECONDS)).isTrue();
            gate.leave(NOISY);
            assertThat(quiet.get(5, TimeUnit.SECONDS)).isEqualTo(Answer.IN);
            for (var i = 0; i < 9; i++) {
                gate.leave(NOISY);
            }
        }
    }

    @Test
    void neverHasMoreUnderWayThanSlotsAndLosesNone() throws Exception {
        var gate = gate(8, 1_000, Duration.ofSeconds(20));
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 64; i++) {
                var party = i % 5;
                threads.submit(() -> {
                    for (var j = 0; j < 200; j++) {
                        assertThat(gate.enter(party)).isEqualTo(Answer.IN);
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                        gate.leave(party);
                        done.incrementAndGet();
                    }
                });
            }
        }
        assertThat(done).hasValue(64 * 200);
        assertThat(most.get()).isLessThanOrEqualTo(8);
        assertThat(gate.running()).isZero();
        assertThat(gate.waiting()).isZero();
    }

    @Test
    void hasNoMoreSlotsThanCanBeFinishedInTimeWhileOthersWait() throws Exception {
        var gate = new Gate(new Gate.Limits(256, 10_000, Duration.ofSeconds(20), Duration.ofMillis(100)));
        var turn = new java.util.concurrent.Semaphore(1);
        var ends = new ArrayList<CompletableFuture<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 500; i++) {
                ends.add(CompletableFuture.runAsync(
                        () -> {
                            gate.enter(NOISY);
                            turn.acquireUninterruptibly();
                            LockSupport.parkNanos(2_000_000);
                            turn.release();
                            gate.leave(NOISY);
                        },
                        threads));
            }
            // Some four hundred a second are finished, so that forty are under way for a tenth of a second.
            Await.until(() -> gate.slots() < 64);
            ends.forEach(CompletableFuture::join);
        }
        assertThat(gate.slots()).isGreaterThanOrEqualTo(10);
    }

    private static void until(Gate gate, int waiting) {
        Await.until(() -> gate.waiting() == waiting);
    }

    private interface Await {
        static void until(java.util.function.BooleanSupplier truth) {
            for (var i = 0; i < 5_000 && !truth.getAsBoolean(); i++) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(truth.getAsBoolean()).isTrue();
        }
    }
}
