package io.etalon.quality.shapes;

import java.util.Arrays;

/**
 * The cheapest one-to-one assignment of rows to columns, exact, in O(rows^2 x columns) (H. W. Kuhn, "The Hungarian
 * method for the assignment problem", 1955, in the shortest augmenting path form of R. Jonker and A. Volgenant, 1987).
 */
public final class Assignment {
    private static final int NONE = -1;

    private Assignment() {}

    /**
     * Column of every row, or -1: the smaller side is assigned completely. Among assignments of equal cost the choice is
     * a function of the matrix alone.
     *
     * @throws IllegalArgumentException when the matrix is ragged or a cost is not finite
     */
    public static int[] minimise(double[][] cost) {
        var rows = cost.length;
        if (rows == 0) {
            return new int[0];
        }
        var columns = cost[0].length;
        for (var row : cost) {
            if (row.length != columns || !Arrays.stream(row).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "costs must be finite and rows of equal length, got " + Arrays.toString(row));
            }
        }
        if (rows <= columns) {
            return rowsToColumns(cost, rows, columns);
        }
        var transposed = new double[columns][rows];
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < columns; column++) {
                transposed[column][row] = cost[row][column];
            }
        }
        return inverse(rowsToColumns(transposed, columns, rows), rows);
    }

    private static int[] inverse(int[] columnOfRow, int columns) {
        var rowOfColumn = new int[columns];
        Arrays.fill(rowOfColumn, NONE);
        for (var row = 0; row < columnOfRow.length; row++) {
            rowOfColumn[columnOfRow[row]] = row;
        }
        return rowOfColumn;
    }

    private static int[] rowsToColumns(double[][] cost, int rows, int columns) {
        var rowPrice = new double[rows];
        // The extra column holds the row that is being placed.
        var columnPrice = new double[columns + 1];
        var rowOfColumn = new int[columns + 1];
        Arrays.fill(rowOfColumn, NONE);
        var previous = new int[columns];
        for (var row = 0; row < rows; row++) {
            rowOfColumn[columns] = row;
            var column = cheapestPath(cost, rowPrice, columnPrice, rowOfColumn, previous);
            while (column != columns) {
                rowOfColumn[column] = rowOfColumn[previous[column]];
                column = previous[column];
            }
        }
        return inverse(Arrays.copyOf(rowOfColumn, columns), rows, columns);
    }

    private static int[] inverse(int[] rowOfColumn, int rows, int columns) {
        var columnOfRow = new int[rows];
        for (var column = 0; column < columns; column++) {
            if (rowOfColumn[column] != NONE) {
                columnOfRow[rowOfColumn[column]] = column;
            }
        }
        return columnOfRow;
    }

    /** Dijkstra over reduced costs from the extra column to a free column; adjusts the prices; returns that column. */
    private static int cheapestPath(
            double[][] cost, double[] rowPrice, double[] columnPrice, int[] rowOfColumn, int[] previous) {
        var columns = previous.length;
        var slack = new double[columns];
        Arrays.fill(slack, Double.POSITIVE_INFINITY);
        var visited = new boolean[columns + 1];
        var at = columns;
        while (rowOfColumn[at] != NONE) {
            visited[at] = true;
            var row = rowOfColumn[at];
            var next = NONE;
            for (var column = 0; column < columns; column++) {
                if (!visited[column]) {
                    var reduced = cost[row][column] - rowPrice[row] - columnPrice[column];
                    if (reduced < slack[column]) {
                        slack[column] = reduced;
                        previous[column] = at;
                    }
                    if (next == NONE || slack[column] < slack[next]) {
                        next = column;
                    }
                }
            }
            var step = slack[next];
            for (var column = 0; column <= columns; column++) {
                if (visited[column]) {
                    rowPrice[rowOfColumn[column]] += step;
                    columnPrice[column] -= step;
                } else if (column < columns) {
                    slack[column] -= step;
                }
            }
            at = next;
        }
        return at;
    }
}
