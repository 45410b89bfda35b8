package io.etalon.formats.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row, seen through the columns that were asked for. Valid only until the sink returns; not thread-safe. */
public final class Row {
    private final List<Column> columns;
    private final @Nullable String[] cells;
    private long line;

    Row(List<Column> columns) {
        this.columns = columns;
        this.cells = new @Nullable String[columns.size()];
    }

    void begin(long at) {
        line = at;
    }

    void set(int column, @Nullable String text) {
        cells[column] = text == null || text.isEmpty() ? null : text;
    }

    /** Line of the file on which the row begins, from 1; in Parquet, which has no lines, the row's number. */
    public long line() {
        return line;
    }

    /** The text of a cell by the column's place among those asked for; null when it is empty or there is none. */
    public @Nullable String cell(int column) {
        return cells[column];
    }

    /**
     * The text of a cell that must be filled.
     *
     * @throws BadRow when it is empty
     */
    public String text(int column) {
        var text = cells[column];
        if (text == null) {
            throw new BadRow("the " + columns.get(column).name() + " is empty");
        }
        return text;
    }

    /**
     * The number in a cell that must be filled.
     *
     * @throws BadRow when it is empty or no finite number
     */
    public double number(int column) {
        return number(text(column), columns.get(column).name());
    }

    /** The number in a cell, or the one given when the cell is empty. */
    public double number(int column, double otherwise) {
        return cells[column] == null ? otherwise : number(column);
    }

    private static double number(String text, String what) {
        try {
            var value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with every other text that is not a finite number.
        }
        throw new BadRow("the " + what + " is " + shown(text) + "; a finite number is expected");
    }

    /** A cell's text as a message shows it: quoted, and no longer than a line can bear. */
    public static String shown(String text) {
        return "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
    }
}
