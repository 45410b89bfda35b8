package io.etalon.cli.plot;

import io.etalon.cli.plot.Drawing.Anchor;
import io.etalon.cli.plot.Drawing.Box;
import io.etalon.cli.plot.Drawing.Circle;
import io.etalon.cli.plot.Drawing.Ink;
import io.etalon.cli.plot.Drawing.Line;
import io.etalon.cli.plot.Drawing.Text;
import java.util.List;

/**
 * How often a confidence is right: on the diagonal it can be taken at its word (M. H. DeGroot and S. E. Fienberg, "The
 * comparison and evaluation of forecasters", The Statistician 32, 1983).
 */
public final class ReliabilityDiagram {
    private static final double SIDE = 380;
    private static final double COUNTS = 64;
    private static final double SMALLEST = 2;
    private static final double LARGEST = 9;

    /**
     * Tasks of about the same confidence.
     *
     * @param confidence their mean confidence
     * @param accuracy share of them that is right
     * @param low lower end of its interval
     * @param high upper end
     */
    public record Bin(double confidence, double accuracy, double low, double high, int tasks) {}

    /** One colour of the plot; its name stands in the legend. */
    public record Series(String name, List<Bin> bins) {
        public Series {
            bins = List.copyOf(bins);
        }
    }

    private ReliabilityDiagram() {}

    /** Draws one or two series, the area of a point by its tasks; the bars below count the tasks of the first. */
    public static Drawing of(String title, String subtitle, List<Series> series) {
        var left = Style.MARGIN + 48;
        var top = Style.HEAD + 8;
        var bottom = top + SIDE;
        var width = Math.max(left + SIDE + 180, 2 * Style.MARGIN + Style.SUBTITLE.width(subtitle));
        var drawing = new Drawing(width, bottom + COUNTS + 84, title + ". " + subtitle);
        Style.head(drawing, title, subtitle);
        var x = new Scale(0, 1, left, left + SIDE, 0.2);
        var y = new Scale(0, 1, bottom, top, 0.2);
        for (var tick : x.ticks()) {
            drawing.add(new Line(x.at(tick), top, x.at(tick), bottom, Style.GRID));
            drawing.add(new Line(x.from(), y.at(tick), x.to(), y.at(tick), Style.GRID));
            drawing.add(new Text(left - 10, y.at(tick) + 4, y.label(tick), Style.SMALL, Anchor.END, false));
            drawing.add(new Text(x.at(tick), bottom + COUNTS + 32, x.label(tick), Style.SMALL, Anchor.MIDDLE, false));
        }
        drawing.add(new Line(x.at(0), y.at(0), x.at(1), y.at(1), Style.DIAGONAL));
        var colours = List.of(Style.BLUE, Style.ORANGE);
        for (var i = series.size() - 1; i >= 0; i--) {
            points(drawing, series.get(i), colours.get(i), x, y);
            var at = top + 14 + 24 * i;
            drawing.add(new Circle(x.to() + 28, at, 5, colours.get(i), Ink.solid("#ffffff", 1)));
            drawing.add(new Text(x.to() + 42, at + 4.5, series.get(i).name(), Style.LABEL, Anchor.START, false));
        }
        counts(drawing, series.getFirst(), x, bottom + 14);
        drawing.add(new Text(left + SIDE / 2, bottom + COUNTS + 56, "Confidence", Style.LABEL, Anchor.MIDDLE, false));
        drawing.add(
                new Text(Style.MARGIN + 4, top + SIDE / 2, "Share that is right", Style.LABEL, Anchor.MIDDLE, true));
        return drawing;
    }

    private static void points(Drawing drawing, Series series, String colour, Scale x, Scale y) {
        var bins = series.bins();
        var most = most(series);
        for (var bin : bins) {
            var at = x.at(bin.confidence());
            drawing.add(new Line(at, y.at(bin.low()), at, y.at(bin.high()), Ink.solid(colour, 1)));
            var radius = SMALLEST + (LARGEST - SMALLEST) * Math.sqrt((double) bin.tasks() / most);
            drawing.add(new Circle(at, y.at(bin.accuracy()), radius, colour, Ink.solid("#ffffff", 1)));
        }
    }

    private static int most(Series series) {
        return series.bins().stream().mapToInt(Bin::tasks).max().orElse(1);
    }

    private static void counts(Drawing drawing, Series series, Scale x, double top) {
        var most = most(series);
        for (var bin : series.bins()) {
            var height = (COUNTS - 14) * bin.tasks() / most;
            drawing.add(new Box(
                    x.at(bin.confidence()) - 6, top + COUNTS - 14 - height, 12, Math.max(1, height), "#b9c4d0"));
        }
        drawing.add(new Line(x.from(), top + COUNTS - 14, x.to(), top + COUNTS - 14, Style.AXIS));
        drawing.add(
                new Text(x.to() + 24, top + COUNTS - 18, "tasks, at most " + most, Style.SMALL, Anchor.START, false));
    }
}
