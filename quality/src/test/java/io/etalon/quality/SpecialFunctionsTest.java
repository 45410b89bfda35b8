package io.etalon.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpecialFunctionsTest {
    private static final double EULER = 0.5772156649015329;

    @Test
    void knowsTheDigammaFunctionAtItsKnownPoints() {
        assertThat(SpecialFunctions.digamma(1)).isCloseTo(-EULER, within(1e-13));
        assertThat(SpecialFunctions.digamma(.5)).isCloseTo(-EULER - 2 * Math.log(2), within(1e-13));
        assertThat(SpecialFunctions.digamma(.25)).isCloseTo(-EULER - Math.PI / 2 - 3 * Math.log(2), within(1e-13));
        assertThat(SpecialFunctions.digamma(100)).isCloseTo(4.600161852738087, within(1e-13));
    }

    @Test
    void knowsTheLogarithmOfFactorials() {
        var factorial = 1.0;
        for (var n = 1; n <= 20; n++) {
            assertThat(SpecialFunctions.logGamma(n)).as("%d", n).isCloseTo(Math.log(factorial), within(1e-12));
            factorial *= n;
        }
        assertThat(SpecialFunctions.logGamma(.5)).isCloseTo(Math.log(Math.PI) / 2, within(1e-13));
        assertThat(SpecialFunctions.logGamma(.01)).isCloseTo(4.599479878042022, within(1e-12));
    }

    @Test
    void knowsTheBetaDistribution() {
        // Beta(1, b) and Beta(a, 1) have closed forms; Beta(2, 3) is a polynomial.
        assertThat(SpecialFunctions.betaCdf(.3, 1, 5)).isCloseTo(1 - Math.pow(.7, 5), within(1e-13));
        assertThat(SpecialFunctions.betaCdf(.3, 5, 1)).isCloseTo(Math.pow(.3, 5), within(1e-13));
        assertThat(SpecialFunctions.betaCdf(.4, 2, 3)).isCloseTo(.5248, within(1e-13));
        assertThat(SpecialFunctions.betaCdf(.5, 700, 700)).isCloseTo(.5, within(1e-10));
        for (var probability = .025; probability < 1; probability += .05) {
            var x = SpecialFunctions.betaQuantile(probability, .5, 7.5);
            assertThat(SpecialFunctions.betaCdf(x, .5, 7.5)).isCloseTo(probability, within(1e-9));
        }
    }

    @Test
    void refusesWhatHasNoValue() {
        assertThatThrownBy(() -> SpecialFunctions.digamma(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SpecialFunctions.logGamma(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SpecialFunctions.betaQuantile(2, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
