package io.etalon.cli.math;

import io.etalon.formats.tables.BadRow;
import io.etalon.formats.tables.Column;
import io.etalon.formats.tables.Row;
import io.etalon.quality.Labels;
import io.etalon.quality.agreement.FirstJudgements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads LABELS and GOLD into the compact form of the library: a judgement takes twelve bytes, an id is held once. A file
 * that is too long for the memory is refused while it is read, with what would do.
 */
final class LabelTables {
    private static final Column TASK = Column.required("task", "patient", "item", "question", "asset");
    private static final Column WORKER = Column.required("worker", "observer", "annotator", "rater", "user");

    /** The columns of LABELS. */
    static final List<Column> LABELS = List.of(
            TASK,
            WORKER,
            Column.required("label", "class", "answer", "value", "gold", "truth"),
            Column.optional("occasion", "round"));

    private static final int OCCASION = 3;

    /** The columns of GOLD. */
    static final List<Column> GOLD =
            List.of(TASK, Column.required("label", "gold", "truth", "class", "answer", "value"));

    /** What becomes of judgements that repeat a (task, worker) pair. */
    enum Repeats {
        /** Each is a judgement of its own. */
        ALL,
        /**
         * The same label again is dropped as a copy, another one stands; where a column tells the occasion, as in the
         * repeated rounds of Dawid and Skene (1979), none is a copy.
         */
        DISTINCT,
        /** The first stands alone. */
        FIRST
    }

    private LabelTables() {}

    /**
     * Reads classes.
     *
     * @param classes their order; empty for those that occur, in the order of their names
     */
    static Labels labels(TableOptions tables, String name, List<String> classes, Repeats repeats) {
        return switch (repeats) {
            case ALL -> {
                var builder = builder(classes);
                var room = new Room(tables, name, 0);
                tables.read(name, LABELS, row -> {
                    builder.add(row.text(0), row.text(1), label(row, 2, classes));
                    room.require(builder);
                });
                yield builder.build();
            }
            case DISTINCT -> {
                var builder = builder(classes);
                var room = new Room(tables, name, 4);
                var occasions = new boolean[1];
                tables.read(name, LABELS, row -> {
                    builder.add(row.text(0), row.text(1), label(row, 2, classes));
                    room.require(builder);
                    occasions[0] |= row.cell(OCCASION) != null;
                });
                var labels = builder.build();
                yield occasions[0] ? labels : distinct(tables, labels);
            }
            case FIRST -> {
                var builder = builder(classes);
                var first = new FirstJudgements(builder);
                var room = new Room(tables, name, FirstJudgements.BYTES);
                tables.read(name, LABELS, row -> {
                    first.add(row.text(0), row.text(1), label(row, 2, classes));
                    room.require(builder);
                });
                yield first.build();
            }
        };
    }

    private static Labels.Builder builder(List<String> classes) {
        return classes.isEmpty() ? Labels.builder() : Labels.builder(classes);
    }

    /** A text that some program wrote for "no value" would make a class of its own. */
    private static String label(Row row, int column, List<String> classes) {
        var label = row.text(column);
        if (label.equalsIgnoreCase("nan") && !classes.contains(label)) {
            throw new BadRow("the label is NaN, which is no answer; leave the row out");
        }
        if (!classes.isEmpty() && !classes.contains(label)) {
            throw new BadRow(
                    "the label is " + Row.shown(label) + "; one of " + String.join(", ", classes) + " is expected");
        }
        return label;
    }

    /** Tells of repeated pairs and of the rule that was applied to them. */
    static void tellOfRepeats(TableOptions tables, Labels labels, String rule) {
        var repeated = labels.repeated();
        if (repeated > 0) {
            tables.warn(Text.count(repeated, "judgement") + (repeated == 1 ? " repeats" : " repeat")
                    + " a (task, worker) pair; " + rule + " (see --repeats)");
        }
    }

    private static Labels distinct(TableOptions tables, Labels labels) {
        var distinct = labels.withoutDuplicates();
        var dropped = labels.size() - distinct.size();
        if (dropped > 0) {
            tables.warn(Text.count(dropped, "judgement") + (dropped == 1 ? " repeats" : " repeat")
                    + " task, worker and label of another and " + (dropped == 1 ? "is" : "are")
                    + " dropped as copies (see --repeats)");
        }
        return distinct;
    }

    /** Reads gold, task to label; a task that is given twice with different labels is a bad row. */
    static Map<String, String> gold(TableOptions tables, String name) {
        var gold = new HashMap<String, String>();
        tables.read(name, GOLD, row -> {
            var known = gold.putIfAbsent(row.text(0), row.text(1));
            if (known != null && !known.equals(row.text(1))) {
                throw new BadRow("the gold label of task " + Row.shown(row.text(0)) + " is " + Row.shown(row.text(1))
                        + " here and " + Row.shown(known) + " above");
            }
        });
        return gold;
    }
}
