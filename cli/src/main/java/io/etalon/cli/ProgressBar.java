package io.etalon.cli;

import java.io.PrintWriter;

/** A bar on one line of a terminal; silent where there is no terminal to draw it on. Not thread-safe. */
final class ProgressBar {
    private static final int WIDTH = 30;
    private final PrintWriter terminal;
    private final String title;
    private final boolean shown = System.console() != null && System.console().isTerminal();
    private int drawn = -1;

    ProgressBar(PrintWriter terminal, String title) {
        this.terminal = terminal;
        this.title = title;
    }

    void at(long done, long total) {
        var percent = total <= 0 ? 0 : (int) (100 * done / total);
        if (!shown || percent == drawn) {
            return;
        }
        drawn = percent;
        var filled = WIDTH * percent / 100;
        terminal.print("\r" + title + " [" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + percent + " %");
        terminal.flush();
    }

    /** Clears the line for what comes next. */
    void done() {
        if (shown && drawn >= 0) {
            terminal.print("\r" + " ".repeat(title.length() + WIDTH + 12) + "\r");
            terminal.flush();
        }
    }
}
