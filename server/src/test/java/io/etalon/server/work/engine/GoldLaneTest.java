package io.etalon.server.work.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.faults.Faults;
import io.etalon.server.work.gold.GoldItem;
import io.etalon.server.work.gold.GoldSchedule;
import io.etalon.server.work.gold.GoldSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Gold among the claims of people, on the real PostgreSQL. */
final class GoldLaneTest {
    private static final int BLOCK = 20;
    private static final int GOLD = 3;
    private static final int PEOPLE = 5;
    private static final int CLAIMS = 500;

    /** One person's claims in their order: the task, and whether it was gold. */
    private record Claim(long task, boolean gold) {}

    private static GoldSchedule schedule(int seed, int block, int gold) {
        var secret = new byte[32];
        secret[0] = (byte) seed;
        return new GoldSchedule(secret, block, gold);
    }

    @Test
    void keepsTheExactBoundForEveryPersonAtEveryClaimAlsoAcrossARestart() throws Exception {
        try (var cell = new WorkCell(PEOPLE)) {
            var tasks = cell.plan(620);
            // At the end of the queue: what somebody has done as work is no gold for him.
            var items = cell.gild(tasks.subList(530, 620), schedule(1, BLOCK, GOLD), null, Set.of());
            var claims = new HashMap<Integer, List<Claim>>();
            for (var person = 1; person <= PEOPLE; person++) {
                claims.put(person, new ArrayList<>());
            }
            work(cell, claims, 130);
            var open = cell.lease(1);
            claims.get(1).add(new Claim(open.task, open.isGold()));
            var before = cell.snapshot();
            cell.restart();
            assertThat(cell.snapshot()).isEqualTo(before);
            cell.submit(
                    cell.dispatcher
                            .held(cell.project, WorkCell.person(1), open.id())
                            .orElseThrow(),
                    0);
            work(cell, claims, CLAIMS);

            var patterns = new HashSet<String>();
            claims.forEach((person, list) -> {
                assertThat(list).extracting(Claim::task).doesNotHaveDuplicates();
                assertBound(list);
                patterns.add(pattern(list));
                assertBalance(list, items);
            });
            assertThat(patterns).as("no two share the positions").hasSize(PEOPLE);
            var served = claims.values().stream()
                    .flatMap(List::stream)
                    .filter(Claim::gold)
                    .count();
            assertThat(served).isEqualTo((long) PEOPLE * CLAIMS * GOLD / BLOCK);
            assertThat(cell.count("submission where gold")).isEqualTo(served);
            assertThat(cell.dispatcher.with(cell.project, WorkQueue::counts).submissions())
                    .as("gold is no progress")
                    .isEqualTo((long) PEOPLE * CLAIMS - served);
            var after = cell.snapshot();
            cell.restart();
            assertThat(cell.snapshot()).isEqualTo(after);
        }
    }

    /** The whole form: sixty-four people, ten thousand tasks, three answers each. */
    @Test
    void keepsTheExactBoundAndTheRedundancyInAStormOfClaims() throws Exception {
        var people = Faults.times(8, 64);
        var tasks = Faults.times(400, 10_000);
        var gold = tasks / 5;
        try (var cell = new WorkCell(3)) {
            var planned = cell.plan(tasks + gold);
            cell.gild(planned.subList(tasks, tasks + gold), schedule(7, BLOCK, GOLD), null, Set.of());
            var claims = new HashMap<Integer, List<Claim>>();
            for (var person = 1; person <= people; person++) {
                claims.put(person, new ArrayList<>());
            }
            // Everybody finds work: three answers for each task are more than all of them give here.
            work(cell, claims, 3 * tasks / people);
            var takers = new HashMap<Long, Integer>();
            claims.forEach((person, list) -> {
                assertThat(list).extracting(Claim::task).doesNotHaveDuplicates();
                assertBound(list);
                list.stream()
                        .filter(claim -> !claim.gold())
                        .forEach(claim -> takers.merge(claim.task(), 1, Integer::sum));
            });
            assertThat(takers.values()).as("never more than three").allMatch(count -> count <= 3);
            var full = takers.values().stream().filter(count -> count == 3).count();
            Faults.saw(people * (3 * tasks / people) + " claims of " + people + " people, " + full
                    + " tasks with three answers, every person's gold inside the bound at every claim");
            assertThat(full).as("those that came first are done first").isGreaterThan(tasks * 7L / 10);
        }
    }

    /** The control: gold that is drawn by chance, as often on average, is found outside the bound. */
    @Test
    void goldByChanceIsOutsideTheBound() {
        var random = new Random(1);
        var drawn = new ArrayList<Claim>();
        for (var task = 0; task < CLAIMS; task++) {
            drawn.add(new Claim(task, random.nextInt(BLOCK) < GOLD));
        }
        assertThatThrownBy(() -> assertBound(drawn)).isInstanceOf(AssertionError.class);
    }

