package io.etalon.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void alignsWordsToTheLeftAndNumbersToTheRight() {
        var table = new TextTable("model", "rating", "ranks")
                .row("é-long-name", "1,012.5", "1–2")
                .row("b", "-3.25", "3");
        assertThat(table.lines())
                .containsExactly("model         rating  ranks", "é-long-name  1,012.5  1–2", "b              -3.25  3");
    }
}
