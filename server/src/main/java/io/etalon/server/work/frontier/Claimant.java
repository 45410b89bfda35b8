package io.etalon.server.work.frontier;

import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One person in front of one frontier: how far they have looked in each lane, what they skipped, and what came back to
 * them. Guarded by its own monitor, which {@link Frontier} takes.
 */
public final class Claimant {
    final UUID person;
    /** From 1; stands in the slots. */
    final int number;

    private int[][] cursors = new int[0][];
    private int[] skipped = new int[0];
    private long[] returned = new long[0];
    /** Positions, ascending. */
    private int[] assigned = new int[0];

    private int assignedCursor;

    Claimant(UUID person, int number) {
        this.person = person;
        this.number = number;
    }

    int cursor(int round, int lane) {
        return round <= cursors.length && lane < cursors[round - 1].length ? cursors[round - 1][lane] : 0;
    }

    void moveCursor(int round, int lane, int to) {
        if (round > cursors.length) {
            var before = cursors.length;
            cursors = Arrays.copyOf(cursors, round);
            Arrays.fill(cursors, before, round, new int[0]);
        }
        if (lane >= cursors[round - 1].length) {
            cursors[round - 1] = Arrays.copyOf(cursors[round - 1], lane + 1);
        }
        cursors[round - 1][lane] = to;
    }

    /** Forgets how far this person looked in the rounds after one; free when there was none. */
    void rewindAfter(int round) {
        if (cursors.length > round) {
            cursors = Arrays.copyOf(cursors, round);
        }
    }

    void rewind() {
        cursors = new int[0][];
    }

    boolean hasSkipped(int position) {
        return skipped.length > 0 && Arrays.binarySearch(skipped, position) >= 0;
    }

    void skip(int position) {
        var at = Arrays.binarySearch(skipped, position);
        if (at < 0) {
            var wider = new int[skipped.length + 1];
            System.arraycopy(skipped, 0, wider, 0, -at - 1);
            wider[-at - 1] = position;
            System.arraycopy(skipped, -at - 1, wider, -at, skipped.length + at + 1);
            skipped = wider;
        }
    }

    void unskip(int position) {
        var at = Arrays.binarySearch(skipped, position);
        if (at >= 0) {
            var rest = Arrays.copyOf(skipped, skipped.length - 1);
            System.arraycopy(skipped, at + 1, rest, at, rest.length - at);
            skipped = rest;
        }
    }

    public int[] skipped() {
        return skipped.clone();
    }

    boolean isAssigned(int position) {
        return Arrays.binarySearch(assigned, position) >= 0;
    }

    /** The next assigned position not looked at yet, or -1. */
    int nextAssigned() {
        return assignedCursor < assigned.length ? assigned[assignedCursor++] : -1;
    }

    /** Replaces what is assigned among some positions; all of them or none. Both arrays ascend. */
    void assign(int[] positions, boolean mine) {
        if (!mine && assigned.length == 0) {
            return;
        }
        var rest = Arrays.stream(assigned).filter(held -> Arrays.binarySearch(positions, held) < 0);
        assigned = (mine ? IntStream.concat(rest, Arrays.stream(positions)).sorted() : rest).toArray();
        assignedCursor = 0;
    }

    void giveBack(long claim) {
        returned = Arrays.copyOf(returned, returned.length + 1);
        returned[returned.length - 1] = claim;
    }

    /** The oldest claim that came back, or {@link Frontier#NONE}. */
    long takeBack() {
        if (returned.length == 0) {
            return Frontier.NONE;
        }
        var first = returned[0];
        returned = Arrays.copyOfRange(returned, 1, returned.length);
        return first;
    }

    /** Takes one claim that came back; false when it is not there. */
    boolean takeBack(long claim) {
        for (var i = 0; i < returned.length; i++) {
            if (returned[i] == claim) {
                var rest = Arrays.copyOf(returned, returned.length - 1);
                System.arraycopy(returned, i + 1, rest, i, rest.length - i);
                returned = rest;
                return true;
            }
        }
        return false;
    }

    long[] returned() {
        return returned.clone();
    }
}
