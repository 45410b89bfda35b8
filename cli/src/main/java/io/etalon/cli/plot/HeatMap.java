package io.etalon.cli.plot;

import io.etalon.cli.plot.Drawing.Anchor;
import io.etalon.cli.plot.Drawing.Box;
import io.etalon.cli.plot.Drawing.Font;
import io.etalon.cli.plot.Drawing.Text;
import java.util.List;
import java.util.Locale;

/** A square table of values from -1 to 1 as colours: blue for agreement, orange for its opposite, grey for none. */
public final class HeatMap {
    private static final double LARGEST_CELL = 46;
    private static final double LARGEST_SIDE = 780;
    private static final double READABLE_CELL = 30;
    private static final double LABELLED_CELL = 11;
    private static final String MISSING = "#eceff3";

    private HeatMap() {}

    /** Draws the table; a value that is not a number is missing. */
    public static Drawing of(String title, String subtitle, List<String> names, double[][] values) {
        var cell = Math.min(LARGEST_CELL, LARGEST_SIDE / names.size());
        var labelled = cell >= LABELLED_CELL;
        var font = new Font(Math.min(12.5, cell * 0.8), Style.INK, false);
        var longest = labelled ? names.stream().mapToDouble(font::width).max().orElse(0) : 0;
        var left = Style.MARGIN + longest + 10;
        var top = Style.HEAD + longest + 6;
        var side = cell * names.size();
        var width = Math.max(left + side + Style.MARGIN + 70, 2 * Style.MARGIN + Style.SUBTITLE.width(subtitle));
        var drawing = new Drawing(width, Math.max(top + side, top + 180) + Style.MARGIN, title + ". " + subtitle);
        Style.head(drawing, title, subtitle);
        for (var row = 0; row < names.size(); row++) {
            var y = top + cell * row;
            if (labelled) {
                drawing.add(new Text(left - 8, y + cell / 2 + 4, names.get(row), font, Anchor.END, false));
                drawing.add(new Text(left + cell * (row + 0.5) + 4, top - 8, names.get(row), font, Anchor.START, true));
            }
            for (var column = 0; column < names.size(); column++) {
                cell(drawing, values[row][column], left + cell * column, y, cell);
            }
        }
        legend(drawing, left + side + 24, top);
        return drawing;
    }

    private static void cell(Drawing drawing, double value, double x, double y, double size) {
        var gap = size > LABELLED_CELL ? 1 : 0;
        drawing.add(new Box(x, y, size - gap, size - gap, colour(value)));
        if (size >= READABLE_CELL && Double.isFinite(value)) {
            var ink = Math.abs(value) > 0.55 ? "#ffffff" : Style.INK;
            var text = String.format(Locale.ROOT, "%.2f", value)
                    .replaceFirst("^(-?)0\\.", "$1.")
                    .replace('-', '−');
            drawing.add(new Text(x + size / 2, y + size / 2 + 4, text, new Font(11, ink, false), Anchor.MIDDLE, false));
        }
    }

    private static void legend(Drawing drawing, double x, double top) {
        var steps = 21;
        for (var i = 0; i < steps; i++) {
            var value = 1 - 2.0 * i / (steps - 1);
            drawing.add(new Box(x, top + 8 * i, 14, 8.2, colour(value)));
            if (i % 10 == 0) {
                var text = String.format(Locale.ROOT, "%.0f", value).replace('-', '−');
                drawing.add(new Text(x + 20, top + 8 * i + 8, text, Style.SMALL, Anchor.START, false));
            }
        }
    }

    /** White at 0, blue at 1, orange at -1. */
    static String colour(double value) {
        if (Double.isNaN(value)) {
            return MISSING;
        }
        var end = value >= 0 ? Style.BLUE : Style.ORANGE;
        var share = Math.min(1, Math.abs(value));
        var colour = new StringBuilder("#");
        for (var i = 1; i < 7; i += 2) {
            var channel = Integer.parseInt(end, i, i + 2, 16);
            colour.append(String.format(Locale.ROOT, "%02x", Math.round(255 + share * (channel - 255))));
        }
        return colour.toString();
    }
}