    private static void work(WorkCell cell, Map<Integer, List<Claim>> claims, int upTo) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<java.util.concurrent.Future<?>>();
            claims.forEach((person, list) -> all.add(threads.submit(() -> {
                var lease = cell.lease(person);
                while (true) {
                    list.add(new Claim(lease.task, lease.isGold()));
                    var more = list.size() < upTo;
                    var outcome = cell.dispatcher.submit(
                            cell.project,
                            WorkCell.worker(person),
                            WorkCell.ticket(lease),
                            new Dispatcher.Answered(5, 0, WorkCell.CONTENT),
                            cell.freshKey(),
                            more);
                    if (!more) {
                        return null;
                    }
                    lease = cell.dispatcher
                            .held(cell.project, WorkCell.person(person), outcome.nextLease())
                            .orElseThrow();
                }
            })));
            for (var one : all) {
                one.get();
            }
        }
    }

    /** Of the first q * B + r claims, between q * g + max(0, g - (B - r)) and q * g + min(g, r) are gold. */
    private static void assertBound(List<Claim> list) {
        var gold = 0;
        for (var n = 1; n <= list.size(); n++) {
            gold += list.get(n - 1).gold() ? 1 : 0;
            var whole = n / BLOCK * GOLD;
            var rest = n % BLOCK;
            assertThat(gold)
                    .as("after %d claims", n)
                    .isBetween(whole + Math.max(0, GOLD - (BLOCK - rest)), whole + Math.min(GOLD, rest));
        }
    }

    private static String pattern(List<Claim> list) {
        var text = new StringBuilder();
        list.forEach(claim -> text.append(claim.gold() ? 'g' : '.'));
        return text.toString();
    }

    /** At every moment no category and no difficulty is ahead of another by more than one. */
    private static void assertBalance(List<Claim> list, List<GoldItem> items) {
        var byTask = new HashMap<Long, GoldItem>();
        items.forEach(item -> byTask.put(item.task(), item));
        var categories = new HashMap<>(Map.of("a", 0, "b", 0, "c", 0));
        var difficulties = new HashMap<>(Map.of(1, 0, 2, 0));
        for (var claim : list) {
            if (claim.gold()) {
                var item = byTask.get(claim.task());
                categories.merge(item.category(), 1, Integer::sum);
                difficulties.merge(item.difficulty(), 1, Integer::sum);
                assertThat(spread(categories.values())).as("categories").isLessThanOrEqualTo(1);
                assertThat(spread(difficulties.values())).as("difficulties").isLessThanOrEqualTo(1);
            }
        }
    }

    private static int spread(java.util.Collection<Integer> counts) {
        return counts.stream().mapToInt(i -> i).max().orElseThrow()
                - counts.stream().mapToInt(i -> i).min().orElseThrow();
    }

    @Test
    void behavesLikeOtherWorkWhenGivenBackOrSkippedAndIsNeverShownTwice() {
        try (var cell = new WorkCell(1)) {
            var tasks = cell.plan(12);
            // Every other claim, drawn: of two claims one is gold.
            cell.gild(tasks.subList(6, 12), schedule(2, 2, 1), null, Set.of());
            var seen = new ArrayList<Long>();
            var waiting = waiting(cell);
            assertThat(waiting).isEqualTo(12);
            var skipped = 0L;
            for (var claims = 1; claims <= 6; claims++) {
                var lease = cell.lease(1);
                assertThat(waiting(cell)).as("falls by one with each claim").isEqualTo(--waiting);
                if (lease.isGold() && skipped == 0) {
                    cell.dispatcher.release(
                            cell.project, WorkCell.worker(1), WorkCell.ticket(lease), OpenLease.Kind.ANNOTATE, null);
                    var again = cell.lease(1);
                    assertThat(again.task).as("given back, it comes again").isEqualTo(lease.task);
                    cell.dispatcher.skip(
                            cell.project,
                            WorkCell.worker(1),
                            WorkCell.ticket(again),
                            new Dispatcher.Skipped("other", null),
                            null);
                    skipped = lease.task;
                } else {
                    cell.submit(lease, 1);
                }
                assertThat(seen).doesNotContain(lease.task);
                seen.add(lease.task);
                var before = cell.snapshot();
                cell.restart();
                assertThat(cell.snapshot()).isEqualTo(before);
            }
            assertThat(skipped).isPositive();
            assertThat(cell.count("gold_serving")).isEqualTo(3);
            assertThat(cell.review(2).task)
                    .as("gold waits for no reviewer")
                    .isNotIn(seen.stream()
                            .filter(task -> cell.count("submission where gold and task = " + task) > 0)
                            .toList());
        }
    }

    private static long waiting(WorkCell cell) {
        return cell.dispatcher
                .with(cell.project, queue -> queue.share(WorkCell.person(1), OpenLease.Kind.ANNOTATE, 1, Reach.STAGES))
                .waiting();
    }

    @Test
    void givesAnExamBeforeAnyOtherWorkAndNotMoreThanItsTasks() {
        try (var cell = new WorkCell(1)) {
            var tasks = cell.plan(10);
            var exam = Set.of(tasks.get(2), tasks.get(5), tasks.get(7));
            cell.gild(tasks, schedule(3, 2, 1), new GoldSource.Exam(1, 2), exam);
            assertThat(waiting(cell)).isEqualTo(2);
            var first = cell.lease(1);
            cell.restart();
            var second = cell.lease(1);
            assertThat(exam).contains(first.task, second.task);
            assertThat(first.task).isNotEqualTo(second.task);
            assertThat(cell.lease(1)).as("nothing until the exam is judged").isNull();
            cell.submit(second, 0);
            assertThat(cell.lease(1)).isNull();
        }
    }

    @Test
    void learnsOfGoldWhileWorkGoesOn() {
        try (var cell = new WorkCell(1)) {
            var tasks = cell.plan(30);
            for (var i = 0; i < 7; i++) {
                assertThat(cell.lease(1).isGold()).isFalse();
                cell.submit(
                        cell.dispatcher
                                .held(cell.project, WorkCell.person(1), OpenLease.Kind.ANNOTATE)
                                .getFirst(),
                        0);
            }
            cell.gild(tasks.subList(20, 30), schedule(4, 4, 1), null, Set.of());
            var gold = 0;
            // The block that has begun is the claims 4 to 7; two whole ones follow.
            for (var i = 7; i < 16; i++) {
                var lease = cell.lease(1);
                gold += i >= 8 && lease.isGold() ? 1 : 0;
                cell.submit(lease, 0);
            }
            assertThat(gold).isEqualTo(2);
        }
    }
}
