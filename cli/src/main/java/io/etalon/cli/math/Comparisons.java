package io.etalon.cli.math;

import io.etalon.formats.tables.BadRow;
import io.etalon.formats.tables.Row;
import io.etalon.quality.Interval;
import io.etalon.quality.sequences.Rankings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Comparisons and orders of the things that a task names: {@code a > b}, {@code a = b}, {@code a > b = c > d}. The answer
 * is the order of a task's things with which the fewest comparisons disagree.
 */
final class Comparisons implements Aggregation {
    private static final String KEMENY = "kemeny";

    @Override
    public List<String> methods() {
        return List.of(KEMENY, "borda");
    }

    @Override
    public Result aggregate(Request request) {
        var method = request.method() == null ? KEMENY : request.method();
        var collected = Collected.read(request, Comparisons::parse);
        var gold = Collected.gold(request, Comparisons::parse);
        var judged = collected.judged(gold, request);
        var orders = new TreeMap<String, Rankings.Order>(collected.byTask().comparator());
        collected.byTask().forEach((task, answers) -> {
            var rankings = Rankings.builder();
            answers.values().forEach(rankings::rankGroups);
            var built = rankings.build();
            orders.put(task, method.equals(KEMENY) ? built.kemeny() : built.borda());
        });
        return collected.result(method, new Collected.Answered(score(orders, gold, judged), List.of(), sink -> {
            for (var order : orders.entrySet()) {
                sink.answer(
                        order.getKey(),
                        written(order.getValue()),
                        1 - order.getValue().disagreement());
            }
        }));
    }

    /** Groups of equals, the best first. */
    private static List<List<String>> parse(String cell) {
        var groups = new ArrayList<List<String>>();
        for (var group : cell.split(">", -1)) {
            var items = Arrays.stream(group.split("=", -1)).map(String::strip).toList();
            if (items.contains("")) {
                throw new BadRow("the label is " + Row.shown(cell)
                        + "; a comparison such as a > b, a = b or a > b > c is expected");
            }
            groups.add(items);
        }
        if (groups.stream().mapToInt(List::size).sum() < 2) {
            throw new BadRow(
                    "the label is " + Row.shown(cell) + "; a comparison of two things at least is expected: a > b");
        }
        return groups;
    }

    /** Things with equal scores stand as equals only where nothing puts one before the other. */
    private static String written(Rankings.Order order) {
        var text = new StringBuilder();
        Rankings.Placed before = null;
        for (var placed : order.items()) {
            if (before != null) {
                text.append(order.items().size() == 2 && before.score() == placed.score() ? " = " : " > ");
            }
            text.append(placed.item());
            before = placed;
        }
        return text.toString();
    }

    /** Share of the gold's comparisons that the order has the same way; equals of the gold say nothing. */
    private static Optional<Score> score(
            Map<String, Rankings.Order> orders, Map<String, List<List<String>>> gold, List<String> judged) {
        var right = 0.0;
        var all = 0;
        for (var task : judged) {
            var place = new HashMap<String, Integer>();
            var order = orders.get(task);
            var tie = order != null && written(order).contains(" = ");
            for (var item : order == null ? List.<String>of() : order.ids()) {
                place.put(item, place.size());
            }
            var groups = gold.getOrDefault(task, List.of());
            for (var i = 0; i < groups.size(); i++) {
                for (var better : groups.get(i)) {
                    for (var worse : groups.subList(i + 1, groups.size()).stream()
                            .flatMap(List::stream)
                            .toList()) {
                        all++;
                        right += tie ? .5 : score(place, better, worse);
                    }
                }
            }
        }
        if (all == 0) {
            return Optional.empty();
        }
        var interval = Interval.wilson(right, all);
        return Optional.of(
                new Score(judged.size(), right / all, interval.low(), interval.high(), null, null, Map.of()));
    }

    private static double score(Map<String, Integer> place, String better, String worse) {
        var first = place.get(better);
        var second = place.get(worse);
        return first != null && second != null && first < second ? 1 : 0;
    }
}
