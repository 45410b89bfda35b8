package io.etalon.cli.plot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Marks on a white sheet, in units of CSS pixels from the top left corner; what is added later lies above. Not
 * thread-safe.
 */
public final class Drawing {
    /** Where a text hangs on its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** One thing on the sheet. */
    sealed interface Mark {}

    record Line(double x1, double y1, double x2, double y2, Ink ink) implements Mark {}

    record Box(double x, double y, double width, double height, String fill) implements Mark {}

    record Circle(double x, double y, double radius, String fill, Ink outline) implements Mark {}

    /** @param turned read from below, along the vertical axis */
    record Text(double x, double y, String text, Font font, Anchor anchor, boolean turned) implements Mark {}

    /** A pen: a colour {@code #rrggbb}, a width, and whether the line is broken. */
    record Ink(String colour, double width, boolean dashed) {
        static Ink solid(String colour, double width) {
            return new Ink(colour, width, false);
        }
    }

    /** How a text looks. */
    record Font(double size, String colour, boolean bold) {
        /** A guess at the width of a text, by the mean width of a letter in a grotesque. */
        double width(String text) {
            return text.length() * size * (bold ? 0.6 : 0.55);
        }
    }

    private final double width;
    private final double height;
    private final String title;
    private final List<Mark> marks = new ArrayList<>();

    Drawing(double width, double height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
    }

    void add(Mark mark) {
        marks.add(mark);
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    /** What a reader who cannot see the picture is told. */
    String title() {
        return title;
    }

    List<Mark> marks() {
        return Collections.unmodifiableList(marks);
    }

    /** Whether a file name ends in a kind of picture that can be written. */
    public static boolean understands(Path file) {
        var name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".svg") || name.endsWith(".png");
    }

    /**
     * Writes the picture as SVG or PNG, by the ending of the name; a file that is there is replaced.
     *
     * @throws IllegalArgumentException when the name ends otherwise
     */
    public void write(Path file) throws IOException {
        if (!understands(file)) {
            throw new IllegalArgumentException(file + " is no picture; name it .svg or .png");
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
            Files.writeString(file, SvgRenderer.render(this), StandardCharsets.UTF_8);
        } else {
            PngRenderer.write(this, file);
        }
    }
}
