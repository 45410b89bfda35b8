package io.etalon.quality;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbered judgements in the order they came, eight bytes each: the task, and worker and class in one number. Held in pieces,
 * so that growing copies nothing. Not safe for concurrent use.
 */
final class Judgements {
    private static final int SMALLEST = 64;
    private static final int LARGEST = 1 << 20;

    /** A judgement by the numbers of task, worker and class. */
    @FunctionalInterface
    interface Action {
        void on(int task, int worker, int label);
    }

    private record Piece(int[] task, int[] said) {}

    private final List<Piece> pieces = new ArrayList<>();
    private Piece last = new Piece(new int[0], new int[0]);
    private int used;
    private int size;
    /** Said is worker x radix + class, unsigned; less than twice the number of classes. */
    private long radix = 2;

    void add(int task, int worker, int label) {
        while (label >= radix) {
            widen();
        }
        var said = worker * radix + label;
        if (said > 0xffff_ffffL) {
            throw new IllegalArgumentException(
                    (worker + 1L) + " workers x " + radix + " classes are more than 2^32 pairs");
        }
        size = Math.addExact(size, 1);
        if (used == last.task.length) {
            var length = Math.clamp(2L * used, SMALLEST, LARGEST);
            last = new Piece(new int[length], new int[length]);
            pieces.add(last);
            used = 0;
        }
        last.task[used] = task;
        last.said[used++] = (int) said;
    }

    /** Makes room for twice as many classes: rare, and few judgements are there when it happens. */
    private void widen() {
        for (var piece : pieces) {
            for (var i = 0; i < piece.said.length; i++) {
                var said = Integer.toUnsignedLong(piece.said[i]);
                var wider = said / radix * 2 * radix + said % radix;
                if (wider > 0xffff_ffffL) {
                    throw new IllegalArgumentException("workers x " + 2 * radix + " classes are more than 2^32 pairs");
                }
                piece.said[i] = (int) wider;
            }
        }
        radix *= 2;
    }

    int size() {
        return size;
    }

    /** Bytes held. */
    long memory() {
        return pieces.stream().mapToLong(piece -> 8L * piece.task.length).sum();
    }

    /** All judgements in the order they came. */
    void each(Action action) {
        for (var piece : pieces) {
            var count = piece == last ? used : piece.task.length;
            for (var i = 0; i < count; i++) {
                var said = Integer.toUnsignedLong(piece.said[i]);
                action.on(piece.task[i], (int) (said / radix), (int) (said % radix));
            }
        }
    }
}
