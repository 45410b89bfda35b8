package io.etalon.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final StringWriter screen = new StringWriter();
    private final PrintWriter terminal = new PrintWriter(screen);

    @Test
    void drawsEachPercentOnceAndCleansUp() {
        var bar = new ProgressBar(terminal, "reading", true);
        for (var i = 0; i <= 1000; i++) {
            bar.at(i, 1000);
        }
        bar.done();
        var drawn = screen.toString();
        assertThat(drawn.split("\r")).hasSize(1 + 101 + 1);
        assertThat(drawn).contains("\r[###############               ]  50 % reading");
        assertThat(drawn)
                .contains("\r[##############################] 100 % reading")
                .endsWith("\r");
        assertThat(drawn.substring(0, drawn.length() - 1)).endsWith(" ".repeat(30));
    }

    @Test
    void coversWordsThatWereLonger() {
        var bar = new ProgressBar(terminal, "demo", true);
        bar.at(1, 4, "something long");
        bar.at(2, 4, "short");
        assertThat(screen.toString()).endsWith(" 50 % short         ");
    }

    @Test
    void isSilentWhereNobodyLooks() {
        var bar = new ProgressBar(terminal, "reading", false);
        bar.at(1, 2);
        bar.done();
        assertThat(screen.toString()).isEmpty();
    }

    @Test
    void staysWithinItsLineWhenTheFileGrowsOrItsSizeIsUnknown() {
        var bar = new ProgressBar(terminal, "reading", true);
        bar.at(7, 0);
        bar.at(9, 3);
        assertThat(screen.toString()).contains("]   0 % reading").endsWith("] 100 % reading");
    }
}
