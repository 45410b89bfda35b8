package io.etalon.cli.math;

import io.etalon.formats.tables.BadRow;
import io.etalon.formats.tables.Column;
import io.etalon.formats.tables.Row;
import io.etalon.ranking.Outcome;
import io.etalon.ranking.Vote;
import io.etalon.ranking.Votes;
import java.util.ArrayList;
import java.util.List;

/** Reads VOTES into the compact form of the library: a few dozen bytes a vote, an id is held once. */
final class VoteTables {
    private static final List<Column> VOTES = List.of(
            Column.required("model_a"),
            Column.required("model_b"),
            Column.required("winner"),
            Column.optional("prompt", "question_id", "question", "prompt_id"),
            Column.optional("voter", "judge", "annotator", "user"),
            Column.optional("weight"));

    private VoteTables() {}

    /**
     * Reads votes.
     *
     * @param style style columns by name: either {@code NAME} holds the difference (a minus b) or {@code NAME_a} and
     *     {@code NAME_b} hold both values
     */
    static Votes read(TableOptions tables, String name, List<String> style) {
        var columns = new ArrayList<>(VOTES);
        for (var column : style) {
            columns.add(Column.optional(column));
            columns.add(Column.optional(column + "_a"));
            columns.add(Column.optional(column + "_b"));
        }
        var votes = Votes.builder(style);
        tables.read(name, columns, row -> votes.add(vote(row, style)));
        return votes.build();
    }

    private static Vote vote(Row row, List<String> style) {
        try {
            return new Vote(
                    row.text(0),
                    row.text(1),
                    Outcome.parse(row.text(2)),
                    cell(row, 3),
                    cell(row, 4),
                    row.number(5, 1),
                    differences(row, style));
        } catch (IllegalArgumentException e) {
            throw new BadRow(String.valueOf(e.getMessage()));
        }
    }

    private static String cell(Row row, int column) {
        var text = row.cell(column);
        return text == null ? "" : text;
    }

    private static List<Double> differences(Row row, List<String> style) {
        if (style.isEmpty()) {
            return List.of();
        }
        var differences = new ArrayList<Double>(style.size());
        for (var k = 0; k < style.size(); k++) {
            var at = VOTES.size() + 3 * k;
            if (row.cell(at) == null && (row.cell(at + 1) == null || row.cell(at + 2) == null)) {
                var name = style.get(k);
                throw new BadRow("the style " + name + " is missing; fill the column " + name + " (a minus b), or "
                        + name + "_a and " + name + "_b");
            }
            differences.add(row.cell(at) == null ? row.number(at + 1) - row.number(at + 2) : row.number(at));
        }
        return differences;
    }
}
