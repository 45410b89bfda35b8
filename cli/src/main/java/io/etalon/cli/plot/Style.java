package io.etalon.cli.plot;

import io.etalon.cli.plot.Drawing.Font;
import io.etalon.cli.plot.Drawing.Ink;

/** Colours and type that all plots share. */
final class Style {
    static final String INK = "#1f2933";
    static final String FAINT = "#52606d";
    static final String RULE = "#d9dee5";
    static final String BLUE = "#0072b2";
    static final String ORANGE = "#d55e00";

    static final Font TITLE = new Font(17, INK, true);
    static final Font SUBTITLE = new Font(12.5, FAINT, false);
    static final Font LABEL = new Font(12.5, INK, false);
    static final Font SMALL = new Font(11, FAINT, false);

    static final Ink GRID = Ink.solid(RULE, 1);
    static final Ink AXIS = Ink.solid(FAINT, 1);
    static final Ink DIAGONAL = new Ink(FAINT, 1, true);

    static final double MARGIN = 24;
    /** Height of title and subtitle with the room below them. */
    static final double HEAD = 72;

    private Style() {}

    static void head(Drawing drawing, String title, String subtitle) {
        drawing.add(new Drawing.Text(MARGIN, MARGIN + 12, title, TITLE, Drawing.Anchor.START, false));
        drawing.add(new Drawing.Text(MARGIN, MARGIN + 32, subtitle, SUBTITLE, Drawing.Anchor.START, false));
    }
}
