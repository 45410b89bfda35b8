package io.etalon.cli.plot;

import io.etalon.cli.plot.Drawing.Anchor;
import io.etalon.cli.plot.Drawing.Circle;
import io.etalon.cli.plot.Drawing.Ink;
import io.etalon.cli.plot.Drawing.Line;
import io.etalon.cli.plot.Drawing.Text;
import java.util.List;

/** Estimates with their intervals, one below the other. */
public final class ForestPlot {
    private static final double ROW = 26;
    private static final double PLOT = 460;
    private static final int STEPS = 7;

    /**
     * One line of the plot.
     *
     * @param figure the value as it is written at the right
     * @param note what stands behind it
     */
    public record Entry(String name, double value, double low, double high, String figure, String note) {}

    private ForestPlot() {}

    /** Draws the entries in the order given; needs one at least. */
    public static Drawing of(String title, String subtitle, String axis, List<Entry> entries) {
        var names = entries.stream()
                .mapToDouble(e -> Style.LABEL.width(e.name()))
                .max()
                .orElse(0);
        var notes = entries.stream()
                .mapToDouble(e -> Style.SMALL.width(e.note()))
                .max()
                .orElse(0);
        var figures = entries.stream()
                .mapToDouble(e -> Style.LABEL.width(e.figure()))
                .max()
                .orElse(0);
        var left = Style.MARGIN + names + 20;
        var right = left + PLOT;
        var top = Style.HEAD + 4;
        var bottom = top + ROW * entries.size();
        var width = Math.max(
                right + 34 + figures + notes + Style.MARGIN, 2 * Style.MARGIN + Style.SUBTITLE.width(subtitle));
        var drawing = new Drawing(width, bottom + 62, title + ". " + subtitle);
        Style.head(drawing, title, subtitle);
        var scale = Scale.round(
                entries.stream().mapToDouble(Entry::low).min().orElse(0),
                entries.stream().mapToDouble(Entry::high).max().orElse(1),
                left,
                right,
                STEPS);
        for (var tick : scale.ticks()) {
            drawing.add(new Line(scale.at(tick), top, scale.at(tick), bottom, Style.GRID));
            drawing.add(new Text(scale.at(tick), bottom + 18, scale.label(tick), Style.SMALL, Anchor.MIDDLE, false));
        }
        drawing.add(new Line(left, bottom, right, bottom, Style.AXIS));
        drawing.add(new Text((left + right) / 2, bottom + 42, axis, Style.LABEL, Anchor.MIDDLE, false));
        for (var i = 0; i < entries.size(); i++) {
            entry(drawing, entries.get(i), scale, figures, top + ROW * (i + 0.5));
        }
        return drawing;
    }

    private static void entry(Drawing drawing, Entry entry, Scale scale, double figures, double y) {
        var from = scale.at(entry.low());
        var to = scale.at(entry.high());
        var ink = Ink.solid(Style.BLUE, 2);
        drawing.add(new Text(scale.from() - 14, y + 4.5, entry.name(), Style.LABEL, Anchor.END, false));
        drawing.add(new Line(from, y, to, y, ink));
        drawing.add(new Line(from, y - 4, from, y + 4, ink));
        drawing.add(new Line(to, y - 4, to, y + 4, ink));
        drawing.add(new Circle(scale.at(entry.value()), y, 4.5, Style.BLUE, Ink.solid("#ffffff", 1)));
        var column = scale.to() + 20 + figures;
        drawing.add(new Text(column, y + 4.5, entry.figure(), Style.LABEL, Anchor.END, false));
        drawing.add(new Text(column + 14, y + 4.5, entry.note(), Style.SMALL, Anchor.START, false));
    }
}
