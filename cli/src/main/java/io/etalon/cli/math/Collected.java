package io.etalon.cli.math;

import io.etalon.formats.tables.BadRow;
import io.etalon.quality.IdOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers that are more than a class, by task and worker: spans, boxes, masks, texts, orders, numbers. A second answer of
 * the same worker on the same task is counted and dropped.
 *
 * @param byTask answers by task, each by worker, both in the order of their ids
 */
record Collected<T>(TreeMap<String, TreeMap<String, T>> byTask, int workers, long labels) {
    /** Makes an answer of the text of a cell; throws {@link BadRow} or {@link IllegalArgumentException} when it is none. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String cell);
    }

    static <T> Collected<T> read(Aggregation.Request request, Parser<T> parser) {
        var byTask = new TreeMap<String, TreeMap<String, T>>(IdOrder.INSTANCE);
        var workers = new HashSet<String>();
        var counts = new long[2];
        request.tables().read(request.labels(), LabelTables.LABELS, row -> {
            var answer = parsed(parser, row.text(2));
            var own = byTask.computeIfAbsent(row.text(0), task -> new TreeMap<>(IdOrder.INSTANCE));
            workers.add(row.text(1));
            counts[own.putIfAbsent(row.text(1), answer) == null ? 0 : 1]++;
        });
        if (counts[1] > 0) {
            request.tables()
                    .warn(Text.count(counts[1], "answer") + (counts[1] == 1 ? " repeats" : " repeat")
                            + " a (task, worker) pair; the first stands");
        }
        return new Collected<>(byTask, workers.size(), counts[0]);
    }

    /** Gold answers by task; of several the first stands. */
    static <T> Map<String, T> gold(Aggregation.Request request, Parser<T> parser) {
        var gold = new TreeMap<String, T>(IdOrder.INSTANCE);
        var name = request.gold();
        if (name != null) {
            request.tables()
                    .read(name, LabelTables.GOLD, row -> gold.putIfAbsent(row.text(0), parsed(parser, row.text(1))));
        }
        return gold;
    }

    private static <T> T parsed(Parser<T> parser, String cell) {
        try {
            return parser.parse(cell);
        } catch (IllegalArgumentException e) {
            throw new BadRow("the label is not as expected: " + e.getMessage());
        }
    }

    /** The tasks of the gold that have answers. */
    List<String> judged(Map<String, ?> gold, Aggregation.Request request) {
        var judged = gold.keySet().stream().filter(byTask::containsKey).toList();
        if (!gold.isEmpty() && judged.isEmpty()) {
            throw new InputFailure(request.gold() + ": none of the " + gold.size()
                    + " gold tasks has an answer; are the task names those of " + request.labels() + "?");
        }
        return judged;
    }

    Aggregation.Result result(String method, Answered answered) {
        return new Aggregation.Result(
                method,
                byTask.size(),
                workers,
                labels,
                null,
                answered.score(),
                answered.notes(),
                Optional.empty(),
                List.of(),
                answered.answers());
    }

    /** What a kind makes of the answers. */
    record Answered(Optional<Aggregation.Score> score, List<String> notes, Aggregation.Answers answers) {}
}
