package io.etalon.server.work.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrontierTest {
    private record Taken(long task, int person, int round) {}

    private static Frontier frontier(int tasks, int capacity) {
        var frontier = new Frontier();
        for (var i = 1; i <= tasks; i++) {
            frontier.add(i, 0, capacity);
        }
        return frontier;
    }

    private static Claimant person(Frontier frontier, int number) {
        return frontier.claimant(new UUID(0, number));
    }

    private static long next(Frontier frontier, int person) {
        var claim = frontier.claim(person(frontier, person), 1);
        return claim == Frontier.NONE ? 0 : frontier.id(Frontier.positionOf(claim));
    }

    @Test
    void givesEachTaskToExactlyThreePeopleInAStormOfClaims() throws Exception {
        var tasks = 10_000;
        var people = 64;
        var frontier = frontier(tasks, 3);
        var taken = new ConcurrentLinkedQueue<Taken>();
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(people)) {
            var runs = IntStream.rangeClosed(1, people)
                    .mapToObj(person -> threads.submit(() -> {
                        start.await();
                        for (long task; (task = next(frontier, person)) != 0; ) {
                            taken.add(new Taken(task, person, 1));
                        }
                        return null;
                    }))
                    .toList();
            start.countDown();
            for (var run : runs) {
                run.get();
            }
        }
        assertThat(taken).hasSize(3 * tasks);
        assertThat(new HashSet<>(taken)).as("nobody has a task twice").hasSize(3 * tasks);
        var takers = new HashMap<Long, Integer>();
        taken.forEach(t -> takers.merge(t.task(), 1, Integer::sum));
        assertThat(takers).hasSize(tasks);
        assertThat(takers.values()).containsOnly(3);
    }

    /** The control: the same storm on counts that are read first and raised afterwards. */
    @Test
    void countsThatAreReadBeforeTheyAreRaisedGiveTasksToTooMany() throws Exception {
        var counts = new AtomicIntegerArray(10_000);
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(64)) {
            for (var person = 0; person < 64; person++) {
                threads.submit(() -> {
                    start.await();
                    for (var task = 0; task < counts.length(); task++) {
                        if (counts.get(task) < 3) {
                            Thread.yield();
                            counts.incrementAndGet(task);
                        }
                    }
                    return null;
                });
            }
            start.countDown();
        }
        assertThat(IntStream.range(0, counts.length()).filter(task -> counts.get(task) > 3))
                .isNotEmpty();
    }

    @Test
    void onePersonUnderManyThreadsStillGetsEachTaskOnce() throws Exception {
        var frontier = frontier(2_000, 3);
        var taken = new ConcurrentLinkedQueue<Long>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var i = 0; i < 16; i++) {
                threads.submit(() -> {
                    for (long task; (task = next(frontier, 1)) != 0; ) {
                        taken.add(task);
                    }
                });
            }
        }
        assertThat(taken).hasSize(2_000).doesNotHaveDuplicates();
    }

    /** A storm in which slots also come back: what is left in the end must be full, exactly. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void fillsEveryTaskExactlyWhenSlotsComeBackMeanwhile(long seed) throws Exception {
        var tasks = 1_000;
        var people = 16;
        var frontier = frontier(tasks, 3);
        var held = new ConcurrentLinkedQueue<Taken>();
        try (var threads = Executors.newFixedThreadPool(people)) {
            for (var person = 1; person <= people; person++) {
                var me = person;
                threads.submit(() -> {
                    var random = new Random(seed * 1_000 + me);
                    var who = person(frontier, me);
                    for (long claim; (claim = frontier.claim(who, 1)) != Frontier.NONE; ) {
                        var position = Frontier.positionOf(claim);
                        var dice = random.nextInt(10);
                        if (dice == 0) {
                            frontier.release(who, position, 1);
                        } else if (dice == 1 && me > 8) {
                            frontier.skip(who, position, 1);
                        } else {
                            held.add(new Taken(frontier.id(position), me, 1));
                        }
                    }
                });
            }
        }
        // Who ran out early finds what came back later.
        for (var person = 1; person <= people; person++) {
            for (long task; (task = next(frontier, person)) != 0; ) {
                held.add(new Taken(task, person, 1));
            }
        }
        assertThat(new HashSet<>(held)).as("seed %d", seed).hasSize(3 * tasks);
        for (var position = 0; position < tasks; position++) {
            assertThat(frontier.takers(position)).as("seed %d", seed).hasSize(3);
        }
    }

    @Test
    void offersReturnedWorkFirstThenFreedSlotsThenByPriorityAndArrival() {
        var frontier = new Frontier();
        frontier.add(1, 0, 1);
        frontier.add(2, 0, 1);
        frontier.add(3, 5, 1);
        frontier.add(4, 5, 1);
        frontier.add(5, -1, 1);
        var me = person(frontier, 1);
        var other = person(frontier, 2);
        assertThat(next(frontier, 2)).isEqualTo(3);
        frontier.release(other, frontier.find(3), 1);
        assertThat(next(frontier, 2)).as("freed before fresh").isEqualTo(3);
        assertThat(next(frontier, 1)).isEqualTo(4);
        frontier.giveBack(me, frontier.find(4), 1);
        frontier.release(other, frontier.find(3), 1);
        assertThat(List.of(
                        next(frontier, 1), next(frontier, 1), next(frontier, 1), next(frontier, 1), next(frontier, 1)))
                .containsExactly(4L, 3L, 1L, 2L, 5L);
        assertThat(next(frontier, 1)).isZero();
    }

    @Test
    void offersATaskOfAHigherPriorityThatArrivesLaterBeforeTheOthers() {
        var frontier = frontier(3, 1);
        assertThat(next(frontier, 1)).isEqualTo(1);
        frontier.add(4, 9, 1);
        assertThat(next(frontier, 1)).isEqualTo(4);
        assertThat(next(frontier, 1)).isEqualTo(2);
    }

    @Test
    void neverOffersASkippedTaskToThePersonAgainButToOthers() {
        var frontier = frontier(2, 1);
        assertThat(next(frontier, 1)).isEqualTo(1);
        frontier.skip(person(frontier, 1), 0, 1);
        assertThat(next(frontier, 1)).isEqualTo(2);
        assertThat(next(frontier, 1)).isZero();
        assertThat(next(frontier, 2)).isEqualTo(1);
        frontier.setCapacities(3);
        assertThat(next(frontier, 1))
                .as("also not after a change that looks at everything anew")
                .isZero();
    }

    @Test
    void beginsASecondRoundOnlyAfterTheFirstAndNeedsItsOwnSlots() {
        var frontier = frontier(3, 3);
        var me = person(frontier, 1);
        var order = new ArrayList<String>();
        for (long claim; (claim = frontier.claim(me, 2)) != Frontier.NONE; ) {
            order.add(frontier.id(Frontier.positionOf(claim)) + "/" + Frontier.roundOf(claim));
        }
        assertThat(order).containsExactly("1/1", "2/1", "3/1", "1/2", "2/2", "3/2");
        frontier.add(4, 0, 3);
        assertThat(frontier.roundOf(frontier.claim(me, 2))).isEqualTo(1);
        assertThat(frontier.id(Frontier.positionOf(frontier.claim(me, 2))))
                .as("its second round comes although the cursor had reached the end")
                .isEqualTo(4);
        assertThat(frontier.takers(0)).hasSize(2);
    }

    @Test
    void opensFullTasksAgainWhenMoreAnswersAreNeededAndClosesThemWhenFewer() {
        var frontier = frontier(100, 1);
        for (var i = 0; i < 100; i++) {
            next(frontier, 1);
        }
        assertThat(next(frontier, 2)).isZero();
        frontier.setCapacities(3);
        assertThat(next(frontier, 1)).isZero();
        for (var i = 1; i <= 100; i++) {
            assertThat(next(frontier, 2)).isEqualTo(i);
        }
        frontier.setCapacities(2);
        assertThat(next(frontier, 3)).isZero();
        frontier.setCapacity(7, 5);
        assertThat(next(frontier, 3)).isEqualTo(8);
        assertThat(next(frontier, 4)).isEqualTo(8);
        assertThat(next(frontier, 5)).isEqualTo(8);
        assertThat(next(frontier, 6)).isZero();
    }

    @Test
    void barsThePersonWhoHoldsTheFirstSlotFromTheOther() {
        var frontier = new Frontier();
        frontier.add(77, 0, 2, java.util.List.of(person(frontier, 1)));
        assertThat(next(frontier, 1)).isZero();
        assertThat(next(frontier, 2)).isEqualTo(77);
        assertThat(next(frontier, 3)).isZero();
    }

    /** Against a plain model: a claim returns a task if and only if the model has one for this person. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void agreesWithAPlainModelOverRandomSchedules(long seed) {
        var random = new Random(seed);
        var capacity = 1 + random.nextInt(4);
        var frontier = new Frontier();
        var held = new HashSet<Taken>();
        var barred = new HashSet<Taken>();
        var tasks = 0;
        for (var step = 0; step < 1_000; step++) {
            var person = 1 + random.nextInt(5);
            var who = person(frontier, person);
            switch (random.nextInt(8)) {
                case 0 -> frontier.add(++tasks, random.nextInt(3), capacity);
                case 1 ->
                    held.stream().filter(t -> t.person() == person).findFirst().ifPresent(t -> {
                        frontier.release(who, frontier.find(t.task()), t.round());
                        held.remove(t);
                    });
                case 2 ->
                    held.stream().filter(t -> t.person() == person).findFirst().ifPresent(t -> {
                        frontier.skip(who, frontier.find(t.task()), t.round());
                        held.remove(t);
                        barred.add(new Taken(t.task(), person, 0));
                    });
                default -> {
                    var claim = frontier.claim(who, 1);
                    var free = freeFor(person, tasks, capacity, held, barred);
                    if (claim == Frontier.NONE) {
                        assertThat(free).as("seed %d step %d", seed, step).isEmpty();
                    } else {
                        var task = frontier.id(Frontier.positionOf(claim));
                        assertThat(free).as("seed %d step %d", seed, step).contains(task);
                        held.add(new Taken(task, person, 1));
                    }
                }
            }
        }
    }

    private static List<Long> freeFor(int person, int tasks, int capacity, HashSet<Taken> held, HashSet<Taken> barred) {
        var free = new ArrayList<Long>();
        for (var task = 1L; task <= tasks; task++) {
            var id = task;
            if (held.stream().filter(t -> t.task() == id).count() < capacity
                    && !held.contains(new Taken(id, person, 1))
                    && !barred.contains(new Taken(id, person, 0))) {
                free.add(id);
            }
        }
        return free;
    }
}
