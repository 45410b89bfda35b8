package io.etalon.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantilesTest {
    @Test
    void matchesPrintedTables() {
        assertThat(Quantiles.normal(.975)).isCloseTo(1.959963984540054, within(1e-12));
        assertThat(Quantiles.normal(.5)).isCloseTo(0, within(1e-12));
        assertThat(Quantiles.normal(1e-9)).isCloseTo(-5.997807015007687, within(1e-9));
        assertThat(Quantiles.normalBelow(-2.5)).isCloseTo(0.006209665325776132, within(1e-15));
        assertThat(Quantiles.student(.975, 1)).isCloseTo(12.706204736, within(1e-8));
        assertThat(Quantiles.student(.975, 10)).isCloseTo(2.228138852, within(1e-8));
        assertThat(Quantiles.student(.025, 79)).isCloseTo(-1.990450210, within(1e-8));
        assertThat(Quantiles.student(.975, 1e8)).isCloseTo(1.959963984540054, within(1e-12));
    }
}
