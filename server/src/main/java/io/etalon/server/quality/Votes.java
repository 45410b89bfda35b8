package io.etalon.server.quality;

import io.etalon.annotation.Ontology;
import io.etalon.quality.Labels;
import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.base.PersonId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people say on every choice of a project, as numbers: all that a method has to see at once. 16 bytes a case, and for
 * each choice 4 a case and 4 a judgement; the answers themselves are not kept. Not thread-safe.
 */
final class Votes {
    private static final int FIRST = 1 << 10;
    private static final int HEX = 16;
    /** As many numbers of cases as there can be fit into these bits; the rest of a long orders hashes. */
    private static final long NUMBER = (1L << 31) - 1;

    private final List<Column> columns;
    private long[] high = new long[FIRST];
    private long[] low = new long[FIRST];
    private int cases;

    Votes(Ontology ontology) {
        columns = ChoiceItem.of(ontology).stream().map(Column::new).toList();
    }

    /** Whether there is anything to vote on. */
    boolean has() {
        return !columns.isEmpty();
    }

    /** Takes the answers in effect about one asset, in any order of assets. */
    void add(Evidence.Case about) {
        if (cases == high.length) {
            high = Arrays.copyOf(high, 2 * cases);
            low = Arrays.copyOf(low, 2 * cases);
        }
        high[cases] = half(about, 0);
        low[cases] = half(about, HEX);
        cases++;
        for (var column : columns) {
            for (var given : about.task().answers()) {
                column.item
                        .chosen(given.effective())
                        .ifPresent(label -> column.add(
                                given.annotator(), column.item.classes().indexOf(label)));
            }
            column.endCase(cases);
        }
    }

    /** Half of the 128 bits of a hash that name its asset. */
    static long half(Evidence.Case about, int from) {
        return Long.parseUnsignedLong(about.name(), from, from + HEX, HEX);
    }

    /** What a method makes of all votes; takes them away, so that no more can be added. */
    Fits fit(TruthMethod method) {
        var order = order();
        return new Fits(
                order, columns.stream().map(column -> column.fit(order, method)).toList());
    }

    /** Cases in the order of their hashes, which is alike on every machine that was given the same assets. */
    private Order order() {
        var keys = new long[cases];
        // Flipped, so that the order of signed numbers is that of the hexadecimal text.
        Arrays.setAll(keys, i -> (high[i] ^ Long.MIN_VALUE) & ~NUMBER | i);
        Arrays.sort(keys);
        var arrivals = new int[cases];
        Arrays.setAll(arrivals, i -> (int) (keys[i] & NUMBER));
        for (var i = 1; i < cases; i++) {
            // Only a few agree in the bits that were sorted by.
            for (var j = i; j > 0 && compare(arrivals[j - 1], arrivals[j]) > 0; j--) {
                var other = arrivals[j];
                arrivals[j] = arrivals[j - 1];
                arrivals[j - 1] = other;
            }
        }
        var starts = new int[cases + 1];
        var distinct = 0;
        for (var i = 0; i < cases; i++) {
            if (i == 0 || compare(arrivals[i - 1], arrivals[i]) != 0) {
                starts[distinct++] = i;
            }
        }
        starts[distinct] = cases;
        var names = new long[2 * distinct];
        for (var i = 0; i < distinct; i++) {
            names[2 * i] = high[arrivals[starts[i]]];
            names[2 * i + 1] = low[arrivals[starts[i]]];
        }
        high = new long[0];
        low = new long[0];
        return new Order(names, Arrays.copyOf(starts, distinct + 1), arrivals);
    }

    private int compare(int one, int other) {
        var byHigh = Long.compareUnsigned(high[one], high[other]);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low[one], low[other]);
    }

    /**
     * Distinct assets in the order of their hashes.
     *
     * @param names two halves each
     * @param starts of each asset the first of its cases in {@code arrivals}; one more at the end
     * @param arrivals numbers of cases as they came
     */
    record Order(long[] names, int[] starts, int[] arrivals) {
        int size() {
            return starts.length - 1;
        }

        /** The place of an asset; -1 when there is none. */
        int find(Evidence.Case about) {
            var high = half(about, 0);
            var low = half(about, HEX);
            var from = 0;
            var to = size() - 1;
            while (from <= to) {
                var middle = (from + to) >>> 1;
                var byHigh = Long.compareUnsigned(names[2 * middle], high);
                var compared = byHigh != 0 ? byHigh : Long.compareUnsigned(names[2 * middle + 1], low);
                if (compared == 0) {
                    return middle;
                }
                if (compared < 0) {
                    from = middle + 1;
                } else {
                    to = middle - 1;
                }
            }
            return -1;
        }
    }

    /** The judgements on one choice, case after case. */
    private static final class Column {
        private final ChoiceItem item;
        private final Map<PersonId, Integer> people = new HashMap<>();
        /** person * classes + class of each judgement. */
        private int[] cells = new int[FIRST];
        /** Of each case the position after its last judgement. */
        private int[] ends = new int[FIRST];

        private int judgements;

        Column(ChoiceItem item) {
            this.item = item;
        }

        void add(PersonId person, int label) {
            if (judgements == cells.length) {
                cells = Arrays.copyOf(cells, judgements + (judgements >> 1));
            }
            var number = people.computeIfAbsent(person, one -> people.size());
            cells[judgements++] = number * item.classes().size() + label;
        }

        void endCase(int cases) {
            if (cases > ends.length) {
                ends = Arrays.copyOf(ends, 2 * ends.length);
            }
            ends[cases - 1] = judgements;
        }

        Fits.Choice fit(Order order, TruthMethod method) {
            var numbers = new int[order.size()];
            var judged = 0;
            for (var asset = 0; asset < numbers.length; asset++) {
                numbers[asset] = isJudged(order, asset) ? judged++ : -1;
            }
            if (judged == 0) {
                return new Fits.Choice(item, Optional.empty(), numbers);
            }
            var labels = packed(order, judged);
            cells = new int[0];
            ends = new int[0];
            return new Fits.Choice(item, Optional.of(method.fit(labels.anonymous())), numbers);
        }

        private boolean isJudged(Order order, int asset) {
            for (var i = order.starts[asset]; i < order.starts[asset + 1]; i++) {
                if (start(order.arrivals[i]) < ends[order.arrivals[i]]) {
                    return true;
                }
            }
            return false;
        }

        private int start(int arrival) {
            return arrival == 0 ? 0 : ends[arrival - 1];
        }

        private Labels packed(Order order, int judged) {
            var classes = item.classes().size();
            var packer = Labels.packer(judged, people.size(), classes, judgements);
            for (var asset = 0; asset < order.size(); asset++) {
                if (!isJudged(order, asset)) {
                    continue;
                }
                packer.nextTask();
                for (var i = order.starts[asset]; i < order.starts[asset + 1]; i++) {
                    var arrival = order.arrivals[i];
                    for (var at = start(arrival); at < ends[arrival]; at++) {
                        packer.add(cells[at] / classes, cells[at] % classes);
                    }
                }
            }
            return packer.build();
        }
    }
}
