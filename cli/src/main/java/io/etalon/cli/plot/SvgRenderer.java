package io.etalon.cli.plot;

import io.etalon.cli.plot.Drawing.Ink;
import java.util.Locale;

/** Writes a drawing as SVG 1.1; equal drawings give equal bytes. */
final class SvgRenderer {
    private static final String FONTS = "Inter, 'Helvetica Neue', Helvetica, Arial, sans-serif";

    private SvgRenderer() {}

    static String render(Drawing drawing) {
        var svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\""
                        + " font-family=\"%s\">%n",
                number(drawing.width()),
                number(drawing.height()),
                number(drawing.width()),
                number(drawing.height()),
                FONTS));
        svg.append("<title>").append(escaped(drawing.title())).append("</title>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        drawing.marks().forEach(mark -> svg.append(element(mark)).append('\n'));
        return svg.append("</svg>\n").toString().replace(System.lineSeparator(), "\n");
    }

    private static String element(Drawing.Mark mark) {
        return switch (mark) {
            case Drawing.Line(var x1, var y1, var x2, var y2, var ink) ->
                "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) + "\" y2=\"" + number(y2)
                        + "\"" + stroke(ink) + "/>";
            case Drawing.Box(var x, var y, var width, var height, var fill) ->
                "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) + "\" height=\""
                        + number(height) + "\" fill=\"" + fill + "\"/>";
            case Drawing.Circle(var x, var y, var radius, var fill, var outline) ->
                "<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"" + number(radius) + "\" fill=\"" + fill
                        + "\"" + stroke(outline) + "/>";
            case Drawing.Text text -> text(text);
        };
    }

    private static String text(Drawing.Text text) {
        var anchor = text.anchor() == Drawing.Anchor.START
                ? ""
                : " text-anchor=\"" + text.anchor().name().toLowerCase(Locale.ROOT) + "\"";
        var turned =
                text.turned() ? " transform=\"rotate(-90 " + number(text.x()) + " " + number(text.y()) + ")\"" : "";
        return "<text x=\"" + number(text.x()) + "\" y=\"" + number(text.y()) + "\" font-size=\""
                + number(text.font().size()) + "\" fill=\"" + text.font().colour() + "\""
                + (text.font().bold() ? " font-weight=\"600\"" : "") + anchor + turned + ">" + escaped(text.text())
                + "</text>";
    }

    private static String stroke(Ink ink) {
        return " stroke=\"" + ink.colour() + "\" stroke-width=\"" + number(ink.width()) + "\""
                + (ink.dashed() ? " stroke-dasharray=\"4 4\"" : "");
    }

    /** At most two decimals: a hundredth of a pixel. */
    private static String number(double value) {
        var text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceAll("\\.?0+$", "").replaceAll("^-0$", "0");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
