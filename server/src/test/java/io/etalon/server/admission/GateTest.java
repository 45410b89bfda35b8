package io.etalon.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.admission.Gate.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

final class GateTest {
    private static final int NOISY = 1;
    private static final int QUIET = 2;

    /** Of a server that nobody configured; a client has twelve of its first sixteen slots. */
    private static final Gate.Limits SERVER = new Gate.Limits(
            384, 768, Duration.ofSeconds(2), Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofSeconds(1));

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
        assertThat(gate.enter(NOISY)).isEqualTo(Answer.SHARE);
        assertThat(gate.enter(3)).isEqualTo(Answer.IN);
        assertThat(gate.enter(4)).isEqualTo(Answer.FULL);
        assertThat(gate.running()).isEqualTo(8);
        gate.leave(NOISY, System.nanoTime());
        assertThat(gate.enter(4)).isEqualTo(Answer.IN);
        assertThat(gate.refused()).isEqualTo(3);
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
            gate.leave(NOISY, System.nanoTime());
            assertThat(quiet.get(5, TimeUnit.SECONDS)).isEqualTo(Answer.IN);
            assertThat(order)
                    .as("fifty came before, of a party that holds five")
                    .isEmpty();
            for (var i = 0; i < 50; i++) {
                gate.leave(NOISY, System.nanoTime());
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
            gate.leave(NOISY, System.nanoTime());
            assertThat(quiet.get(5, TimeUnit.SECONDS)).isEqualTo(Answer.IN);
            for (var i = 0; i < 9; i++) {
                gate.leave(NOISY, System.nanoTime());
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
                        gate.leave(party, System.nanoTime());
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
                            gate.leave(NOISY, System.nanoTime());
                        },
                        threads));
            }
            // Some four hundred a second are finished, so that forty are under way for a tenth of a second.
            Await.until(() -> gate.slots() < 64);
            ends.forEach(CompletableFuture::join);
        }
        assertThat(gate.slots()).isGreaterThanOrEqualTo(10);
    }

    /** What takes long by itself gets more slots, though each of its requests takes longer than it should. */
    @Test
    void blamesTheServersLoadOnlyForWhatACalmServerDoesFaster() throws Exception {
        var gate = new Gate(new Gate.Limits(192, 10_000, Duration.ofSeconds(20), Duration.ofMillis(1)));
        for (var i = 0; i < 500; i++) {
            gate.enter(QUIET);
            gate.leave(QUIET, System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(1_000));
        }
        var most = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 1_500; i++) {
                var party = i % 7;
                threads.submit(() -> {
                    gate.enter(party);
                    var since = System.nanoTime();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
                    most.accumulateAndGet(gate.slots(), Math::max);
                    gate.leave(party, since);
                });
            }
        }
        assertThat(most.get()).isGreaterThan(64);
    }

    /** A burst waits as long as it takes; a line that never ends is cut to what is served soon. */
    @Test
    void letsNobodyWaitLongInALineThatStands() throws Exception {
        var gate = new Gate(new Gate.Limits(
                8, 1_000, Duration.ofSeconds(20), Duration.ofHours(1), Duration.ofMillis(200), Duration.ofMillis(50)));
        warmUp(gate, 1_000, System::nanoTime);
        var held = System.nanoTime();
        for (var i = 0; i < 8; i++) {
            gate.enter(i < 6 ? NOISY : 3);
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<CompletableFuture<Answer>>();
            for (var i = 0; i < 20; i++) {
                waiting.add(CompletableFuture.supplyAsync(() -> gate.enter(NOISY), threads));
            }
            until(gate, 20);
            gate.leave(NOISY, held);
            until(gate, 19);
            assertThat(waiting.stream().filter(CompletableFuture::isDone))
                    .as("a burst is served, not refused")
                    .hasSizeLessThanOrEqualTo(1);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            gate.leave(NOISY, held);
            until(gate, 0);
            var answers = waiting.stream().map(CompletableFuture::join).toList();
            assertThat(answers).filteredOn(Answer.IN::equals).hasSize(2);
            assertThat(gate.refused()).isEqualTo(18);
        }
    }

    /** A process that was just started: 256 people of one client sit down at once, and each has to wait for the compiler. */
    @Test
    void refusesNobodyWhoSitsDownAtAColdServer() {
        var clock = new AtomicLong();
        var gate = new Gate(SERVER, clock::get);
        assertThat(sitDown(gate, clock)).containsOnly(Answer.IN);
        assertThat(gate.refused()).isZero();
    }

    /** The control: at a server that has long been at work a line that moves so slowly stands. */
    @Test
    void knowsASlowLineOnceItIsWarm() {
        var clock = new AtomicLong();
        var gate = new Gate(SERVER, clock::get);
        warmUp(gate, SERVER.waiting(), clock::get);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(sitDown(gate, clock)).containsAnyOf(Answer.FULL, Answer.SHARE);
    }

    /** Who works asks again as soon as he is answered; at a server of 320 requests a second that is a line without an end. */
    @Test
    void refusesNobodyOf256WhoWorkAtASlowServer() {
        var clock = new AtomicLong();
        var gate = new Gate(SERVER, clock::get);
        warmUp(gate, SERVER.waiting(), clock::get);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 256; i++) {
                threads.submit(() -> gate.enter(NOISY));
            }
            for (var i = 0; i < 400 && gate.refused() == 0; i++) {
                Await.until(() -> gate.running() + gate.waiting() + gate.refused() >= 256);
                clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(25));
                for (var j = 0; j < 8; j++) {
                    gate.leave(NOISY, clock.get());
                    threads.submit(() -> gate.enter(NOISY));
                }
            }
            var refused = gate.refused();
            while (gate.running() > 0) {
                gate.leave(NOISY, clock.get());
                Await.until(() -> gate.running() > 0 || gate.waiting() == 0);
            }
            assertThat(refused).isZero();
        }
    }

    /** What came to be while the gate was cold is a burst from then on, and no line that stood for long. */
    @Test
    void beginsToCountALineWhenItIsWarm() throws Exception {
        var clock = new AtomicLong();
        var gate = new Gate(SERVER, clock::get);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 12; i++) {
                gate.enter(NOISY);
            }
            var waiting = CompletableFuture.supplyAsync(() -> gate.enter(NOISY), threads);
            until(gate, 1);
            clock.addAndGet(TimeUnit.SECONDS.toNanos(3));
            // Others come and go meanwhile, as many as it takes.
            warmUp(gate, SERVER.waiting(), clock::get);
            gate.leave(NOISY, clock.get());
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(Answer.IN);
        }
    }

    /** What 256 people of a client are told who come at once, where forty requests a second are done. */
    private static List<Answer> sitDown(Gate gate, AtomicLong clock) {
        var answers = new ConcurrentLinkedQueue<Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 256; i++) {
                threads.submit(() -> answers.add(gate.enter(NOISY)));
            }
            Await.until(() -> gate.waiting() + answers.size() == 256);
            while (gate.running() > 0) {
                clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(25));
                var told = answers.size();
                gate.leave(NOISY, clock.get());
                Await.until(
                        () -> gate.waiting() + answers.size() == 256 && (gate.waiting() == 0 || answers.size() > told));
            }
        }
        return List.copyOf(answers);
    }

    private static void warmUp(Gate gate, int waiting, LongSupplier clock) {
        for (var i = 0; i < Gate.COLD_LINES * waiting; i++) {
            gate.enter(QUIET);
            gate.leave(QUIET, clock.getAsLong());
        }
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
