package io.etalon.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Paints a drawing into a PNG with two dots a pixel, without a screen. */
final class PngRenderer {
    private static final int DENSITY = 2;

    private PngRenderer() {}

    static void write(Drawing drawing, Path file) throws IOException {
        var image = new BufferedImage(
                (int) Math.ceil(drawing.width() * DENSITY),
                (int) Math.ceil(drawing.height() * DENSITY),
                BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.scale(DENSITY, DENSITY);
            drawing.marks().forEach(mark -> paint(graphics, mark));
        } catch (InternalError | NullPointerException e) {
            // What AWT throws where a machine has no fonts at all.
            throw new IOException("a PNG needs a font, and none is installed here; ask for an .svg instead", e);
        } finally {
            graphics.dispose();
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private static void paint(Graphics2D graphics, Drawing.Mark mark) {
        switch (mark) {
            case Drawing.Line(var x1, var y1, var x2, var y2, var ink) -> {
                pen(graphics, ink);
                graphics.draw(new Line2D.Double(x1, y1, x2, y2));
            }
            case Drawing.Box(var x, var y, var width, var height, var fill) -> {
                graphics.setColor(Color.decode(fill));
                graphics.fill(new Rectangle2D.Double(x, y, width, height));
            }
            case Drawing.Circle(var x, var y, var radius, var fill, var outline) -> {
                var shape = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
                graphics.setColor(Color.decode(fill));
                graphics.fill(shape);
                pen(graphics, outline);
                graphics.draw(shape);
            }
            case Drawing.Text text -> text(graphics, text);
        }
    }

    private static void pen(Graphics2D graphics, Drawing.Ink ink) {
        graphics.setColor(Color.decode(ink.colour()));
        var width = (float) ink.width();
        graphics.setStroke(
                ink.dashed()
                        ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {4, 4}, 0)
                        : new BasicStroke(width));
    }

    private static void text(Graphics2D graphics, Drawing.Text text) {
        var font = text.font();
        graphics.setFont(
                new Font(Font.SANS_SERIF, font.bold() ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) font.size()));
        graphics.setColor(Color.decode(font.colour()));
        var width =
                graphics.getFontMetrics().getStringBounds(text.text(), graphics).getWidth();
        var shift = switch (text.anchor()) {
            case START -> 0;
            case MIDDLE -> -width / 2;
            case END -> -width;
        };
        var before = graphics.getTransform();
        graphics.translate(text.x(), text.y());
        if (text.turned()) {
            graphics.rotate(-Math.PI / 2);
        }
        graphics.drawString(text.text(), (float) shift, 0);
        graphics.setTransform(before);
    }
}
