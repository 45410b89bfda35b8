package io.etalon.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Goals as text: a table for people, JSON for programs. */
final class Report {
    private Report() {}

    static String table(List<Goal> goals) {
        var wide = goals.stream().mapToInt(goal -> goal.name().length()).max().orElse(0);
        var unit = goals.stream().mapToInt(goal -> goal.unit().length()).max().orElse(0);
        var row = "%-" + Math.max(4, wide) + "s  %-" + Math.max(4, unit) + "s  %12s  %12s  %9s  %7s  %s";
        var head = row.formatted("name", "unit", "measured", "yardstick", "ratio", "goal", "holds");
        return goals.stream()
                .map(goal -> row.formatted(
                        goal.name(),
                        goal.unit(),
                        figure(goal.measured()),
                        figure(goal.yardstick()),
                        figure(goal.ratio()),
                        goal.goal() > 0 ? figure(goal.goal()) : "-",
                        goal.holds() ? "yes" : "NO"))
                .collect(Collectors.joining("\n", head + "\n", ""));
    }

    private static String figure(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        var size = Math.abs(value);
        if (size >= 1e6) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        return String.format(Locale.ROOT, size >= 100 || size == 0 ? "%.0f" : size >= 0.01 ? "%.3g" : "%.2e", value);
    }

    /** An array of objects; a figure that does not exist, as of a missing peer, is null. */
    static String json(List<Goal> goals) {
        return goals.stream()
                .map(goal ->
                        "  {\"name\": %s, \"unit\": %s, \"measured\": %s, \"yardstick\": %s, \"ratio\": %s, \"goal\": %s, \"holds\": %s}"
                                .formatted(
                                        text(goal.name()),
                                        text(goal.unit()),
                                        number(goal.measured()),
                                        number(goal.yardstick()),
                                        number(goal.ratio()),
                                        number(goal.goal()),
                                        goal.holds()))
                .collect(Collectors.joining(",\n", "[\n", "\n]"));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "null";
    }

    private static String text(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
