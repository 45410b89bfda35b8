package io.etalon.cli.terminal;

import java.io.PrintWriter;

/** A bar on one line of a terminal; silent where there is no terminal to draw it on. Not thread-safe. */
public final class ProgressBar {
    private static final int WIDTH = 30;
    private static final int PERCENT = 5;
    private final PrintWriter terminal;
    private final String title;
    private final boolean shown;
    private int drawn = -1;
    private int longest;

    /** @param terminal standard error, so that what the command gives out stays clean */
    public ProgressBar(PrintWriter terminal, String title) {
        this(terminal, title, Terminal.onStandardError());
    }

    ProgressBar(PrintWriter terminal, String title, boolean shown) {
        this.terminal = terminal;
        this.title = title;
        this.shown = shown;
    }

    /** Draws the bar at a share of the whole; cheap enough to be called often. */
    public void at(long done, long total) {
        at(done, total, title);
    }

    /** The same with words for what is being done at present. */
    public void at(long done, long total, String what) {
        var percent = total <= 0 ? 0 : (int) Math.clamp(100.0 * done / total, 0, 100);
        if (!shown || percent == drawn && what.equals(title)) {
            return;
        }
        drawn = percent;
        var filled = WIDTH * percent / 100;
        var line = "[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] "
                + String.format("%" + (PERCENT - 2) + "d %% ", percent) + what;
        terminal.print("\r" + line + " ".repeat(Math.max(0, longest - line.length())));
        terminal.flush();
        longest = line.length();
    }

    /** Clears the line for what comes next. */
    public void done() {
        if (shown && drawn >= 0) {
            terminal.print("\r" + " ".repeat(longest) + "\r");
            terminal.flush();
            drawn = -1;
            longest = 0;
        }
    }
}
