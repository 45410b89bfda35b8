package io.etalon.formats.tables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetsTest {
    @ParameterizedTest
    @ValueSource(strings = {"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void aTextThatWouldBeAFormulaComesBehindAnApostrophe(String text) {
        assertThat(Spreadsheets.harmless(text)).isEqualTo("'" + text);
    }

    @Test
    void otherTextsStayAsTheyAre() {
        assertThat(Spreadsheets.harmless("Nora = Canary")).isEqualTo("Nora = Canary");
        assertThat(Spreadsheets.harmless("")).isEmpty();
    }
}
