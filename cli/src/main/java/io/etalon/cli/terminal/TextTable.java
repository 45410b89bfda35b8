package io.etalon.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns: words to the left, numbers to the right. Not thread-safe. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    /** @param header the first row; every other row has as many cells */
    public TextTable(String... header) {
        this.columns = header.length;
        rows.add(List.of(header));
    }

    /** Adds a row. */
    public TextTable row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + columns + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** The lines, without trailing blanks. */
    public List<String> lines() {
        var widths = new int[columns];
        var numbers = new boolean[columns];
        for (var column = 0; column < columns; column++) {
            numbers[column] = rows.size() > 1;
            for (var row = 0; row < rows.size(); row++) {
                var cell = rows.get(row).get(column);
                widths[column] = Math.max(widths[column], cell.codePointCount(0, cell.length()));
                numbers[column] &= row == 0 || isNumber(cell);
            }
        }
        return rows.stream().map(row -> line(row, widths, numbers)).toList();
    }

    private static String line(List<String> row, int[] widths, boolean[] numbers) {
        var line = new StringBuilder();
        for (var column = 0; column < widths.length; column++) {
            var cell = row.get(column);
            var blanks = " ".repeat(widths[column] - cell.codePointCount(0, cell.length()));
            line.append(column == 0 ? "" : GAP).append(numbers[column] ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }

    private static boolean isNumber(String cell) {
        return cell.isEmpty() || cell.matches("[-+±]?[0-9.,]+( ?%)?|–|-");
    }
}
