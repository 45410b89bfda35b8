package io.etalon.formats.tables;

import io.etalon.formats.FormatException;
import java.util.ArrayList;
import java.util.List;

/** Hands rows on and counts the bad ones until there are more than are tolerated. Not thread-safe. */
final class RowTally {
    private static final int REMEMBERED = 5;

    private final List<Column> columns;
    private final Tables.Sink sink;
    private final long tolerated;
    private final String unit;
    private final Row row;
    private final List<String> faults = new ArrayList<>();
    private long rows;
    private long bad;

    /** @param unit what a place is counted in: {@code line}, or {@code row} where a file has no lines */
    RowTally(List<Column> columns, Tables.Sink sink, long tolerated, String unit) {
        this.columns = columns;
        this.sink = sink;
        this.tolerated = tolerated;
        this.unit = unit;
        this.row = new Row(columns);
    }

    Row row() {
        return row;
    }

    /** Hands on the row as it has been filled. */
    void deliver() {
        try {
            for (var i = 0; i < columns.size(); i++) {
                if (columns.get(i).required()) {
                    row.text(i);
                }
            }
            sink.row(row);
            rows++;
        } catch (BadRow e) {
            bad(unit + " " + row.line(), String.valueOf(e.getMessage()));
        }
    }

    /** A row that could not even be taken apart. */
    void bad(String where, String message) {
        bad++;
        if (bad > tolerated) {
            throw new FormatException(where, tolerated == 0 ? message : message + " (bad row " + bad + ")");
        }
        if (faults.size() < REMEMBERED) {
            faults.add(where + ": " + message);
        }
    }

    Reading reading() {
        return new Reading(rows, bad, faults);
    }
}
