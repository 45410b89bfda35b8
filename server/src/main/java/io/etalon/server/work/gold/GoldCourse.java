package io.etalon.server.work.gold;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One person's way through a project's gold: how many claims he has made, what he was shown, what came back from him
 * unanswered. Not thread-safe: guarded by its owner.
 */
public final class GoldCourse {
    /** The attempt of gold that is no exam. */
    public static final int AT_WORK = 0;

    /**
     * Gold shown to this person.
     *
     * @param ordinal how many claims he had made before
     * @param attempt {@link #AT_WORK}, or the number of the exam
     */
    public record Serving(GoldItem item, int ordinal, int attempt) {}

    /**
     * Gold whose lease ended without an answer: it comes again at the next claim, as other work does.
     *
     * @param written whether the table knows that it was shown
     */
    public record Back(Serving serving, boolean written) {}

    private record Stratum(String category, int difficulty) {}

    private final UUID person;
    private final List<Serving> atWork = new ArrayList<>();
    private final Deque<Back> back = new ArrayDeque<>();
    private final Map<Integer, Integer> sat = new HashMap<>();
    private final Map<String, Integer> categories = new HashMap<>();
    private final Map<Integer, Integer> difficulties = new HashMap<>();
    private final Map<Stratum, Integer> strata = new HashMap<>();
    private int claims;
    private @Nullable GoldSchedule drawnBy;
    private int drawnBlock;
    private BitSet drawn = new BitSet();

    public GoldCourse(UUID person) {
        this.person = person;
    }

    /** Claims that brought other work or gold for the first time, exams left out. */
    public int claims() {
        return claims;
    }

    /** How many tasks of an exam were shown to him and not skipped. */
    public int sat(int attempt) {
        return sat.getOrDefault(attempt, 0);
    }

    /** A claim brought other work; {@code -1} when it was not written after all. */
    public void count(int change) {
        claims += change;
    }

    /** Whether the next claim is to bring gold. */
    public boolean isDue(GoldSchedule schedule) {
        var number = claims / schedule.block();
        if (drawnBy != schedule || drawnBlock != number) {
            drawn = schedule.positions(person, number);
            drawnBy = schedule;
            drawnBlock = number;
        }
        return servedIn(schedule) < drawn.get(0, claims % schedule.block() + 1).cardinality();
    }

    /** How many claims of the block that he is in were gold. */
    public int servedIn(GoldSchedule schedule) {
        var first = claims / schedule.block() * schedule.block();
        var count = 0;
        for (var i = atWork.size() - 1; i >= 0 && atWork.get(i).ordinal() >= first; i--) {
            count++;
        }
        return count;
    }

    /**
     * The gold to show next: of a category that he had least of, then of a difficulty, then of both together; then what
     * was shown least to all; then in an order of his own. O(items): a claim with gold must not take noticeably longer.
     *
     * @param unseen whether he may get an item; asked only of items that would be chosen
     * @return null when there is none
     */
    public @Nullable GoldItem choose(GoldSetting setting, Predicate<GoldItem> unseen, ToIntFunction<GoldItem> shown) {
        GoldItem best = null;
        long[] bestKey = null;
        var schedule = setting.schedule();
        var seed = schedule == null ? person.getLeastSignificantBits() : schedule.seed(person);
        for (var item : setting.items()) {
            var key = new long[] {
                categories.getOrDefault(item.category(), 0),
                difficulties.getOrDefault(item.difficulty(), 0),
                strata.getOrDefault(new Stratum(item.category(), item.difficulty()), 0),
                shown.applyAsInt(item),
                mixed(seed + item.id())
            };
            if ((bestKey == null || Arrays.compare(key, bestKey) < 0) && unseen.test(item)) {
                best = item;
                bestKey = key;
            }
        }
        return best;
    }

    /** Spreads neighbours over all numbers: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mixed(long number) {
        var z = (number ^ number >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Notes that an item is shown at the next claim. */
    public Serving serve(GoldItem item, int attempt) {
        var serving = new Serving(item, claims, attempt);
        restore(serving);
        if (attempt == AT_WORK) {
            claims++;
        }
        return serving;
    }

    /** Notes what the tables tell was shown; in the order of the ordinals. */
    public void restore(Serving serving) {
        var item = serving.item();
        if (serving.attempt() == AT_WORK) {
            atWork.add(serving);
            categories.merge(item.category(), 1, Integer::sum);
            difficulties.merge(item.difficulty(), 1, Integer::sum);
            strata.merge(new Stratum(item.category(), item.difficulty()), 1, Integer::sum);
        } else {
            sat.merge(serving.attempt(), 1, Integer::sum);
        }
    }

    /** He will not answer this one. */
    public void skipped(Serving serving) {
        if (serving.attempt() != AT_WORK) {
            sat.merge(serving.attempt(), -1, Integer::sum);
        }
    }

    public void giveBack(Back unanswered) {
        back.add(unanswered);
    }

    /**
     * The first that came back and may be shown now. Those that were retired are forgotten; those whose tasks are withdrawn
     * wait, since that can be undone.
     */
    public @Nullable Back takeBack(Predicate<GoldItem> kept, Predicate<GoldItem> shows) {
        for (var all = back.iterator(); all.hasNext(); ) {
            var next = all.next();
            var item = next.serving().item();
            if (!kept.test(item)) {
                all.remove();
            } else if (shows.test(item)) {
                all.remove();
                return next;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "claims=" + claims + " atWork=" + atWork + " sat=" + sat + " back="
                + back.stream().map(Back::toString).sorted().toList();
    }
}
